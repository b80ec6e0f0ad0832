# SPDX-License-Identifier: Apache-2.0
"""The register of one event on paper and as a workbook, as the page of papers offers it."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date

import openpyxl

from desktop.actions.certificate import hand_over, replace_paper
from desktop.actions.paper import register_paper
from desktop.actions.paper_filling import BLANK_DAY, day_words, event_words, ground
from desktop.model.event import CeremonyRole, Day
from desktop.store import event
from tests.actions.issuing import give, issued
from tests.hall import BY, Hall


def _text(pdf: bytes) -> str:
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return read.stdout.decode()


def test_who_took_a_paper_and_when_stands_in_the_columns_for_it(hall: Hall) -> None:
    """Fails when it stands among the notes: "ลงชื่อรับ" and "วันที่รับ" stayed empty for papers
    that were handed over; and when a second paper under a number does not say it is one."""
    with hall.store.write(BY) as write:
        signer = CeremonyRole(
            "role-1", hall.event_id, "chair_close", "นางนภา เศรษฐกร", "อธิบดี", signs=True
        )
        event.put_ceremony_role(write, signer, 1)
    one, two = issued(hall, *give(hall, "สมชาย", "ปราณี"))
    hand_over(hall.store, BY, [one], "ผู้แทน", date(2019, 3, 4))
    replace_paper(hall.store, BY, two, "กระดาษเปียกน้ำ")

    book = openpyxl.load_workbook(io.BytesIO(register_paper(hall.store, hall.event_id, "xlsx")))
    rows = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    assert rows[0][8:11] == ("ลงชื่อรับ", "วันที่รับ", "หมายเหตุ")
    assert rows[1][8] == "ผู้แทน"
    assert rows[1][9].date() == date(2019, 3, 4)
    assert not rows[1][10]
    again = next(row for row in rows if "ใบแทน ฉบับที่" in str(row[10]))
    assert again[1] == rows[2][1]

    said = _text(register_paper(hall.store, hall.event_id))
    assert "ผู้แทน" in said
    assert "ผู้ลงนาม: นางนภา เศรษฐกร" in said, "there is no column for it on paper"


def test_a_day_without_a_date_leaves_room_to_write_it(hall: Hall) -> None:
    """Fails when the sheet of an undated event says "วันที่ 1", which is a date, and when a line
    of a template may not end before the place."""
    with hall.store.read() as conn:
        held = replace(event.event(conn, hall.event_id), venue="ณ ห้องไฮเดรนเยีย")
    said = day_words(held, Day("day-1", hall.event_id, 1, None))
    assert BLANK_DAY in said
    assert said.startswith("วันที่ 1 ของกิจกรรม")
    assert "\u200bณ ห้องไฮเดรนเยีย" in event_words(held, broken=True)
    assert "\u200b" not in event_words(held)


def test_the_digits_of_a_latin_word_stay_as_on_the_certificate(hall: Hall) -> None:
    """Fails when a badge says COVID-๑๙ and the certificate COVID-19."""
    with hall.store.read() as conn:
        found = ground(conn, hall.event_id)
    thai = replace(found, event=replace(found.event, digits="thai"))
    assert thai.said("อบรม COVID-19 รุ่น 2") == "อบรม COVID-19 รุ่น ๒"
