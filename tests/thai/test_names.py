# SPDX-License-Identifier: Apache-2.0
"""Names parted and put together again."""

from __future__ import annotations

import json

import pytest

from desktop.paths import shipped
from desktop.thai.names import Name, full_name, split_name, title_at_age
from desktop.thai.titles import TITLE_OF_CODE, TITLES

HARD = {
    "นายกิตติศักดิ์ ปิ่นเกล้า": ("นาย", "กิตติศักดิ์", "", "ปิ่นเกล้า", "nai"),
    "เด็กหญิงปัณฑ์ชนิต ฏิฏฐานนท์": ("เด็กหญิง", "ปัณฑ์ชนิต", "", "ฏิฏฐานนท์", "dekying"),
    "ว่าที่ร้อยตรีหญิง ณัฏฐ์ฐิญา วุฒิวิทยานันท์": (
        "ว่าที่ร้อยตรีหญิง", "ณัฏฐ์ฐิญา", "", "วุฒิวิทยานันท์", "watiroitriying",
    ),
    "นางสาวน้ำทิพย์ ณ นคร": ("นางสาว", "น้ำทิพย์", "", "ณ นคร", "nangsao"),
    "หม่อมหลวงปิ่น ตัวอย่าง": ("หม่อมหลวง", "ปิ่น", "", "ตัวอย่าง", "ml"),
    "พระมหาสมปอง ตาลปุตฺโต": ("พระมหา", "สมปอง", "", "ตาลปุตฺโต", "phramaha"),
    "พระครูสังฆรักษ์ ธมฺมทินฺโน": ("พระครู", "สังฆรักษ์", "", "ธมฺมทินฺโน", "phrakhru"),
    "พระอธิการสุชาติ สํวโร": ("พระอธิการ", "สุชาติ", "", "สํวโร", "phraathikan"),
    "นายมูฮัมหมัดซอและห์ บินหะยียูโซ๊ะ": (
        "นาย", "มูฮัมหมัดซอและห์", "", "บินหะยียูโซ๊ะ", "nai",
    ),
    "นางสาวซูไฮลา เจ๊ะแว": ("นางสาว", "ซูไฮลา", "", "เจ๊ะแว", "nangsao"),
    "นายหม่อเซ": ("นาย", "หม่อเซ", "", "", "nai"),
    "นางสาวหน่อเอ -": ("นางสาว", "หน่อเอ", "", "", "nangsao"),
    "นายจะหา แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง": (
        "นาย", "จะหา", "", "แสนสกุลไพรพนาวัลย์กิจเจริญรุ่งเรือง", "nai",
    ),
    "นางกฎุมพี ฐานุพงษ์": ("นาง", "กฎุมพี", "", "ฐานุพงษ์", "nang"),
    "นายกตัญญู ญาติสูงเนิน": ("นาย", "กตัญญู", "", "ญาติสูงเนิน", "nai"),
    "ผศ.ดร.ปิยฉัฏฐ์ กุฏิรักษ์": ("ผศ.ดร.", "ปิยฉัฏฐ์", "", "กุฏิรักษ์", "other"),
    "ร้อยตำรวจเอก ปรัชญ์ ฤๅชา": ("ร้อยตำรวจเอก", "ปรัชญ์", "", "ฤๅชา", "roitamruatek"),
    "Mr. Saw Htoo Wah": ("Mr.", "Saw Htoo Wah", "", "", "mr"),
    "นายปู่ จู๋": ("นาย", "ปู่", "", "จู๋", "nai"),
    "เด็กชายธีร์ธวัช ป๊อกป๋อง": ("เด็กชาย", "ธีร์ธวัช", "", "ป๊อกป๋อง", "dekchai"),
    "นายอำนาจ ช่ำชอง": ("นาย", "อำนาจ", "", "ช่ำชอง", "nai"),
    "นางสาวเเพรวา ใจดี": ("นางสาว", "แพรวา", "", "ใจดี", "nangsao"),
    "นายวิชัย\u200bสุขดี": ("นาย", "วิชัย", "", "สุขดี", "nai"),
    "นาย  สมชาย  ใจดี": ("นาย", "สมชาย", "", "ใจดี", "nai"),
    "น.ส.สมหญิง ใจดี": ("นางสาว", "สมหญิง", "", "ใจดี", "nangsao"),
    "ด.ช.ก้องภพ ใจดี": ("เด็กชาย", "ก้องภพ", "", "ใจดี", "dekchai"),
}  # fmt: skip
PRINTED_OTHERWISE = {
    "นางสาวหน่อเอ -": "นางสาวหน่อเอ",
    "นางสาวเเพรวา ใจดี": "นางสาวแพรวา ใจดี",
    "นายวิชัย\u200bสุขดี": "นายวิชัย สุขดี",
    "นาย  สมชาย  ใจดี": "นายสมชาย ใจดี",
    "น.ส.สมหญิง ใจดี": "นางสาวสมหญิง ใจดี",
    "ด.ช.ก้องภพ ใจดี": "เด็กชายก้องภพ ใจดี",
}


