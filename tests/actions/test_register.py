# SPDX-License-Identifier: Apache-2.0
"""The register of an office: every number accounted for, whatever happened to it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.actions.certificate import (
    hand_over,
    issue,
    record_print,
    register_rows,
    replace_after_name_fix,
    take_back,
    void,
)
from desktop.actions.certificate_history import history
from desktop.actions.paper_filling import NothingToPrint
from desktop.actions.plan import keep_fields
from desktop.actions.register import CLASHING, account, book, registers, stage_lines
from desktop.actions.register_paper import book_paper, log_paper, stage_paper
from desktop.actions.register_rule import keep_rule, rules, sample_number
from desktop.model.account import account as account_of
from desktop.model.certificate import Certificate
from desktop.model.register import PatternProblem, RegisterRule, pattern_trouble
from desktop.store import certificate as register
from desktop.store import person, roster
from tests.actions.issuing import DAY, give, issued
from tests.hall import BY, Hall
from tests.printing.reading import pdfium


def _text(folder: Path, pdf: bytes) -> str:
    """Everything that stands on a paper."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return "\n".join(pdfium(file))


def _rename(hall: Hall, enrolment_id: str, first: str) -> None:
    with hall.store.write(BY) as write:
        who = roster.enrolment(write.conn, enrolment_id).person_id
        person.put_person(write, replace(person.person(write.conn, who), first=first))


def _lived(hall: Hall) -> list[str]:
    """Seven numbers, to which everything happens that can happen."""
    names = ("กมล", "ขวัญ", "คำปัน", "งามตา", "จันทร์", "ฉวี")
    people = give(hall, *names)
    hall.enrol("ถอน", 7, status="withdrawn")
    made = issued(hall, *people)
    record_print(hall.store, BY, made[1:])
    hand_over(hall.store, BY, made[2:4], "ผู้แทน", DAY)
    take_back(hall.store, BY, made[3:4], "ไม่มารับ")
    void(hall.store, BY, made[4], "เปื้อน")
    _rename(hall, people[5], "ฉวีวรรณ")
    made.append(replace_after_name_fix(hall.store, BY, made[5], "สะกดผิด").value.id)
    record_print(hall.store, BY, made[6:])
    return made


def test_every_number_is_accounted_for(hall: Hall) -> None:
    """Mutant: rows counted instead of numbers, so that a replacement is one too many."""
    _lived(hall)

    held = account(hall.store, "completion", 2562)

    assert registers(hall.store) == (("completion", 2562),)
    assert {state: count for state, count in held.counts.items() if count} == {
        "issued": 1, "printed": 2, "handed": 1, "returned": 1, "void": 1, "unused": 1,
    }  # fmt: skip
    assert (held.last, sum(held.counts.values()), held.replaced_editions) == (7, 7, 1)
    assert held.adds_up
    assert held.gaps == held.doubled == ()
    assert [one.why for one in held.states if one.why] == [
        "ไม่มารับ", "เปื้อน", "สะกดผิด", "ถอนชื่อ ไม่ใช้เลข",
    ]  # fmt: skip


def test_numbers_lent_here_and_numbers_of_others_are_gaps_of_two_kinds(hall: Hall) -> None:
    """Mutant: a gap explained as lent when another laptop drew it."""
    with hall.store.write(BY) as write:
        write.conn.exec_driver_sql(
            "INSERT INTO lease (office, kind, year, first, last) "
            "VALUES ('office-1', 'completion', 2562, 101, 110)"
        )
    issued(hall, *give(hall, "กมล", "ขวัญ"))

    held = account(hall.store, "completion", 2562)

    assert held.last == 110
    assert [(gap.first, gap.last, gap.state) for gap in held.gaps] == [
        (1, 100, "unknown"), (103, 110, "lent"),
    ]  # fmt: skip
    assert (held.counts["unknown"], held.counts["lent"], held.counts["issued"]) == (100, 8, 2)
    assert sum(held.counts.values()) == held.last
    assert not held.adds_up, "a hundred numbers are not known here"
    (first, *_rest) = book(hall.store, "completion", 2562, text="๑๐๑")
    assert first.number == 101
    assert len(book(hall.store, "completion", 2562, states=("lent",))) == 8


def test_a_number_two_people_bear_is_found(hall: Hall) -> None:
    """Mutant: the second one hidden behind the first."""
    row = Certificate(
        "a", "e", "completion", 2562, 1, "1/2562", 1, "issued", "2019-03-03", None, "n1"
    )
    other = replace(row, id="b", enrolment_id="n2")
    newer = replace(row, id="c", edition=2, replaces="a", status="printed")
    old = replace(row, status="replaced")
    assert account_of("completion", 2562, [row, other]).doubled == (1,)
    assert account_of("completion", 2562, [row, replace(other, status="void")]).adds_up
    held = account_of("completion", 2562, [old, newer])
    assert (held.doubled, held.replaced_editions, held.states[0].row) == ((), 1, newer)
    assert account_of("completion", 2562, []).last == 0


