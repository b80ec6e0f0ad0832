# SPDX-License-Identifier: Apache-2.0
"""Names as they are read out at a ceremony."""

from __future__ import annotations

import pytest

from desktop.thai.spoken import spoken_name, spoken_organisation


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ด.ช.สมชาย ใจดี", "เด็กชายสมชาย ใจดี"),
        ("ว่าที่ ร.ต.หญิง ฐิติญาณัฏฐ์ ปิ่น", "ว่าที่ร้อยตรีหญิง ฐิติญาณัฏฐ์ ปิ่น"),
        ("ผศ.ดร.สมใจ บุญอาจ", "ผู้ช่วยศาสตราจารย์ ด็อกเตอร์สมใจ บุญอาจ"),
        ("น.ส.นวลฉวี ณ นคร", "นางสาวนวลฉวี ณ นคร"),
        ("พระมหาสมชาย ปยุตฺโต", "พระมหาสมชาย ปยุตฺโต"),
        ("นายโซ", "นายโซ"),
        ("จะคะ", "จะคะ"),
        ("", ""),
    ],
)
def test_a_title_is_said_in_full_and_a_name_is_left_alone(written: str, said: str) -> None:
    """Mutant: a given name taken for an abbreviation."""
    assert spoken_name(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("อบต.แม่ปะ จ.ตาก", "องค์การบริหารส่วนตำบลแม่ปะ จังหวัดตาก"),
        ("อบต. ด่านแม่ละเมา อ.แม่สอด", "องค์การบริหารส่วนตำบลด่านแม่ละเมา อำเภอแม่สอด"),
        ("รพ.สต.บ้านห้วย", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านห้วย"),
        ("ร.ร.บ้านท่าสองยาง", "โรงเรียนบ้านท่าสองยาง"),
        ("หจก.รุ่งเรือง", "ห้างหุ้นส่วนจำกัดรุ่งเรือง"),
        ("มูลนิธิ ดร.เทียม", "มูลนิธิ ด็อกเตอร์เทียม"),
        ("ศพอส.แม่สอด", "ศูนย์พัฒนาคุณภาพชีวิตและส่งเสริมอาชีพผู้สูงอายุแม่สอด"),
        ("มูลนิธิพม.ร.ว.", "มูลนิธิพม.ร.ว."),
        ("สมาคมคนพิการ", "สมาคมคนพิการ"),
    ],
)
def test_an_agency_is_said_in_full(written: str, said: str) -> None:
    """Mutants: letters within a word opened as if they were an abbreviation; what is written
    short with points between its letters left as it is."""
    assert spoken_organisation(written) == said
