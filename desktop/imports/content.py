# SPDX-License-Identifier: Apache-2.0
"""What a column holds, judged from its values alone: the second witness beside the heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from desktop.thai.digits import to_arabic
from desktop.thai.names import NO_TITLE, split_name
from desktop.thai.titles import TITLES

SAMPLE: Final = 60
_PROVINCE_NAMES: Final = """
กรุงเทพมหานคร สมุทรปราการ นนทบุรี ปทุมธานี พระนครศรีอยุธยา อ่างทอง ลพบุรี
สิงห์บุรี ชัยนาท สระบุรี ชลบุรี ระยอง จันทบุรี ตราด ฉะเชิงเทรา ปราจีนบุรี
นครนายก สระแก้ว นครราชสีมา บุรีรัมย์ สุรินทร์ ศรีสะเกษ อุบลราชธานี ยโสธร ชัยภูมิ
อำนาจเจริญ บึงกาฬ หนองบัวลำภู ขอนแก่น อุดรธานี เลย หนองคาย มหาสารคาม ร้อยเอ็ด
กาฬสินธุ์ สกลนคร นครพนม มุกดาหาร เชียงใหม่ ลำพูน ลำปาง อุตรดิตถ์ แพร่ น่าน พะเยา
เชียงราย แม่ฮ่องสอน นครสวรรค์ อุทัยธานี กำแพงเพชร ตาก สุโขทัย พิษณุโลก พิจิตร
เพชรบูรณ์ ราชบุรี กาญจนบุรี สุพรรณบุรี นครปฐม สมุทรสาคร สมุทรสงคราม เพชรบุรี
ประจวบคีรีขันธ์ นครศรีธรรมราช กระบี่ พังงา ภูเก็ต สุราษฎร์ธานี ระนอง ชุมพร สงขลา
สตูล ตรัง พัทลุง ปัตตานี ยะลา นราธิวาส
"""
PROVINCES: Final = frozenset(_PROVINCE_NAMES.split())
"""Names only, to know a column of provinces by; codes come from the area list."""

_SEPARATORS: Final = re.compile(r"[\s\-–.]+")
_PHONE: Final = re.compile(r"(?:\+66|66|0)?[2-9][0-9]{7,8}")
_NUMBER: Final = re.compile(r"[0-9]{1,6}(?:\.0+)?\.?")
_DATE: Final = re.compile(
    r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{1,2} ?[^0-9\s]{2,12} ?(?:พ\.ศ\. ?)?[0-9]{4}"
)
_BODY: Final = re.compile(
    "ศูนย์|สำนัก|องค์การ|อบต|อบจ|เทศบาล|โรงเรียน|มูลนิธิ|สมาคม|กรม|กอง|นิคม|กลุ่มงาน|สถาบัน|"
    "มหาวิทยาลัย|วิทยาลัย|โรงพยาบาล|รพ|ที่ว่าการ|ชมรม|สภา|บ้านพัก|สถาน|กระทรวง|ทต|ทน|ทม|วัด"
)
_SEXES: Final = frozenset({"ชาย", "หญิง", "ช", "ญ", "male", "female", "m", "f", "ช.", "ญ."})
_WORD: Final = re.compile("[A-Za-z\u0e01-\u0e4e][A-Za-z\u0e01-\u0e4e .'\\-]{0,60}")


@cache
def titles() -> frozenset[str]:
    """Every title, in full and short, without spaces and dots."""
    return frozenset(
        _SEPARATORS.sub("", spelling).casefold()
        for title in TITLES
        for spelling in (title.th, title.en, *title.abbreviations)
    )


def column(rows: Sequence[tuple[str, ...]], index: int) -> list[str]:
    """The first values of a column, empty ones left out."""
    return [cells[index] for cells in rows if index < len(cells) and cells[index]][:SAMPLE]


def share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    """The part of the values that pass a test, 0 to 1."""
    return sum(map(test, values)) / len(values) if values else 0.0


def number(text: str) -> int | None:
    """A small whole number as people write it (๑, 1., 1.0), or None."""
    plain = to_arabic(text.strip())
    return int(plain.partition(".")[0]) if _NUMBER.fullmatch(plain) else None


def is_identifier(text: str) -> bool:
    """Thirteen digits, most of the time with the right check digit."""
    plain = _SEPARATORS.sub("", to_arabic(text))
    return len(plain) == 13 and plain.isascii() and plain.isdigit()


def is_phone(text: str) -> bool:
    """The shape of a telephone number, with or without its zero."""
    return bool(_PHONE.fullmatch(_SEPARATORS.sub("", to_arabic(text))))


def is_date(text: str) -> bool:
    """The shape of a date."""
    return bool(_DATE.fullmatch(to_arabic(text.strip())))


def is_title(text: str) -> bool:
    """A title and nothing else."""
    return _SEPARATORS.sub("", text).casefold() in titles()


def is_titled_name(text: str) -> bool:
    """A title with a name behind it."""
    if len(text) > 120:
        return False
    name = split_name(text)
    return name.title_code != NO_TITLE and bool(name.first)


def is_province(text: str) -> bool:
    """The name of a province."""
    return province_of(text) != ""


def province_of(text: str) -> str:
    """The province a text names and nothing else, or ""."""
    plain = re.sub(r"^(?:จังหวัด|จ\.)\s*", "", text.strip())
    if plain in {"กทม", "กทม.", "กรุงเทพฯ", "กรุงเทพ"}:
        return "กรุงเทพมหานคร"
    return plain if plain in PROVINCES else ""


def is_body(text: str) -> bool:
    """The name of an agency."""
    return bool(_BODY.match(text))


def is_word(text: str) -> bool:
    """A word or two of letters."""
    return bool(_WORD.fullmatch(text))


def has_space(text: str) -> bool:
    """Two words or more."""
    return " " in text.strip()


def _is_sex(text: str) -> bool:
    return text.strip().casefold() in _SEXES


def _is_age(text: str) -> bool:
    value = number(text.removesuffix("ปี").strip())
    return value is not None and 5 <= value <= 110


def field_of(values: Sequence[str]) -> tuple[str, float]:
    """(field, share of the values that look like it); ("", 0.0) when nothing stands out."""
    sample = values[:SAMPLE]
    if not sample:
        return "", 0.0
    tests: tuple[tuple[str, Callable[[str], bool], float], ...] = (
        ("identifier", is_identifier, 0.5),
        ("phone", is_phone, 0.6),
        ("birth", is_date, 0.6),
        ("title", is_title, 0.7),
        ("province", is_province, 0.7),
        ("sex", _is_sex, 0.8),
        ("full_name", is_titled_name, 0.5),
        ("organisation", is_body, 0.6),
    )
    for name, test, least in tests:
        part = share(sample, test)
        if part >= least:
            return name, part
    numbers = [value for text in sample if (value := number(text)) is not None]
    if len(numbers) * 10 >= len(sample) * 8:
        rising = sum(after == before + 1 for before, after in pairwise(numbers))
        if rising * 10 >= (len(numbers) - 1) * 7:
            return "order", 1.0
        if share(sample, _is_age) > 0.9:
            return "age", 0.6
    return "", 0.0
