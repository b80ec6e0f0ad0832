# SPDX-License-Identifier: Apache-2.0
"""Areas typed by name or by code: nobody of the staff knows six digits by heart."""

from __future__ import annotations

import pytest

from desktop.centre.staff.area_codes import NoSuchArea, read_areas


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("จ.ตาก", ("63",)),
        ("จังหวัดตาก, ๕๘", ("58", "63")),
        ("ตาก", ("63",)),
        ("tak", ("63",)),
        ("Mae Sot", ("6306",)),
        ("อ.แม่สอด จ.ตาก", ("6306",)),
        ("ต.แม่ปะ อ.แม่สอด จ.ตาก", ("630607",)),
        ("ต.แม่ปะอ.แม่สอดจ.ตาก", ("630607",)),
        ("แม่ปะ แม่สอด ตาก", ("630607",)),
        ("630101 6306", ("630101", "6306")),
        ("กรุงเทพมหานคร", ("10",)),
        ("เขตพระนคร กรุงเทพมหานคร", ("1001",)),
        ("ทั้งประเทศ", ("",)),
    ],
)
def test_an_area_is_found_by_its_name_or_its_code(typed: str, codes: tuple[str, ...]) -> None:
    """Fails when an area is looked for by its first word alone, or marks are taken for names."""
    assert read_areas(typed) == codes


@pytest.mark.parametrize("typed", ["จ.แม่สอด", "อ.แม่สอด จ.น่าน", "ไม่มีที่นี่", "", "ต.ในเมือง", "999999"])
def test_no_area_or_more_than_one_is_asked_back(typed: str) -> None:
    """Fails when the first of several areas of one name is given away."""
    with pytest.raises(NoSuchArea):
        read_areas(typed)
