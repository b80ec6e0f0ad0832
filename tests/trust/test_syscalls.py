# SPDX-License-Identifier: Apache-2.0
"""Whichever call to the disk goes wrong, and however: nothing lost, nothing half, still usable.

A sample of the points here, all of them in ``tests.campaigns.syscalls``.
"""

from __future__ import annotations

import sys

import pytest

from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs LD_PRELOAD")


@pytest.mark.parametrize(
    ("script", "every"), [("actions", "13"), ("field", "43"), ("making", "17"), ("restore", "6")]
)
def test_a_failing_call_loses_nothing(script: str, every: str) -> None:
    """Mutants: ops in a second transaction (below); a store renamed before its checkpoint."""
    found = tally("syscalls", "--script", script, "--every", every, "--seeds", "0")
    assert found["faults"] == []
    assert found["points"] >= 30


def test_a_failing_call_locks_nobody_out() -> None:
    """Mutant: one copy of the key file, written over itself (below)."""
    found = tally("syscalls", "--script", "keys", "--every", "2", "--seeds", "0")
    assert found["faults"] == []
    assert found["points"] >= 50
    assert tally("syscalls", "--script", "keys", "--mutant", "one_copy_in_place")["faults"]


def test_ops_written_outside_the_transaction_are_noticed() -> None:
    """The mutant of the test above must fail."""
    arguments = ("--script", "actions", "--every", "5", "--seeds", "0")
    assert tally("syscalls", *arguments, "--mutant", "ops_outside")["faults"]
