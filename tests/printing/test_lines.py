# SPDX-License-Identifier: Apache-2.0
"""Lines end between words, read well, and lose nothing."""

from __future__ import annotations

import pytest

from desktop.printing.lines import TextDoesNotFit, balance, fit, fit_lines, wrap
from desktop.printing.typeface import typeface
from desktop.thai.breaking import break_points
from tests.printing.names import names

# The titles of the five events, with the places where a person would let a line end.
TITLES = [
    "โครงการ|อบรม|เชิง|ปฏิบัติการ|เสริม|สร้าง|และ|พัฒนา|เครือข่าย| อพม.|น้อย| ประจำ|ปี| ๒๕๖๒",
    "โครงการ|ฝึก|อบรม|ผู้|ปฏิบัติ|งาน|ด้าน|การ|จัด|สวัสดิการ|สังคม|และ|สังคม|สงเคราะห์|ใน|สังกัด"
    "|องค์กร|ปกครอง|ส่วน|ท้องถิ่น",
    "การ|อบรม|เสริม|สร้าง|วิทยากร|กระบวนการ| Shift| and| Share| รุ่น|ที่| ๑",
    "โครงการ|พัฒนา|ศักยภาพ|ของ|ครอบครัว|ใน|ชุมชน|ใน|การ|จัดการ|กับ|ปัญหา|เศรษฐกิจ|และ|สังคม|เพื่อ"
    "|เสริม|สร้าง|ชีวิต|ที่|ดี|กว่า",
    "โครงการ|ฝึก|อบรม|การ|เลี้ยง|กุ้ง|ฝอย|ใน|กระชัง",
    "โครงการ|พัฒนา|ศักยภาพ|อาสา|สมัคร|พัฒนา|สังคม|และ|ความ|มั่น|คง|ของ|มนุษย์| (อพม.)| ให้|เข้า|ใจ"
    "|สิทธิ|และ|บริการ|พื้น|ฐาน|ต่อ|กลุ่ม|เป้า|หมาย|ทุก|กลุ่ม|วัย",
    "ศูนย์|คุ้ม|ครอง|คน|ไร้|ที่|พึ่ง|จังหวัด|อำนาจ|เจริญ",
    "องค์การ|บริหาร|ส่วน|ตำบล|ด่าน|แม่|ละเมา| อำเภอ|แม่|สอด| จังหวัด|ตาก",
    "สำนัก|งาน|คณะ|กรรมการ|ส่งเสริม|การ|จัด|สวัสดิการ|สังคม|แห่ง|ชาติ",
]
FACE = typeface("Sarabun-SemiBold")
LONGEST = TITLES[5].replace("|", "")


def _cuts(lines: list[str], text: str) -> set[int]:
    """Where ``lines`` cut ``text``, counted after the spaces at the cut."""
    found, place = set(), 0
    for line in lines[:-1]:
        assert text.startswith(line, place)
        place += len(line)
        while text[place] == " ":
            place += 1
        found.add(place)
    return found


def _allowed(marked: str) -> set[int]:
    text, places = marked.replace("|", ""), set()
    place = 0
    for part in marked.split("|")[:-1]:
        place += len(part)
        places.add(place + (text[place] == " "))
    return places


@pytest.mark.parametrize("marked", TITLES)
def test_no_line_ends_inside_a_word(marked: str) -> None:
    """Balanced and filled, at every width from narrow to wide. Fails without the list of words
    that hold together (ปฏิบัติ|การ, เครือ|ข่าย) and with breaks at any character."""
    text, allowed = marked.replace("|", ""), _allowed(marked)
    for width in range(170, 700, 13):
        filled = wrap(FACE, text, 16, width)
        assert _cuts(filled, text) <= allowed, filled
        balanced = balance(FACE, text, 16, width, 6)
        if balanced is not None:
            assert _cuts(balanced, text) <= allowed, balanced
            assert all(FACE.width(line, 16) <= width + 0.01 for line in balanced)
            assert len(balanced) <= len(filled)


def test_a_title_falls_into_even_lines_that_read_well() -> None:
    """Fails without the penalties: more even cuts are "…ความมั่นคงของ|มนุษย์" and "…| (อพม.)"."""
    lines = balance(FACE, LONGEST, 18, 640, 3)
    assert lines == [
        "โครงการพัฒนาศักยภาพอาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์ (อพม.)",
        "ให้เข้าใจสิทธิและบริการพื้นฐานต่อกลุ่มเป้าหมายทุกกลุ่มวัย",
    ]


def test_the_person_wins_over_the_breaker() -> None:
    """Fails when a typed line break is filled over, when a zero-width space is one place among
    many, and when a word joiner is ignored."""
    assert balance(FACE, "โครงการ\nฝึกอบรม", 16, 400, 2) == ["โครงการ", "ฝึกอบรม"]
    assert balance(FACE, "โครงการ\nฝึก\nอบรม", 16, 400, 2) is None
    title = TITLES[3].replace("|", "").replace("ปัญหา", "ปัญหา\u200b")
    lines = balance(FACE, title, 16, 620, 2)
    assert lines is not None
    assert lines[0].endswith("ปัญหา")
    for width in range(60, 300, 9):
        assert not any(line.endswith("รุ่นที่") for line in wrap(FACE, "อบรม รุ่นที่ \u2060๑", 16, width))


def test_filling_never_loses_or_splits_a_cluster() -> None:
    """Fails when a word wider than the column is cut between a letter and its mark, or dropped."""
    for name in [*names(150), LONGEST]:
        for width in (12, 30, 75):
            lines = wrap(FACE, name, 16, width)
            assert "".join(lines).replace(" ", "") == name.replace(" ", "")
            for line in lines:
                FACE.width(line, 16)  # refuses a mark that stands alone


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_text_is_an_empty_line(text: str) -> None:
    """Fails when an empty cell makes a table row of no height."""
    assert set(wrap(FACE, text, 16, 100)) == {""}


