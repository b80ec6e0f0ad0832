# SPDX-License-Identifier: Apache-2.0
"""Two texts for one field: told with who wrote them, chosen or combined, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.actions.conflict import ConflictProblem, choose, conflicts
from desktop.model.case_file import CaseFile
from desktop.store import case_file
from desktop.store.case_scope import case_scope
from desktop.store.store import Store
from tests.actions.sync_ground import OURS, THEIRS, household, ops_of, receive, shown
from tests.field import BY, OTHER, open_field


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_field(tmp_path / "store").store
    yield made
    made.close()


@pytest.fixture
def house(store: Store) -> str:
    """A household with two texts of its needs."""
    made = household(store, BY)
    receive(store, made, ("needs", THEIRS))
    return made


def test_both_texts_are_told_with_whose_household_it_is(store: Store, house: str) -> None:
    """Mutant: the record is told by its id; nobody knows which household it is."""
    (one,) = conflicts(store, BY)

    assert (one.texts.shown.text, [w.text for w in one.texts.others]) == (OURS, [THEIRS])
    assert one.about.name == "นางมะลิ แสงดาว"
    assert (one.about.home, one.about.home_id) == ("household", house)
    assert one.names[one.texts.shown.by] == "สมศรี ใจดี"
    assert conflicts(store, BY, "household", house) == (one,)
    assert conflicts(store, BY, "household", "another") == ()


@pytest.mark.parametrize("text", [OURS, THEIRS, f"{OURS}\n{THEIRS}"])
def test_the_chosen_text_stays_and_the_other_is_resolved(
    store: Store, house: str, text: str
) -> None:
    """Mutant: choosing the text that is shown already says nothing to the centre."""
    (one,) = conflicts(store, BY)

    done = choose(store, BY, one.texts, text)

    assert shown(store, house) == text
    assert conflicts(store, BY) == ()
    assert ops_of(store, house)[-1]["resolve"] == [one.texts.others[0].oid]
    assert {"conflicts", "households", "sync"} <= done.changed


@pytest.mark.parametrize("text", [THEIRS, OURS, "รวมแล้ว"])
def test_undo_brings_both_texts_back_through_ops(store: Store, house: str, text: str) -> None:
    """Mutant: undo writes the field back and the other text is gone for good."""
    (one,) = conflicts(store, BY)
    done = choose(store, BY, one.texts, text)
    count = len(ops_of(store, house))
    assert done.undo is not None

    back = done.undo(store)

    assert shown(store, house) == OURS
    (again,) = conflicts(store, BY)
    assert [w.text for w in again.texts.others] == [THEIRS]
    assert len(ops_of(store, house)) > count
    assert back.changed == done.changed
    assert store.check().sound


def test_a_choice_can_be_done_again(store: Store, house: str) -> None:
    """Mutant: what was taken back cannot be done again; Ctrl+Shift+Z ends in a fault."""
    (one,) = conflicts(store, BY)
    done = choose(store, BY, one.texts, THEIRS)
    assert done.undo is not None
    back = done.undo(store)
    assert back.undo is not None

    back.undo(store)

    assert shown(store, house) == THEIRS


def test_a_text_that_came_meanwhile_is_not_thrown_away(store: Store, house: str) -> None:
    """Mutant: every waiting text is resolved, also one that was not on the screen."""
    (seen,) = conflicts(store, BY)
    receive(store, house, ("needs", THEIRS), ("needs", "ขอถุงยังชีพ"), seq=20)

    choose(store, BY, seen.texts, THEIRS)

    (left,) = conflicts(store, BY)
    assert "ขอถุงยังชีพ" in [w.text for w in left.texts.others]


def test_what_changed_on_the_way_is_read_again_first(store: Store, house: str) -> None:
    """Mutant: the text that stands there now, which nobody here read, is replaced."""
    (seen,) = conflicts(store, BY)
    with store.write(OTHER) as write:
        write.put("household", house, "t:630609", needs="เขียนใหม่เมื่อครู่")

    with pytest.raises(ConflictProblem):
        choose(store, BY, seen.texts, THEIRS)

    assert shown(store, house) == "เขียนใหม่เมื่อครู่"


def test_choosing_twice_is_refused_in_a_sentence(store: Store, house: str) -> None:
    (seen,) = conflicts(store, BY)
    choose(store, BY, seen.texts, THEIRS)

    with pytest.raises(ConflictProblem):
        choose(store, BY, seen.texts, OURS)
    with pytest.raises(ConflictProblem):
        choose(store, BY, seen.texts, "   ")


def test_texts_of_a_restricted_case_of_others_are_not_told(store: Store) -> None:
    """Mutant: whoever opens the list reads a case that is kept to few."""
    from desktop.store.ids import new_id
    from desktop.store.sync import notebook
    from desktop.sync.row import Row, Variant, Writer

    case = new_id()
    with store.write(BY) as write:
        scope = case_scope(write.conn, "630609")
        case_file.put_case(
            write,
            CaseFile(
                case, "ก-1", "urgent", "open", BY, write.now().local.date(), BY, "visit",
                area="630609", detail="ถูกทำร้าย", restricted=True,
            ),
            scope,
        )  # fmt: skip
    fields = ops_of(store, case)[0]["set"]
    row = Row("case_file", case, 3, False, fields, {name: Writer(2) for name in fields})
    row.variants = [Variant("detail", "ถูกทอดทิ้ง", "oid-1", 3, "x", OTHER, "2026-11-19T10:00Z")]
    with notebook(store).transaction() as change:
        change.keep_received(scope, [row])
        change.show(scope, [row])

    assert len(conflicts(store, BY)) == 1
    assert conflicts(store, OTHER) == ()
