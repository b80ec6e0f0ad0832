# SPDX-License-Identifier: Apache-2.0
"""Certificates that an earlier version issued: printed again, replaced and accounted for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions.certificate import (
    certificate_fillings,
    hand_over,
    record_print,
    register_rows,
    replace_after_name_fix,
    reprint,
    take_back,
)
from desktop.actions.certificate_history import history
from desktop.actions.register import account
from desktop.store import person, roster
from desktop.store.store import FILE, Store
from tests.field import BY
from tests.store.ground import KEY

EARLIER = Path(__file__).parent.parent / "upgrades" / "version-3.db"
EVENT = "event-3"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "store").mkdir()
    shutil.copyfile(EARLIER, tmp_path / "store" / FILE)
    made = Store.open(tmp_path / "store", KEY)
    yield made
    made.close()


def test_they_are_printed_with_the_layout_they_were_issued_with(store: Store) -> None:
    """Mutants: the digest of an earlier layout not known any more; its words read anew."""
    rows = [line.certificate for line in register_rows(store, EVENT)]
    printable = [row.id for row in rows if row.status in ("issued", "printed", "handed")]

    (group,) = certificate_fillings(store, printable)

    assert len(group.fillings) == 4
    assert group.fillings[0].fields["number"] == "เลขที่ ๑/๒๕๖๙"
    assert group.fillings[0].fields["recipient"] == "นายกมล"
    assert {one.fields["proof"] for one in group.fillings} == {""}, "they never had a code"
    reprint(store, BY, printable[1], "", 1, "กระดาษติด")


def test_their_numbers_are_accounted_for_and_their_history_is_what_their_rows_say(
    store: Store,
) -> None:
    """Fails when a step that nobody noted is told as if it had a moment."""
    rows = {row.certificate.number: row.certificate for row in register_rows(store, EVENT)}
    held = account(store, "completion", 2569)
    assert {state: count for state, count in held.counts.items() if count} == {
        "issued": 1, "printed": 2, "handed": 1, "void": 1, "unused": 1,
    }  # fmt: skip
    assert held.adds_up

    told = [(line.what, line.at != "") for line in history(store, rows[3].id)]
    assert told == [("issued", False), ("handed", False), ("printed", True)]
    void = history(store, rows[4].id)
    assert ("void", "เปื้อน") in [(line.what, line.reason) for line in void]


def test_they_go_on_with_their_life(store: Store) -> None:
    """Mutant: what has no proof cannot be replaced."""
    rows = {row.certificate.number: row.certificate for row in register_rows(store, EVENT)}
    take_back(store, BY, [rows[2].id], "ไม่มารับ")
    hand_over(store, BY, [rows[2].id])
    with store.write(BY) as write:
        who = roster.enrolment(write.conn, rows[3].enrolment_id).person_id
        person.put_person(write, replace(person.person(write.conn, who), first="คำปันดี"))

    new = replace_after_name_fix(store, BY, rows[3].id, "สะกดผิด").value

    record_print(store, BY, [new.id])
    (group,) = certificate_fillings(store, [new.id])
    assert group.fillings[0].fields["recipient"] == "นายคำปันดี"
    assert (new.edition, new.proof, new.layout) == (2, "", rows[3].layout)