def test_a_name_shrinks_then_narrows_then_takes_two_lines_and_is_never_cut() -> None:
    """Fails when a step is left out or taken too early, when the last one runs off the page, and
    when a surname is cut to make two lines even."""
    name = "นายจะหา แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง"
    natural = FACE.width(name, 30)
    assert fit(FACE, name, 30, natural, smallest=20).size == 30
    shrunk = fit(FACE, name, 30, natural * 0.8, smallest=20)
    assert (len(shrunk.lines), shrunk.condense) == (1, 100)
    assert shrunk.size == pytest.approx(24)
    narrow = fit(FACE, name, 30, natural * 0.63, smallest=20)
    assert (len(narrow.lines), narrow.size) == (1, 20)
    assert narrow.condense == pytest.approx(94.5)
    two = fit(FACE, name, 30, natural * 0.5, smallest=20)
    assert two.lines == ("นายจะหา", "แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง")
    short = "นายกอ รักประชาชนและแผ่นดินไทย"
    split = fit(FACE, short, 30, FACE.width(short, 30) * 0.5, smallest=20)
    assert split.lines == ("นายกอ", "รักประชาชนและแผ่นดินไทย")
    for fitted, width in ((narrow, 0.63), (two, 0.5)):
        for line in fitted.lines:
            across = FACE.width(line, fitted.size, condense=fitted.condense)
            assert across <= natural * width + 0.01
    with pytest.raises(TextDoesNotFit, match="แถว 12: “นายจะหา") as caught:
        fit(FACE, name, 30, natural * 0.1, smallest=20, whose="แถว 12")
    assert caught.value.text == name


def test_a_title_keeps_its_size_and_takes_lines_instead() -> None:
    """Fails when a long title shrinks to one line nobody can read from a chair."""
    fitted = fit_lines(FACE, LONGEST, 18, 560, smallest=15, max_lines=3)
    assert (len(fitted.lines), fitted.size) == (2, 18)
    nearly = "โครงการฝึกอบรมการเลี้ยงกุ้งฝอยในกระชัง"
    one = fit_lines(FACE, nearly, 18, FACE.width(nearly, 17.2), smallest=15)
    assert one.lines == (nearly,)
    with pytest.raises(TextDoesNotFit):
        fit_lines(FACE, LONGEST, 18, 100, smallest=15, max_lines=3)


def test_breaks_are_cell_boundaries() -> None:
    """Fails if a break could fall inside a cell, where the pen has no place of its own."""
    for marked in TITLES:
        text = marked.replace("|", "")
        starts, place = set(), 0
        for number in FACE.run(text).cells:
            starts.add(place)
            place += len(FACE.cells[number].text)
        assert set(break_points(text)) <= starts


def test_a_paragraph_of_thousands_of_letters_is_refused_and_not_balanced() -> None:
    """The mutant: every way to cut it is tried, which takes minutes: a template that came from
    elsewhere would stop the designer."""
    face = typeface("Sarabun-Regular")
    for setter in (fit, fit_lines):
        with pytest.raises(TextDoesNotFit):
            setter(face, "ก" * 4000, 2000, 700, smallest=10, max_lines=2000)
        with pytest.raises(TextDoesNotFit):
            setter(face, "ก" * 400 + "x" * 400, 14, 700, smallest=10, max_lines=2)


def test_what_stands_in_brackets_stays_whole() -> None:
    """Fails when no line begins with a bracket, however long (…คนพิการและ | ผู้สูงอายุ (…), and
    when one may end inside of it as anywhere: "…(ภาคเหนือ | ตอนบน) ประจำปี…" is more even."""
    text = (
        "สมาคมเพื่อการพัฒนาคุณภาพชีวิตและส่งเสริมอาชีพผู้ด้อยโอกาสคนพิการและผู้สูงอายุ (ภาคเหนือตอนบน) จังหวัดเชียงใหม่"
    )
    assert balance(FACE, text, 22, 440, 3) == [
        "สมาคมเพื่อการพัฒนาคุณภาพชีวิตและส่งเสริม",
        "อาชีพผู้ด้อยโอกาสคนพิการและผู้สูงอายุ",
        "(ภาคเหนือตอนบน) จังหวัดเชียงใหม่",
    ]
    text = "โครงการพัฒนาอาชีพ (ภาคเหนือตอนบน) ประจำปี ๒๕๖๒"
    assert balance(FACE, text, 22, 440, 3) == ["โครงการพัฒนาอาชีพ", "(ภาคเหนือตอนบน) ประจำปี ๒๕๖๒"]


def test_a_name_wider_than_its_column_is_broken_between_its_words() -> None:
    """Fails when it is broken between any two clusters: "…กาญจ | นาภิเษก" was on a list to be
    read aloud."""
    name = "หม่อมราชวงศ์ศิริจันทราวดีกาญจนาภิเษก ณ อยุธยา"
    lines = wrap(FACE, name, 20, 280)
    assert lines == ["หม่อมราชวงศ์ศิริจันทราวดี", "กาญจนาภิเษก ณ อยุธยา"]


def test_an_english_line_does_not_end_in_a_small_word() -> None:
    """Fails when "…Centre for the | Quality of Life of Older Persons and | Persons…", more even,
    is taken."""
    text = (
        "Community Learning Centre for the Quality of Life of Older Persons and Persons with "
        "Disabilities, Dan Mae Lamao"
    )
    assert balance(typeface("Trirong-Bold"), text, 18, 431, 3) == [
        "Community Learning Centre for the Quality",
        "of Life of Older Persons and Persons",
        "with Disabilities, Dan Mae Lamao",
    ]
