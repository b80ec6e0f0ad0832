# SPDX-License-Identifier: Apache-2.0
"""Names as they are read out (คำอ่าน): what is written short is said in full.

Only what stands for certain words is opened; a name itself is never touched, because nobody but
its owner knows how it is said.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from desktop.thai.names import full_name, split_name
from desktop.thai.titles import TITLES

_READ: Final = {"ดร.": "ด็อกเตอร์", "Dr.": "ด็อกเตอร์"}
_ORGANISATIONS: Final = (
    ("อบต.", "องค์การบริหารส่วนตำบล"),
    ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ("พมจ.", "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด"),
    ("รพ.สต.", "โรงพยาบาลส่งเสริมสุขภาพตำบล"),
    ("ศพค.", "ศูนย์พัฒนาครอบครัวในชุมชน"),
    ("อพม.", "อาสาสมัครพัฒนาสังคมและความมั่นคงของมนุษย์"),
    ("อสม.", "อาสาสมัครสาธารณสุขประจำหมู่บ้าน"),
    ("สนง.", "สำนักงาน"),
    ("กทม.", "กรุงเทพมหานคร"),
    ("ทน.", "เทศบาลนคร"),
    ("ทม.", "เทศบาลเมือง"),
    ("ทต.", "เทศบาลตำบล"),
    ("ศพอส.", "ศูนย์พัฒนาคุณภาพชีวิตและส่งเสริมอาชีพผู้สูงอายุ"),
    ("สสว.", "สำนักงานส่งเสริมและสนับสนุนวิชาการ"),
    ("อปท.", "องค์กรปกครองส่วนท้องถิ่น"),
    ("หจก.", "ห้างหุ้นส่วนจำกัด"),
    ("ดร.", "ด็อกเตอร์"),
    ("รพ.", "โรงพยาบาล"),
    ("ร.พ.", "โรงพยาบาล"),
    ("ร.ร.", "โรงเรียน"),
    ("รร.", "โรงเรียน"),
    ("มท.", "กระทรวงมหาดไทย"),
    ("พม.", "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
    ("พส.", "กรมพัฒนาสังคมและสวัสดิการ"),
    ("จ.", "จังหวัด"),
    ("อ.", "อำเภอ"),
    ("ต.", "ตำบล"),
)


def spoken_name(name: str) -> str:
    """A person's name with its title in full: ผศ.ดร.สมใจ is ผู้ช่วยศาสตราจารย์ ด็อกเตอร์สมใจ."""
    parts = split_name(name)
    if not parts.title:
        return name
    return full_name(_titles(parts.title), parts.first, parts.middle, parts.last)


def _titles(written: str) -> str:
    """A row of titles in full."""
    said, rest = [], written.strip()
    while rest:
        for short, full in _shortened():
            if rest.startswith(short):
                said.append(full)
                rest = rest[len(short) :].strip()
                break
        else:
            said.append(rest)
            rest = ""
    return " ".join(said)


@cache
def _shortened() -> tuple[tuple[str, str], ...]:
    """Titles as they are written, in full or short, and as they are said; the longest first."""
    found = dict(_READ)
    for title in TITLES:
        said = _READ.get(title.th, title.th)
        for spelling in (title.th, *title.abbreviations):
            found.setdefault(spelling, said)
    return tuple(sorted(found.items(), key=lambda one: -len(one[0])))


def spoken_organisation(name: str) -> str:
    """The name of an agency with its abbreviations in full: อบต.แม่ปะ, จ.ตาก."""
    return _pattern().sub(lambda found: _words()[found[1]], name).strip()


@cache
def _words() -> dict[str, str]:
    return dict(_ORGANISATIONS)


@cache
def _pattern() -> re.Pattern[str]:
    shorts = sorted((short for short, _full in _ORGANISATIONS), key=len, reverse=True)
    return re.compile(rf"(?<![ก-๙A-Za-z.])({'|'.join(map(re.escape, shorts))})\s?")