def test_the_table_holds_every_hard_name_of_the_field() -> None:
    path = shipped("resources", "demo", "names_hard.json")
    assert set(json.loads(path.read_text(encoding="utf-8"))["names"]) == set(HARD)


@pytest.mark.parametrize("written", HARD)
def test_a_hard_name_is_parted_and_printed_right(written: str) -> None:
    """Mutant: keep the dash as a surname; a space after นาย; none after a rank."""
    name = split_name(written)
    assert name == Name(*HARD[written])
    printed = full_name(name.title, name.first, name.middle, name.last)
    assert printed == PRINTED_OTHERWISE.get(written, written)


@pytest.mark.parametrize(
    ("written", "title", "first", "last"),
    [
        ("น.ส. สมใจ ดี", "นางสาว", "สมใจ", "ดี"),
        ("นส.สมใจ ดี", "นางสาว", "สมใจ", "ดี"),
        ("น.ส สมใจ ดี", "นางสาว", "สมใจ", "ดี"),
        ("ด.ญ. สมใจ ดี", "เด็กหญิง", "สมใจ", "ดี"),
        ("ดช.เอก โท", "เด็กชาย", "เอก", "โท"),
        ("ว่าที่ ร.ต.หญิง สมใจ ดี", "ว่าที่ร้อยตรีหญิง", "สมใจ", "ดี"),
        ("ว่าที่ร.ต.(หญิง)สมใจ ดี", "ว่าที่ร้อยตรีหญิง", "สมใจ", "ดี"),
        ("ว่าที่ ร.ต. (หญิง) สมใจ ดี", "ว่าที่ร้อยตรีหญิง", "สมใจ", "ดี"),
        ("ว่าที่ ร.ต. สมชาย ดี", "ว่าที่ร้อยตรี", "สมชาย", "ดี"),
        ("ร.ต. อ้อย ดี", "ร้อยตรี", "อ้อย", "ดี"),
        ("ร.ต.อ.สมชาย ดี", "ร้อยตำรวจเอก", "สมชาย", "ดี"),
        ("พ.ต.ท.หญิง สมใจ ดี", "พันตำรวจโทหญิง", "สมใจ", "ดี"),
        ("ด.ต.สมชาย ดี", "ดาบตำรวจ", "สมชาย", "ดี"),
        ("พล.ต.ต. สมชาย ดี", "พลตำรวจตรี", "สมชาย", "ดี"),
        ("ม.ร.ว. ปิ่น ตัวอย่าง", "หม่อมราชวงศ์", "ปิ่น", "ตัวอย่าง"),
        ("ม.ล.ปิ่น ตัวอย่าง", "หม่อมหลวง", "ปิ่น", "ตัวอย่าง"),
        ("รศ. ดร. สมชาย ดี", "รศ.ดร.", "สมชาย", "ดี"),
        ("ผศ ดร สมชาย ดี", "ผศ.ดร.", "สมชาย", "ดี"),
        ("ศ.นพ.สมชาย ดี", "ศ.นพ.", "สมชาย", "ดี"),
        ("รองศาสตราจารย์ พันโท ดร.สุชาดา ดี", "รองศาสตราจารย์ พันโท ดร.", "สุชาดา", "ดี"),
        ("แม่ชีบัว ดี", "แม่ชี", "บัว", "ดี"),
        ("สามเณรเอก ดี", "สามเณร", "เอก", "ดี"),
        ("พระราชวรมุนี", "พระ", "ราชวรมุนี", ""),
        ("เรือเอก สมชาย ดี ร.น.", "เรือเอก", "สมชาย", "ดี ร.น."),
        ("ร.อ.สมชาย ดี ร.น.", "เรือเอก", "สมชาย", "ดี ร.น."),
        ("Miss Ann Doe", "Miss", "Ann", "Doe"),
        ("mrs. Ann Doe", "Mrs.", "Ann", "Doe"),
        ("นายสมชาย ดี (ต้น)", "นาย", "สมชาย", "ดี (ต้น)"),
        ("นายสมชาย ไม่มีนามสกุล", "นาย", "สมชาย", ""),
        ("นายสมชาย –", "นาย", "สมชาย", ""),
        ("สมชาย ดิศกุล ณ อยุธยา", "", "สมชาย", "ดิศกุล ณ อยุธยา"),
        ("นายมูฮัมหมัด บิน อับดุลเลาะ", "นาย", "มูฮัมหมัด", "บิน อับดุลเลาะ"),
        ("นางสาวนูรียะห์ บินติ ยูโซ๊ะ", "นางสาว", "นูรียะห์", "บินติ ยูโซ๊ะ"),
        ("ต่วน นูรียะห์ ต่วนจอลง", "", "ต่วน นูรียะห์", "ต่วนจอลง"),
        ("นิอาแว เจ๊ะแว", "", "นิอาแว", "เจ๊ะแว"),
    ],
)
def test_titles_and_surnames_as_lists_have_them(
    written: str, title: str, first: str, last: str
) -> None:
    """Mutant: shortest title first (ร.ต. taken from ร.ต.อ.); surname is the last word only."""
    name = split_name(written)
    assert (name.title, name.first, name.middle, name.last) == (title, first, "", last)


