# SPDX-License-Identifier: Apache-2.0
"""Steps of the designer, taken back and done again."""

from __future__ import annotations

from dataclasses import replace

from desktop.model.template import Template
from desktop.model.template_history import History, Work

PAGE = Work(Template(purpose="badge", titles={"th": ""}, width=90, height=60))


def named(name: str) -> Work:
    return replace(PAGE, name=name)


def test_steps_go_back_and_forth() -> None:
    held = History(PAGE).did(named("a")).did(named("b"))
    assert held.undone().now == named("a")
    assert held.undone().undone().now == PAGE
    assert held.undone().undone().undone().now == PAGE
    assert held.undone().redone() == replace(held, key="")
    assert held.redone() is held


def test_a_drag_is_one_step() -> None:
    """Mutant: an undo that goes back one pixel of a drag."""
    held = History(PAGE).did(named("1"), "drag").did(named("2"), "drag").did(named("3"), "drag")
    assert held.undone().now == PAGE
    assert len(held.past) == 1


def test_what_is_settled_is_a_step_of_its_own() -> None:
    held = History(PAGE).did(named("1"), "type").settled().did(named("2"), "type")
    assert held.undone().now == named("1")


def test_typing_after_an_undo_does_not_change_the_past() -> None:
    """Mutant: a key that outlives the undo, so that the next letter overwrites an older step."""
    held = History(PAGE).did(named("1"), "type").did(named("2")).undone()
    held = held.did(named("3"), "type")
    assert held.undone().now == named("1")


def test_a_new_step_forgets_what_was_taken_back() -> None:
    held = History(PAGE).did(named("1")).undone().did(named("2"))
    assert not held.can_redo
    assert held.can_undo


def test_nothing_done_is_no_step() -> None:
    held = History(PAGE)
    assert held.did(named("")) is held
    assert held.settled() is held


def test_the_past_is_long_and_has_an_end() -> None:
    held = History(PAGE)
    for number in range(1000):
        held = held.did(named(str(number)))
    assert 200 <= len(held.past) <= 400
