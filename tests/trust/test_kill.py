# SPDX-License-Identifier: Apache-2.0
"""A killed program has lost nothing that it said was saved."""

from __future__ import annotations

import sys

import pytest

from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork")


def test_a_random_kill_loses_nothing_and_leaves_nothing_half_done() -> None:
    """Mutant: ops written in a second transaction (below)."""
    found = tally("kill", "--seeds", "0:25")
    assert found["faults"] == []
    assert found["kills"] == 25
    assert found["acknowledged"] > 100


def test_ops_written_outside_the_transaction_are_noticed() -> None:
    """The mutant of the test above must fail within 60 kills."""
    assert "half there" in tally("kill", "--seeds", "0:60", "--mutant", "ops_outside")["faults"][0]