@pytest.mark.parametrize("name", ["นายิกา", "ดรุณี", "นพ", "สอ", "อรทัย", "ศรี", "นส"])
def test_a_given_name_that_begins_like_a_title_is_kept_whole(name: str) -> None:
    """Mutant: drop the look-ahead of `_patterns`, or let every abbreviation lack its dots."""
    assert split_name(f"{name} ใจดี") == Name("", name, "", "ใจดี", "none")


@pytest.mark.parametrize("short", ["จ.ส.ต.", "น.อ."])
def test_a_short_rank_of_two_services_is_not_guessed(short: str) -> None:
    """A wrong rank on a certificate is worse than a short one. Mutant: empty _TWO_SERVICES."""
    name = split_name(f"{short}สมชาย ใจดี")
    assert (name.title, name.title_code, name.first) == (short, "other", "สมชาย")


@pytest.mark.parametrize("text", ["", " ", "-", "\u200b"])
def test_nothing_is_parted_into_nothing(text: str) -> None:
    assert split_name(text) == Name("", "", "", "", "none")


def test_a_middle_name_stands_between() -> None:
    assert split_name("Mrs. Jane Mary Doe") == Name("Mrs.", "Jane", "Mary", "Doe", "mrs")
    assert split_name("นางสาวเอ บี ซี") == Name("นางสาว", "เอ", "บี", "ซี", "nangsao")


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (("นาย", "สมชาย", "", "ใจดี"), "นายสมชาย ใจดี"),
        (("นาย", "หม่อเซ", "", ""), "นายหม่อเซ"),
        (("นางสาว", "หน่อเอ", "", "-"), "นางสาวหน่อเอ"),
        (("", "หม่อเซ", "", ""), "หม่อเซ"),
        (("", "", "", ""), ""),
        (("ร้อยเอก", "สมชาย", "", "ใจดี"), "ร้อยเอก สมชาย ใจดี"),
        (("ว่าที่ ร.ต.", "สมชาย", "", "ใจดี"), "ว่าที่ ร.ต. สมชาย ใจดี"),
        (("ดร.", "สมชาย", "", "ใจดี"), "ดร.สมชาย ใจดี"),
        (("ร้อยเอก ดร.", "สมชาย", "", "ใจดี"), "ร้อยเอก ดร.สมชาย ใจดี"),
        (("ดร. ร้อยเอก", "สมชาย", "", "ใจดี"), "ดร. ร้อยเอก สมชาย ใจดี"),
        (("พระครู", "สังฆรักษ์", "", "ธมฺมทินฺโน"), "พระครูสังฆรักษ์ ธมฺมทินฺโน"),
        (("Mr.", "Saw Htoo", "", "Wah"), "Mr. Saw Htoo Wah"),
        (("นาย", "John", "", "Doe"), "นาย John Doe"),
        (("กำนัน", "สมชาย", "", "ใจดี"), "กำนันสมชาย ใจดี"),
        (("นางสาว", "เอ", "บี", "ซี"), "นางสาวเอ บี ซี"),
    ],
)
def test_a_name_is_printed_by_the_rules_of_the_royal_society(
    parts: tuple[str, str, str, str], printed: str
) -> None:
    """Mutant: a space after every title; keep "-" as surname."""
    assert full_name(*parts) == printed


