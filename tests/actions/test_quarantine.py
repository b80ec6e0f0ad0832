# SPDX-License-Identifier: Apache-2.0
"""What the centre put aside: told with its reason, kept, and written into a locked file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pyrage import passphrase as age

from desktop.actions import case_file
from desktop.actions.casework import CaseDraft
from desktop.actions.quarantine import ExportProblem, export, file_name, put_aside
from desktop.store.store import Store
from tests.actions.sync_ground import OURS, household, ops_of, set_aside
from tests.field import BY, OTHER, open_field

HIDDEN = "เรื่องที่คนอื่นห้ามรู้"
SECRET = "มะม่วง สะพาน กลอง แมว"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_field(tmp_path / "store").store
    yield made
    made.close()


@pytest.fixture
def house(store: Store) -> str:
    """A household whose last change the centre put aside."""
    made = household(store, BY)
    set_aside(store, made)
    return made


def test_it_is_told_with_its_reason_and_whose_record_it_is(store: Store, house: str) -> None:
    (one,) = put_aside(store, BY)

    assert (one.change.reason, one.change.id) == ("forbidden", house)
    assert (one.about.name, one.author) == ("นางมะลิ แสงดาว", "สมศรี ใจดี")


def test_the_file_holds_every_change_whole_and_nothing_is_taken_away(
    store: Store, house: str, tmp_path: Path
) -> None:
    """Mutants: the file is JSON that anybody can read; it holds only the reasons; what was
    exported is removed from the tray, and with it from the laptop; nobody notes the export."""
    target = tmp_path / file_name(date(2026, 11, 20))
    before = put_aside(store, BY)

    assert export(store, BY, target, SECRET) == 1

    sealed = target.read_bytes()
    assert OURS.encode() not in sealed
    told = json.loads(age.decrypt(sealed, SECRET))
    assert [one["body"] for one in told["changes"]] == ops_of(store, house)
    assert put_aside(store, BY) == before
    assert list(tmp_path.glob("*.part")) == []
    with store.read() as conn:
        (noted,) = conn.exec_driver_sql("SELECT detail FROM audit WHERE action = 'export'").one()
    assert noted == "1"


def test_a_restricted_case_of_others_is_not_in_the_file(
    store: Store, house: str, tmp_path: Path
) -> None:
    """Mutant: whoever may not read a case saves it under a passphrase of her own."""
    case = case_file.open_case(
        store, OTHER, CaseDraft(area="630609", problems=("v_neglect",), detail=HIDDEN)
    ).value
    set_aside(store, case.id)
    files = {}
    for by in (BY, OTHER):
        target = tmp_path / f"{by}.age"
        export(store, by, target, SECRET)
        files[by] = age.decrypt(target.read_bytes(), SECRET).decode()

    assert HIDDEN not in files[BY]
    assert OURS in files[BY]
    assert HIDDEN in files[OTHER]


def test_the_file_name_says_nothing_of_anybody(store: Store, house: str) -> None:
    """Mutant: the name of the household or of the facilitator stands in the file's name."""
    assert file_name(date(2026, 11, 20)) == "samut-put-aside-2569-11-20.age"


def test_a_short_passphrase_a_full_stick_and_nothing_to_save_are_sentences(
    store: Store, house: str, tmp_path: Path
) -> None:
    with pytest.raises(ExportProblem):
        export(store, BY, tmp_path / "one.age", "short")
    with pytest.raises(ExportProblem):
        export(store, BY, tmp_path / "nowhere" / "one.age", SECRET)
    assert list(tmp_path.glob("*.age*")) == []
