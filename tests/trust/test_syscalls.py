# SPDX-License-Identifier: Apache-2.0
"""Whichever call to the disk goes wrong, and however: nothing lost, nothing half, still usable.

A sample of the points here, all of them in ``tests.campaigns.syscalls``.
"""

from __future__ import annotations

import sys

import pytest

from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")


@pytest.mark.parametrize(("script", "every"), [("actions", "13"), ("making", "17")])
def test_a_failing_call_loses_nothing(script: str, every: str) -> None:
    """Mutants: ops in a second transaction (below); a store renamed before its checkpoint."""
    found = tally("syscalls", "--script", script, "--every", every, "--seeds", "0")
    assert found["faults"] == []
    assert found["points"] >= 80


def test_ops_written_outside_the_transaction_are_noticed() -> None:
    """The mutant of the test above must fail."""
    arguments = ("--script", "actions", "--every", "5", "--seeds", "0")
    assert tally("syscalls", *arguments, "--mutant", "ops_outside")["faults"]