def test_what_clashes_says_with_whom_and_with_what(hall: Hall) -> None:
    """A number two laptops drew, and a person to whom both issued. Mutant: a void one, or one
    that was replaced, clashes on."""
    first, second, third = issued(hall, *give(hall, "กมล", "ขวัญ", "คำปัน"))
    record_print(hall.store, BY, [first])
    with hall.store.write(BY) as write:
        one, two, three = register.certificates(write.conn, (first, second, third))
        assert one.wording is not None
        words = replace(one.wording, recipient="งามตา")
        register.put_certificate(write, replace(one, id="x", enrolment_id="n9", wording=words))
        register.put_certificate(write, replace(one, id="z", enrolment_id="n8", status="void"))
        again = replace(two, id="y", number=9, number_text="9/2562")
        register.put_certificate(write, again)
    _rename(hall, three.enrolment_id, "คำปันดี")
    replace_after_name_fix(hall.store, BY, third, "สะกดผิด")

    lines = book(hall.store, "completion", 2562, states=(CLASHING,))
    assert [(line.number, line.name, line.also_of, line.also_has) for line in lines] == [
        (1, "นายกมล", ("งามตา · โครงการทดสอบ",), ()),
        (1, "งามตา", ("นายกมล · โครงการทดสอบ",), ()),
        (2, "นายขวัญ", (), ("9/2562",)),
        (9, "นายขวัญ", (), ("2/2562",)),
    ]
    void(hall.store, BY, "x", "ซ้ำ")
    void(hall.store, BY, "y", "ซ้ำ")
    assert book(hall.store, "completion", 2562, states=(CLASHING,)) == ()
    held = account(hall.store, "completion", 2562)
    assert (held.doubled, held.twice) == ((), ())


def test_the_history_of_a_number_tells_who_did_what_and_why(hall: Hall) -> None:
    """Fails when the printings of an earlier edition are forgotten: A2 asks for both."""
    made = _lived(hall)

    lines = history(hall.store, made[6])

    assert [(line.edition, line.what, line.reason) for line in lines] == [
        (1, "issued", ""),
        (1, "printed", ""),
        (1, "replaced", "สะกดผิด"),
        (2, "issued", "สะกดผิด"),
        (2, "printed", ""),
    ]
    assert history(hall.store, made[5]) == lines
    assert [(line.what, line.on, line.whom) for line in history(hall.store, made[3])][2:] == [
        ("handed", DAY.isoformat(), "ผู้แทน"),
        ("returned", "2019-03-01", ""),
    ]


def test_the_book_is_searched_over_all_events(hall: Hall) -> None:
    _lived(hall)
    every = book(hall.store, "completion", 2562)
    assert [(row.number, row.state) for row in every][5:] == [
        (6, "replaced"), (6, "printed"), (7, "unused"),
    ]  # fmt: skip
    assert [row.number for row in book(hall.store, "completion", 2562, text="ขวัญ")] == [2]
    assert [row.number for row in book(hall.store, "completion", 2562, text="๓")] == [3]
    assert {row.name for row in every if row.number == 7} == {"นายถอน"}
    assert book(hall.store, "completion", 2562, event_id="other") == ()
    handed = book(hall.store, "completion", 2562, states=("handed",))
    assert [(row.number, row.receipt.by if row.receipt else "") for row in handed] == [(3, "ผู้แทน")]


def test_the_papers_say_what_the_register_says(hall: Hall, tmp_path: Path) -> None:
    """Fails when a number, its receipt or the sum under the list is left out."""
    with pytest.raises(NothingToPrint):
        book_paper(hall.store, "completion", 2562)
    _lived(hall)

    text = _text(tmp_path, book_paper(hall.store, "completion", 2562))

    assert "รวม ๗ เลข" in text
    assert "(ออกใบแทนภายใต้เลขเดิม ๑ ใบ)" in text
    assert "ใบแทน ฉบับที่ ๒" in text
    assert "นายฉวีวรรณ" in text
    assert "ผู้แทน" in text
    part = _text(tmp_path, book_paper(hall.store, "completion", 2562, states=("void",)))
    assert "เปื้อน" in part
    assert "รวม" not in part
    event = book_paper(hall.store, "completion", 2562, event_id="event-1")
    assert "รวม ๗ เลข" in _text(tmp_path, event)
    for made in (
        book_paper(hall.store, "completion", 2562, "xlsx"),
        stage_paper(hall.store, "event-1", fmt="xlsx"),
        log_paper(hall.store, "event-1", "xlsx"),
    ):
        assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    log = _text(tmp_path, log_paper(hall.store, "event-1"))
    assert "รับคืน" in log
    assert "ออกใบแทน" in log
    stage = _text(tmp_path, stage_paper(hall.store, "event-1"))
    assert "นายกมล" in stage
    assert "นายจันทร์" not in stage, "a void one is not called out"
    assert "ไม่เรียกชื่อ" in stage