@pytest.mark.parametrize(
    ("code", "age", "suggested"),
    [
        ("dekchai", 14, "dekchai"),
        ("dekchai", 15, "nai"),
        ("dekying", 15, "nangsao"),
        ("dekying", None, "dekying"),
        ("nai", 14, "dekchai"),
        ("nangsao", 14, "dekying"),
        ("nang", 15, "nang"),
        ("phra", 9, "phra"),
        ("other", 9, "other"),
        ("", 9, ""),
    ],
)
def test_a_child_is_a_child_until_fifteen(code: str, age: int | None, suggested: str) -> None:
    """Mutant: > for >= in title_at_age."""
    assert title_at_age(code, age) == suggested


def test_the_titles_agree_with_the_code_list() -> None:
    """Mutant: change a code, a word, an abbreviation or a bound of titles.py."""
    path = shipped("resources", "codelists.json")
    rows = json.loads(path.read_text(encoding="utf-8"))["title"]["rows"]
    listed = {row["code"] for row in rows} - {"other", "none"}
    assert {title.code for title in TITLES if title.listed} >= listed
    for row in rows:
        if row["code"] not in listed:
            continue
        title, extra = TITLE_OF_CODE[row["code"]], row["extra"]
        assert title.th == row["th"]
        assert title.sex == extra.get("sex", "")
        assert title.next_code == extra.get("next", "")
        assert (title.min_age, title.max_age) == (extra.get("min_age"), extra.get("max_age"))
        assert set(extra.get("abbr", ())) <= set(title.abbreviations)


def test_no_code_stands_twice_and_every_title_is_recognised() -> None:
    """Mutant: two ranks under one code; a rank whose own spelling is not read back."""
    assert len(TITLE_OF_CODE) == len(TITLES)
    for title in TITLES:
        gap = " " if title.spaced else ""
        assert split_name(f"{title.th}{gap}กานต์ ใจดี").title == title.th
