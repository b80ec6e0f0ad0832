# SPDX-License-Identifier: Apache-2.0
"""A power cut loses nothing that was said to be saved, whatever the disk had not yet written."""

from __future__ import annotations

import sys

import pytest

from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")


def test_no_disk_a_power_cut_can_leave_has_lost_an_acknowledged_action() -> None:
    """Mutants: synchronous NORMAL, OFF, ops in a second transaction (below)."""
    found = tally("powercut", "--each", "3", "--most", "1550")
    assert found["faults"] == []
    assert found["states"] >= 1500


def test_no_power_cut_locks_anybody_out() -> None:
    """Mutant: one copy of the key file, written over itself (below)."""
    found = tally("powercut", "--script", "keys", "--each", "30", "--seeds", "0:4")
    assert found["faults"] == []
    assert found["states"] >= 50
    arguments = ("--script", "keys", "--each", "8", "--mutant", "one_copy_in_place")
    assert tally("powercut", *arguments)["faults"]


@pytest.mark.parametrize("mutant", ["normal", "off", "ops_outside"])
def test_a_broken_promise_is_noticed(mutant: str) -> None:
    """Each mutant of the test above must fail."""
    assert tally("powercut", "--each", "2", "--mutant", mutant)["faults"]
