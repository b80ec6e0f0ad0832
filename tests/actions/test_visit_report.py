# SPDX-License-Identifier: Apache-2.0
"""The report of a visit: what it says, and what consent keeps out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import consent
from desktop.actions.visit_report import gather, photo_may_be_shown, visit_report
from desktop.model.consent import Standing
from desktop.store import visit
from desktop.store.case_file import NotYours
from tests.field import BY, OTHER
from tests.printing.visits import images_of, joined, text_of
from tests.village import FIVE, Village

ABUSED = replace(FIVE[3], problems=("v_neglect",), urgency="critical")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = Village.open(tmp_path / "store")
    yield made
    made.field.store.close()


def audited(village: Village) -> list[tuple[str, str]]:
    with village.field.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT action, noun FROM audit ORDER BY seq")
        return [(row[0], row[1]) for row in rows]


def person_of(village: Village, record_id: str) -> str:
    with village.field.store.read() as conn:
        return visit.visit(conn, BY, record_id).person_id


def test_the_paper_says_what_the_form_said_in_its_own_words(village: Village) -> None:
    """Mutants: codes instead of words; a repeat's row under the words of another."""
    record_id = village.visit(FIVE[1], 1)
    pdf = visit_report(village.field.store, BY, record_id, village.field.clock.now)
    text = joined(text_of(pdf))
    for said in (
        "พะตี ทดสอบดี", "พมจ.ตาก", "สำรวจ/สอบข้อเท็จจริง", "พบผู้รับบริการ", "สมศรี ใจดี", "ลุงมี",
        "บุญมี", "คู่สมรส", "ถุงยังชีพ", "ให้แล้ว", "ปวดหลัง", "ได้รับกำลังใจ", "ดูแลต่อ",
        "หมู่ที่ 5", "บ้านห้วยปลาหลด",
    ):  # fmt: skip
        assert joined(said) in text
    assert "stay_with" not in text


def test_the_place_leaves_the_store_rounded(village: Village) -> None:
    """Mutant: the coordinates as they were measured."""
    report = gather(village.field.store, BY, village.visit(FIVE[0], 0))
    assert report.place == (16.771, 98.988)


def test_photos_are_on_the_paper_only_while_the_consent_holds(village: Village) -> None:
    """Mutants: the consent of the day of the visit decides; the bytes are read all the same."""
    record_id = village.visit(FIVE[0], 0, photos=("house_out", "person"))
    store = village.field.store
    pdf = visit_report(store, BY, record_id, village.field.clock.now)
    assert sum(len(page) for page in images_of(pdf)) == 2
    village.field.clock.forward(days=1)
    consent.withdraw(store, BY, person_of(village, record_id), "photo")
    report = gather(store, BY, record_id)
    assert [(one.data, one.allowed) for one in report.photos] == [(b"", False)] * 2
    pdf = visit_report(store, BY, record_id, village.field.clock.now)
    assert sum(len(page) for page in images_of(pdf)) == 0
    assert "ถอนความยินยอม" in joined(text_of(pdf))


def test_of_a_protected_child_only_the_house_is_shown(village: Village) -> None:
    """Mutant: ``restricted`` not asked; the child's face is printed."""
    record_id = village.visit(
        ABUSED, 3, {"g_prob/called_1300": "yes"}, photos=("problem", "house_in")
    )
    report = gather(village.field.store, BY, record_id)
    assert [one.allowed for one in report.photos] == [False, True]
    free = Standing(None, photo=True, publish=True, withdrawn=frozenset())
    kinds = ("house_out", "house_in", "housereg", "person", "family", "problem", "handover",
             "other", "photo", "")  # fmt: skip
    shown = {kind for kind in kinds if photo_may_be_shown(kind, free, restricted=True)}
    assert shown == {"house_out", "house_in", "housereg"}
    assert not photo_may_be_shown("house_out", None, restricted=False)


def test_the_paper_of_a_restricted_case_is_marked_and_noted(village: Village) -> None:
    """Mutants: no watermark; no line in the audit log; a watermark on every plain paper."""
    plain = village.visit(FIVE[0], 0)
    store, now = village.field.store, village.field.clock.now
    assert "ห้ามเผยแพร่" not in joined(text_of(visit_report(store, BY, plain, now)))
    assert audited(village)[-1] == ("print", "record")
    record_id = village.visit(ABUSED, 3, {"g_prob/called_1300": "yes"})
    text = joined(text_of(visit_report(store, BY, record_id, now)))
    assert "ห้ามเผยแพร่" in text
    assert joined("พิมพ์โดย สมศรี ใจดี") in text
    assert audited(village)[-2:] == [("print", "case_file"), ("print", "record")]


def test_who_need_not_know_gets_no_paper(village: Village) -> None:
    """Mutant: the visit found without asking who reads."""
    record_id = village.visit(ABUSED, 3, {"g_prob/called_1300": "yes"})
    with pytest.raises(NotYours):
        visit_report(village.field.store, OTHER, record_id, village.field.clock.now)
