# SPDX-License-Identifier: Apache-2.0
"""The words of a certificate, as a Thai office writes them."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.printing.wording import (
    DOCUMENT_WORDS,
    ENGLISH,
    KINDS,
    certificate_texts,
    course_title,
    english_given,
    english_when_where,
    given,
    in_digits,
    joined_issuers,
    when_where,
)


@pytest.mark.parametrize(
    ("first", "last", "venue", "digits", "said"),
    [
        (
            date(2019, 2, 28),
            date(2019, 3, 3),
            "โรงแรมทีเค พาเลส",
            "thai",
            "ระหว่างวันที่ ๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒ ณ โรงแรมทีเค พาเลส",
        ),
        (
            date(2022, 9, 30),
            date(2022, 9, 30),
            "ณ ห้องราชาบอลรูม ชั้น 2",
            "thai",
            "เมื่อวันที่ ๓๐ กันยายน ๒๕๖๕ ณ ห้องราชาบอลรูม ชั้น ๒",
        ),
        (date(2021, 3, 8), date(2021, 3, 10), "", "arabic", "ระหว่างวันที่ 8–10 มีนาคม 2564"),
        (date(2021, 3, 8), None, "ณรงค์รีสอร์ต", "arabic", "เมื่อวันที่ 8 มีนาคม 2564 ณ ณรงค์รีสอร์ต"),
        (None, None, "วัดด่านแม่ละเมา", "thai", "ณ วัดด่านแม่ละเมา"),
        (None, None, "", "thai", ""),
    ],
)
def test_when_and_where(
    first: date | None, last: date | None, venue: str, digits: str, said: str
) -> None:
    """Fails with "ณ ณ", a range of one day, a Christian year, or a date that is not known."""
    assert when_where(first, last, venue, digits) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "batch", "title"),
    [
        ("โครงการอบรมอาสา", "", "โครงการอบรมอาสา"),
        ("อบรมวิทยากร Shift and Share", "รุ่นที่ 1", "โครงการอบรมวิทยากร Shift and Share รุ่นที่ 1"),
        ("อบรมวิทยากร รุ่นที่ 1", "รุ่นที่ 1", "โครงการอบรมวิทยากร รุ่นที่ 1"),
        ("การประชุมเชิงปฏิบัติการ", "", "การประชุมเชิงปฏิบัติการ"),
        ("Shift and Share", "", "Shift and Share"),
        ("", "", ""),
    ],
)
def test_a_course_says_what_it_is_once(name: str, batch: str, title: str) -> None:
    """Fails with "โครงการโครงการ" and with a batch said twice."""
    assert course_title(name, batch) == title


def test_the_day_it_was_given() -> None:
    """Fails without พ.ศ. or with the year of the register."""
    assert given(date(2019, 3, 3), "thai") == "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒"


def test_digits_inside_latin_words_stay() -> None:
    """Fails with COVID-๑๙ and ๔S."""
    assert in_digits("โควิด COVID-19 ปี 2564 แผน 4S ครั้งที่ 2/2564", "thai") == (
        "โควิด COVID-19 ปี ๒๕๖๔ แผน 4S ครั้งที่ ๒/๒๕๖๔"
    )
    assert in_digits("รุ่นที่ ๑", "arabic") == "รุ่นที่ 1"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_certificate_has_its_words(kind: str) -> None:
    """Fails when a kind of the code list has none, or one text is left out."""
    texts = certificate_texts(
        event_name="อบรมวิทยากร",
        batch="รุ่นที่ 2",
        programme="โครงการใหญ่",
        project="โครงการเลี้ยงกุ้งฝอย" if kind == "project" else "",
        fund="กองทุนส่งเสริมการจัดสวัสดิการสังคม" if kind == "project" else "",
        date_from=date(2022, 9, 30),
        date_to=date(2022, 9, 30),
        venue="กรุงเทพมหานคร",
        kind=kind,
        digits="thai",
        issue_date=date(2022, 9, 30),
        office_name="กรมพัฒนาสังคมและสวัสดิการ",
    )
    assert texts["document_word"] in {"ประกาศนียบัตร", "เกียรติบัตร", "วุฒิบัตร"}
    assert texts["issuer"] == ("กรมพัฒนาสังคมและสวัสดิการ",)
    if kind == "project":
        assert texts["subject"] == "โครงการเลี้ยงกุ้งฝอย"
        assert texts["fund"] == "ได้รับการสนับสนุนจากกองทุนส่งเสริมการจัดสวัสดิการสังคม"
    else:
        assert texts["subject"] == "โครงการอบรมวิทยากร รุ่นที่ ๒"
        assert texts["fund"] == ""
    assert texts["opening"]
    assert texts["deed"]


@pytest.mark.parametrize(
    ("first", "last", "venue", "said"),
    [
        (date(2019, 3, 3), None, "", "on 3 March B.E. 2562 (2019)"),
        (date(2019, 2, 28), date(2019, 3, 3), "ณ Bangkok",
         "from 28 February to 3 March B.E. 2562 (2019) at Bangkok"),
        (date(2021, 3, 8), date(2021, 3, 10), "", "from 8 to 10 March B.E. 2564 (2021)"),
        (date(2019, 12, 31), date(2020, 1, 1), "",
         "from 31 December B.E. 2562 (2019) to 1 January B.E. 2563 (2020)"),
        (None, None, "Tak", "at Tak"),
    ],
)  # fmt: skip
def test_when_and_where_in_english(
    first: date | None, last: date | None, venue: str, said: str
) -> None:
    """Fails with a range of one day, or a year that is only one of the two eras."""
    assert english_when_where(first, last, venue) == said


def test_english_has_words_for_every_kind() -> None:
    assert set(ENGLISH) == set(KINDS)
    assert english_given(date(2019, 3, 3)) == "Given on 3 March B.E. 2562 (2019)"
    assert DOCUMENT_WORDS["th"] == ("ประกาศนียบัตร", "เกียรติบัตร", "วุฒิบัตร")
    assert len(DOCUMENT_WORDS["en"]) == len(set(DOCUMENT_WORDS["en"]))


def test_who_issues_beside_the_first_is_said_to_be_with_it_once() -> None:
    """Mutant: a ministry called a partner of its own department."""
    assert joined_issuers(("กรม", "ร่วมกับ อบต.", " ", "อบจ.", "กระทรวง พม.")) == (
        "กรม", "ร่วมกับ อบต.", "ร่วมกับ อบจ.", "กระทรวง พม.",
    )  # fmt: skip
    assert joined_issuers(("A", "B", "in cooperation with C"), "en") == (
        "A", "in cooperation with B", "in cooperation with C",
    )  # fmt: skip
    assert joined_issuers(()) == ()
