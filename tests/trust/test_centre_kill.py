# SPDX-License-Identifier: Apache-2.0
"""A centre that is killed while laptops write keeps what it signed for, once, for every reader.

Short runs of ``tests/campaigns/centre_kill.py``: the centre as a process that gets SIGKILL, and
PostgreSQL stopped as by a crash.
"""

from __future__ import annotations

import sys

import pytest

from tests.centre.postgresql import NoServer, end_server, start_server
from tests.trust.campaign import tally

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stops processes by signals")


def test_a_centre_that_is_killed_keeps_what_it_signed_for() -> None:
    """On SQLite, its process gets SIGKILL under four writers. Mutants: below."""
    found = tally("centre_kill", "--kills", "1", "--apart", "0.6", "--writers", "4")
    assert found["faults"] == []
    assert (found["centre_kills"], found["said"]) == (1, found["kept"])
    assert found["said"] >= 40


def test_postgresql_that_crashes_keeps_what_was_signed_for_and_worse_centres_do_not() -> None:
    """Six writers, a reader who misses nothing. Mutants: answers before the commit; takes again
    what it has. (Numbers from a sequence miss a row by chance here, always in
    ``tests/centre/test_ledger.py``.)"""
    try:
        end_server(start_server())
    except NoServer as why:
        pytest.skip(f"PostgreSQL cannot be started: {why}")
    found = tally("centre_kill", "--teeth", "--kills", "1", "--apart", "0.6", "--writers", "6")
    assert found["faults"] == []
    assert any("lost: had signed" in fault for fault in found["runs"]["early"])
    assert any("doubled" in fault for fault in found["runs"]["again"])
