# SPDX-License-Identifier: Apache-2.0
"""Batches under way are kept on this laptop, and nowhere else."""

from __future__ import annotations

from desktop.actions.print_run import begin_run, end_run, forget_run, keep_sent, last_run, new_run
from desktop.model.print_run import How, PrintRun, sheets_of
from tests.actions.office_ground import BY, Ground

HOW = How(
    tray="2Tray", sides="book", quality="high", copies=3, collate=False, parity="odd",
    backwards=True, pause_every=12,
)  # fmt: skip


def _begin(ground: Ground, what: str = "certificates:completion") -> PrintRun:
    sheets = sheets_of(["a", "b", "c"], HOW)
    run = new_run(ground.store, BY, "event-1", what, sheets, HOW, "Office", "เพราะหมึกจาง")
    begin_run(ground.store, BY, run)
    return run


def test_a_batch_is_found_again_as_it_was_with_how_far_it_came(ground: Ground) -> None:
    """Mutant: an option that is lost, so that the rest comes out of another tray."""
    run = _begin(ground)
    assert last_run(ground.store, "event-1", run.what) == run
    keep_sent(ground.store, BY, run.id, 2)
    found = last_run(ground.store, "event-1", run.what)
    assert found is not None
    assert (found.sent, found.how, found.sheets, found.reason) == (2, HOW, run.sheets, run.reason)
    assert not found.over
    end_run(ground.store, BY, run.id)
    found = last_run(ground.store, "event-1", run.what)
    assert found is not None
    assert found.over
    assert found.how == HOW


def test_each_paper_of_an_event_has_one_batch_and_a_new_one_takes_its_place(
    ground: Ground,
) -> None:
    """Mutant: badges that go on with a batch of certificates."""
    first, other = _begin(ground), _begin(ground, "badges")
    again = _begin(ground)
    assert last_run(ground.store, "event-1", first.what) == again
    assert last_run(ground.store, "event-1", "badges") == other
    assert last_run(ground.store, "event-2", "badges") is None
    forget_run(ground.store, BY, "event-1", "badges")
    assert last_run(ground.store, "event-1", "badges") is None
    assert last_run(ground.store, "event-1", first.what) == again


def test_nothing_of_it_leaves_the_laptop(ground: Ground) -> None:
    """Mutant: a printer's name and a list of ids in the log that goes to the centre."""
    before = ground.last_op()
    run = _begin(ground)
    keep_sent(ground.store, BY, run.id, 1)
    assert ground.ops_after(before) == []
