# SPDX-License-Identifier: Apache-2.0
"""Provinces, amphoe and tambon, by the codes of the Department of Provincial Administration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["province", "amphoe", "tambon"]
BANGKOK: Final = "10"


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its own name and those above it."""

    code: str
    level: Level
    name: str
    name_en: str
    amphoe: str
    province: str
    province_en: str
    postcodes: tuple[str, ...] = ()
    successor: str = ""
    """Code that took the place of an abolished area."""


def spoken(area: Area) -> str:
    """The area as it is written in Thai, with the words its province uses.

    Bangkok has แขวง and เขต where the other provinces have ตำบล and อำเภอ, and its เขต names
    carry the word already.
    """
    if area.level == "province":
        return area.name if area.code == BANGKOK else f"จังหวัด{area.name}"
    bangkok = area.code.startswith(BANGKOK)
    province = area.province if bangkok else f"จังหวัด{area.province}"
    amphoe = area.name if area.level == "amphoe" else area.amphoe
    if bangkok:
        amphoe = amphoe if amphoe.startswith("เขต") else f"เขต{amphoe}"
    else:
        amphoe = f"อำเภอ{amphoe}"
    if area.level == "amphoe":
        return f"{amphoe} {province}"
    return f"{'แขวง' if bangkok else 'ตำบล'}{area.name} {amphoe} {province}"
