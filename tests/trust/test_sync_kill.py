# SPDX-License-Identifier: Apache-2.0
"""A laptop that dies in the middle of a sync, at whatever step, loses and doubles nothing.

Here at steps drawn by a seed; ``./test --campaign sync_kill`` dies at every one of them.
"""

from __future__ import annotations

import sys

import pytest

from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs fork")


def test_a_laptop_killed_while_it_syncs_loses_and_doubles_nothing() -> None:
    """Receipts, a round with photos, a stick's file. Mutants: ``early`` (the screen says saved
    before the commit), ``cursor_first``, ``sent_is_received``, ``in_place`` (a stick's file
    under its own name), by ``./test --campaign sync_kill --mutant``; one of them below."""
    found = tally("sync_kill", "--sample", "10", "--seed", "2")
    assert found["faults"] == []
    assert found["kills"] > 5
    assert found["saved"] > 5


def test_what_a_kill_would_do_to_a_worse_program_is_noticed() -> None:
    """A mutant of the test above: sent counts as received."""
    found = tally("sync_kill", "--sample", "6", "--mutant", "sent_is_received")
    assert any("the centre has" in fault for fault in found["faults"])