def test_a_void_turn_keeps_its_place_and_nobody_after_it_moves(hall: Hall) -> None:
    """Mutant: turns counted among the certificates that stand, unlike the list on paper."""
    people = give(hall, "กมล", "ขวัญ", "จันทร์")
    ids = issued(hall, *people)
    void(hall.store, BY, ids[1], "เปื้อน")
    lines = stage_lines(hall.store, "event-1")
    turns = [(line.order, line.number, line.name, line.void) for line in lines]
    assert turns == [
        (1, "๑/๒๕๖๒", "นายกมล", False),
        (2, "๒/๒๕๖๒", "นายขวัญ", True),
        (3, "๓/๒๕๖๒", "นายจันทร์", False),
    ]


def test_names_are_read_out_in_full_or_as_was_noted(hall: Hall) -> None:
    people = give(hall, "กมล", "ขวัญ")
    keep_fields(hall.store, BY, "event-1", {people[1]: {"reading": "นาย ขะ-วัน"}})
    hall.clock.to(18)
    rehearsed = stage_lines(hall.store, "event-1")
    assert [(line.reading, line.number) for line in rehearsed] == [
        ("นายกมล", ""), ("นาย ขะ-วัน", ""),
    ]  # fmt: skip
    issued(hall, people[1])
    (line,) = stage_lines(hall.store, "event-1")
    assert (line.order, line.number, line.name, line.seat) == (1, "๒/๒๕๖๒", "นายขวัญ", 2)
    award = hall.award("อบต.แม่ปะ", "โครงการ ก", 1)
    issue(hall.store, BY, "event-1", issue_date=DAY, award_ids=[award])
    (told,) = stage_lines(hall.store, "event-1", "project")
    assert (told.reading, told.project) == ("องค์การบริหารส่วนตำบลแม่ปะ", "โครงการ ก")


@pytest.mark.parametrize(
    ("year_kind", "day", "text"),
    [
        ("calendar", date(2022, 9, 30), "พม 0312/001/2565"),
        ("fiscal", date(2022, 9, 30), "พม 0312/001/2565"),
        ("calendar", date(2022, 10, 1), "พม 0312/001/2565"),
        ("fiscal", date(2022, 10, 1), "พม 0312/001/2566"),
    ],
)
def test_the_year_of_a_number_is_that_of_its_day_as_the_office_counts(
    hall: Hall, year_kind: str, day: date, text: str
) -> None:
    """Mutant: the year of the computer's clock, or of sync, instead of the day of issue."""
    rule = RegisterRule("completion", "{code}/{n:03}/{be}", "พม ๐๓๑๒", year_kind)  # type: ignore[arg-type]
    kept = keep_rule(hall.store, BY, rule).value
    assert kept.code == "พม 0312"
    people = give(hall, "กมล")
    hall.clock.now = hall.clock.now.replace(year=2023, month=1)

    issued(hall, *people, day=day)

    row = register_rows(hall.store, "event-1")[0].certificate
    assert (row.number_text, row.year) == (text, int(text[-4:]))
    assert sample_number(kept, "thai", day).startswith("พม ๐๓๑๒/๐๑๒/๒๕๖")


def test_a_rule_can_be_taken_back_and_changes_no_number_that_was_drawn(hall: Hall) -> None:
    people = give(hall, "กมล", "ขวัญ")
    issued(hall, people[0])
    done = keep_rule(hall.store, BY, RegisterRule("completion", "ที่ {n:04}/{be}"))
    issued(hall, people[1])
    texts = [row.certificate.number_text for row in register_rows(hall.store, "event-1")]
    assert texts == ["1/2562", "2/2562"], "the second number was drawn with the first"
    assert {one.kind: one.pattern for one in rules(hall.store)}["completion"] == "ที่ {n:04}/{be}"
    assert done.undo
    done.undo(hall.store)
    assert {one.pattern for one in rules(hall.store)} == {"{n}/{be}"}


@pytest.mark.parametrize(
    "pattern",
    ["{n}", "{be}", "{n}/{n}/{be}", "{n!r}/{be}", "{n:>9}/{be}", "{n.real}/{be}", "{0}/{be}",
     "{n/{be}", "{n}/{be}}", "{seat}/{n}/{be}", "{code}/{n}/{be}", "{n}/{be:2}", "ก" * 61,
     "{n:0999999999}/{be}", "{n}\n{be}", "{n:{be}}/{be}"],
)  # fmt: skip
def test_a_pattern_that_cannot_be_a_number_is_refused_with_a_sentence(
    hall: Hall, pattern: str
) -> None:
    """Mutant: a pattern handed to ``format`` as it was typed."""
    if "\n" in pattern:
        assert pattern_trouble(pattern, "")
        return
    with pytest.raises(PatternProblem):
        keep_rule(hall.store, BY, RegisterRule("completion", pattern))
    assert sample_number(RegisterRule("completion", pattern), "arabic", DAY) == ""
