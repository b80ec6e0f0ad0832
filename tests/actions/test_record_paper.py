# SPDX-License-Identifier: Apache-2.0
"""Any record on paper: its form's words, its lists, and what stays off the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.actions import draft, record
from desktop.actions.form_arrival import bring_in
from desktop.actions.record_paper import HIDDEN, record_paper
from desktop.store.case_file import NotYours
from desktop.xforms.journal import Clock, Step
from tests.actions.village_form import CLINICS, village_form
from tests.field import BY, OTHER, TAMBON, Field
from tests.printing.visits import joined, text_of
from tests.village import FIVE, Village

ABUSED = replace(FIVE[3], problems=("v_neglect",), urgency="critical")
ASKED = {
    "secret": ("", "masked", "ลับมาก", HIDDEN),
    "cid": ("", "th-id", "1994328393367", "1-xxxx-xxxxx-36-7"),
    "area": ("", "th-area", TAMBON, "ตำบลด่านแม่ละเมา"),
    "team": ("", "th-people", "สมศรี ใจดี [01234567-89ab-4cde-8f01-23456789abcd]; ลุงมี", "ลุงมี"),
    "day": ("date", "", "2026-11-20", "20 พฤศจิกายน 2569"),
    "at": ("geopoint", "", "16.7654321 98.7654321 512 6", "16.765, 98.765"),
    "rai": ("decimal", "", "12.0", "12"),
    "blank": ("", "", "", ""),
}
"""Question → its type and appearance, the answer, and what of it stands on the paper."""


def wide_form() -> bytes:
    """The village form with a question of each kind, in a group and a repeat."""
    nodes = "".join(f"<{name}/>" for name in ASKED)
    binds = "".join(
        f'<bind nodeset="/data/g/{name}" type="{kind or "string"}"/>'
        for name, (kind, *_rest) in ASKED.items()
    )
    body = "".join(
        f'<input ref="/data/g/{name}" appearance="{looks}"><label>ถาม {name}</label></input>'
        for name, (_kind, looks, *_rest) in ASKED.items()
    )
    return (
        village_form()
        .replace(b"<clinic/>", f"<clinic/><g>{nodes}</g><w><source/></w>".encode())
        .replace(b"</model>", f"{binds}</model>".encode())
        .replace(
            b"</h:body>",
            f'<group ref="/data/g"><label>รายละเอียด</label>{body}</group>'
            '<group ref="/data/w"><label>แหล่งน้ำ</label><repeat nodeset="/data/w">'
            '<input ref="/data/w/source"><label>ชื่อแหล่ง</label></input></repeat></group>'
            "</h:body>".encode(),
        )
    )


def filed(field: Field, answers: dict[str, str]) -> str:
    """A record of the wide form."""
    bring_in(field.store, BY, wide_form(), {"clinics.csv": CLINICS})
    one = draft.begin(field.store, BY, "village").value
    session = field.session(one)
    for place, value in answers.items():
        field.take(one, session, Step("answer", place, value, field.clock.now))
    assert isinstance(session.clock, Clock)
    session.clock.moment = field.clock.now
    return str(record.finish(field.store, BY, one.id, session.finalise()).value)


def test_answers_stand_in_words_under_the_names_of_their_groups(field: Field) -> None:
    """Mutants: codes for choices; hidden answers and identity numbers in full; the year 2026."""
    answers = {f"/data/g/{name}": value for name, (_k, _l, value, _p) in ASKED.items() if value}
    answers |= {"/data/village": "ห้วยปลาหลด", "/data/clinic": "c2", "/data/w/source": "ลำห้วย"}
    which = filed(field, answers)
    text = joined(text_of(record_paper(field.store, BY, which)))

    for said in ("สำรวจหมู่บ้าน", "รพ.แม่สอด", "รายละเอียด", "แหล่งน้ำ 1", "ลำห้วย"):
        assert joined(said) in text
    for name, (_kind, _looks, _value, printed) in ASKED.items():
        assert joined(printed) in text, name
    for kept in ("ลับมาก", "1994328393367", "98.7654", "89ab-4cde", "ถาม blank", "Village survey"):
        assert joined(kept) not in text
    with field.store.read() as conn:
        audited = conn.exec_driver_sql("SELECT action, noun, record_id FROM audit").fetchall()
    assert ("print", "record", which) in {tuple(row) for row in audited}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = Village.open(tmp_path / "store")
    yield made
    made.field.store.close()


def test_a_restricted_record_is_printed_for_its_own_alone_and_marked(village: Village) -> None:
    """Mutants: no watermark; anybody prints it."""
    which = village.visit(ABUSED, 3, {"g_prob/called_1300": "yes"})
    text = joined(text_of(record_paper(village.field.store, BY, which)))
    assert joined("พิมพ์โดย สมศรี ใจดี") in text
    with pytest.raises(NotYours):
        record_paper(village.field.store, OTHER, which)


def test_a_record_of_the_programs_own_forms_is_printed_too(village: Village) -> None:
    text = joined(text_of(record_paper(village.field.store, BY, village.visit(FIVE[1], 1))))
    for said in ("แบบบันทึกการเยี่ยมบ้าน", "บุญมี", "คู่สมรส"):
        assert joined(said) in text
    assert "พิมพ์โดย" not in text
