# SPDX-License-Identifier: Apache-2.0
"""A family's whole story, read back."""

from __future__ import annotations

from datetime import date

from desktop.printing.family import FamilyCase, FamilyReport, family_pdf
from desktop.printing.household import Aid
from tests.printing.visits import MARK, NAMES, OFFICE, joined, pages_of, report, text_of


def _story(**more: object) -> FamilyReport:
    visit = report(members=4)
    fields: dict[str, object] = {
        "office": OFFICE,
        "family": f"ครอบครัว{NAMES[0]}",
        "as_of": date(2026, 11, 20),
        "household_facts": visit.household_facts,
        "place": visit.place,
        "members": visit.members,
        "assessments": visit.assessments,
        "cases": (
            FamilyCase("63-2570-A1-0007", "มีหนี้สิน", "ด่วน", "กำลังช่วยเหลือ", date(2026, 12, 1)),
        ),
        "aids": (Aid("เงินสงเคราะห์", "ให้แล้ว", "3,000", "งบ อปท.", on=date(2026, 11, 3)),),
        "visits": visit.earlier,
    }
    return FamilyReport(**(fields | more))  # type: ignore[arg-type]


def test_an_ordinary_family_is_on_one_page() -> None:
    """Mutant: a part that is not drawn, or one so loose that the story takes two pages."""
    pages = pages_of(family_pdf(_story(), watermark=None))
    text = joined(pages[0])

    assert len(pages) == 1
    for said in (
        NAMES[0], "63-2570-A1-0007", "มีหนี้สิน", "1 ธ.ค. 2569", "3 พ.ย. 2569", "เงินสงเคราะห์",
        "16.771, 98.988", "ให้กำลังใจ/เยี่ยมเยียน", f"{NAMES[3]} คนที่3",
    ):  # fmt: skip
        assert joined(said) in text
    assert "16.7712" not in text


def test_a_family_of_which_little_is_known_prints_without_empty_headings() -> None:
    """Mutant: headings over nothing."""
    bare = FamilyReport(OFFICE, NAMES[3], date(2026, 11, 20))
    text = text_of(family_pdf(bare, watermark=None))

    assert NAMES[3] in text
    for heading in ("สมาชิก", "ความช่วยเหลือ", "เรื่อง\n", "ครัวเรือน"):
        assert heading not in text


def test_the_story_of_a_restricted_family_is_marked_on_every_page() -> None:
    """Mutant: the watermark forgotten on this paper."""
    long = _story(members=report(members=40).members)

    for page in pages_of(family_pdf(long, watermark=MARK)):
        assert joined(MARK.mark) in joined(page)
