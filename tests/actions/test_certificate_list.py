# SPDX-License-Identifier: Apache-2.0
"""What the page of certificates is told must be what an issue then does."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.actions.attendance import arrive
from desktop.actions.certificate import issue, void
from desktop.actions.certificate_list import (
    DRAFT,
    CertificateList,
    Line,
    certificate_list,
    filling_of,
    ordered,
    unfit_lines,
)
from desktop.actions.event import close_event
from desktop.actions.person import fix_name
from desktop.actions.roster import lock_roster, withdraw
from tests.actions.office_ground import BY, FIRST, Ground

_NAMES = "กานดา", "ขจร", "คำแก้ว", "งาม", "จันทร์", "ฉวี"


@pytest.fixture
def people(ground: Ground) -> tuple[str, ...]:
    """Six on seats 1 to 6; the fourth came once, the fifth was taken off."""
    ids = ground.add(*_NAMES, title="นาย")
    lock_roster(ground.store, BY, ground.event.id)
    for place, one in enumerate(ids):
        for session in ground.sessions()[: 1 if place == 3 else None]:
            arrive(ground.store, BY, one, session.id, session.start, "sheet", "จากใบลงชื่อ")
    withdraw(ground.store, BY, ids[4])
    close_event(ground.store, BY, ground.event.id)
    return ids


def _list(ground: Ground, day: date = FIRST) -> CertificateList:
    found = certificate_list(ground.store, ground.event.id, day)
    assert found is not None
    return found


def _issue(ground: Ground, lines: tuple[Line, ...]) -> dict[str, str]:
    done = issue(
        ground.store,
        BY,
        ground.event.id,
        issue_date=FIRST,
        enrolment_ids=[line.key for line in lines],
    )
    return {row.enrolment_id: row.number_text for row in done.value}


def test_the_numbers_foretold_are_the_numbers_drawn(
    ground: Ground, people: tuple[str, ...]
) -> None:
    """Mutant: numbers counted over those who passed alone, or over those still expected."""
    waiting = tuple(line for line in _list(ground).lines if line.waits)
    assert [line.seat for line in waiting] == [1, 2, 3, 6]
    foretold = {line.key: line.number for line in waiting}
    assert _issue(ground, waiting) == foretold
    assert foretold[people[5]] == "6/2569", "the seat of who was taken off has a number too"


def test_a_void_one_is_foretold_the_next_number(ground: Ground, people: tuple[str, ...]) -> None:
    """Mutant: the void number offered again."""
    _issue(ground, tuple(line for line in _list(ground).lines if line.waits))
    first = _list(ground).lines[0]
    assert first.certificate is not None
    void(ground.store, BY, first.certificate.id, "ผิดคน")
    again = _list(ground).lines[0]
    assert again.waits
    assert again.number == "7/2569"
    assert _issue(ground, (again,)) == {again.key: "7/2569"}


def test_an_issued_line_keeps_its_words_when_the_roster_changes(
    ground: Ground, people: tuple[str, ...]
) -> None:
    """Mutant: a preview of words that were never frozen."""
    _issue(ground, tuple(line for line in _list(ground).lines if line.waits))
    line = _list(ground).lines[0]
    fix_name(ground.store, BY, line.person_id, title="นาง", first="กานดา", last="ใจดี")
    now = _list(ground, date(2030, 1, 1)).lines[0]
    assert now.renamed
    assert now.name == "นางกานดา ใจดี"
    assert now.wording == line.wording
    page = filling_of(_list(ground), now, draft=True)
    assert page is not None
    assert page.fields["number_plain"] == now.number == line.number


def test_nothing_is_drawn_before_the_issue(ground: Ground, people: tuple[str, ...]) -> None:
    """Mutant: a draft that could be taken for a certificate."""
    passed, failed = _list(ground).lines[0], _list(ground).lines[3]
    page = filling_of(_list(ground), passed, draft=True)
    assert page is not None
    assert page.fields["number"] == f"เลขที่ {DRAFT}"
    assert set(page.fields["proof"]) == {"7"}
    assert page.fields["proof_words"]
    assert failed.part == "failed"
    assert filling_of(_list(ground), failed) is None


def test_who_cannot_be_printed_is_named_before_anything_is_issued(
    ground: Ground, people: tuple[str, ...]
) -> None:
    """Mutant: a letter the typeface lacks found only on paper."""
    line = _list(ground).lines[1]
    fix_name(ground.store, BY, line.person_id, title="นาย", first="ขจร\u2603")
    held = _list(ground)
    found = unfit_lines(ground.store, held, [line for line in held.lines if line.waits])
    assert [one.key for one in found] == [line.key]
    assert "\u2603" in found[0].sentence


def test_orders_of_paper(ground: Ground, people: tuple[str, ...]) -> None:
    """Mutant: the order of code points, in which เ stands after ฮ."""
    lines = _list(ground).lines
    assert [line.seat for line in ordered(reversed(lines), "seat")] == [1, 2, 3, 4, 6]
    names = [line.name for line in ordered(reversed(lines), "alphabet")]
    assert names == sorted(names)
    assert [line.seat for line in ordered(reversed(lines), "stage")] == [1, 2, 3, 4, 6]


def test_an_event_that_gives_none_has_no_list(ground: Ground) -> None:
    """Mutant: certificates of an empty kind."""
    from dataclasses import replace

    from desktop.actions.event import change_event

    change_event(ground.store, BY, replace(ground.event, certificate_kind=""))
    assert certificate_list(ground.store, ground.event.id) is None
    assert certificate_list(ground.store, "nothing") is None
