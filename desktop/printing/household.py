# SPDX-License-Identifier: Apache-2.0
"""What is told of a household in more than one paper: its members, its aid, its visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Style
from desktop.printing.document import MM
from desktop.printing.flow import Frame, Strip
from desktop.printing.prose import rows
from desktop.printing.table import Column
from desktop.thai.dates import be_date
from desktop.thai.digits import styled

_SMALL: Final = Style(size=10, smallest=8.5)
_MIDDLE: Final = Style(size=10, smallest=8.5, align="centre")
_RIGHT: Final = Style(size=10, smallest=8, align="right")
_MEMBERS: Final = (
    Column("ที่", 8, _MIDDLE),
    Column("ชื่อ–สกุล", 51, Style(size=10.5, smallest=8.5)),
    Column("เกี่ยวข้องเป็น", 19, _SMALL),
    Column("อายุ", 9, _MIDDLE),
    Column("เพศ", 11, _MIDDLE),
    Column("อาชีพ", 29, _SMALL),
    Column("รายได้/\nเดือน", 16, _RIGHT),
    Column("สภาพร่างกาย", 25, _SMALL),
)
_AIDS: Final = (
    Column("ความช่วยเหลือ", 50, Style(size=10.5, smallest=9)),
    Column("สถานะ", 24, _MIDDLE),
    Column("มูลค่า (บาท)", 22, _RIGHT),
    Column("แหล่งเงิน", 36, _SMALL),
    Column("รายละเอียด", 36, _SMALL),
)
_HISTORY: Final = (
    Column("วันที่", 28, _MIDDLE),
    Column("วัตถุประสงค์", 40, _SMALL),
    Column("ผู้เยี่ยม", 44, _SMALL),
    Column("ผลที่เกิดขึ้น", 56, _SMALL),
)
_DATED: Final = (
    Column("วันที่", 23, _MIDDLE),
    Column("ความช่วยเหลือ", 42, Style(size=10.5, smallest=9)),
    Column("สถานะ", 22, _MIDDLE),
    Column("มูลค่า (บาท)", 20, _RIGHT),
    Column("แหล่งเงิน", 30, _SMALL),
    Column("รายละเอียด", 31, _SMALL),
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of the household, in words; anything but the name may be empty."""

    name: str
    relation: str = ""
    age: str = ""
    sex: str = ""
    occupation: str = ""
    income: str = ""
    body: str = ""
    """State of body; whoever cannot look after themselves is said here too."""


@dataclass(frozen=True, slots=True)
class Aid:
    """One help, wanted, promised or given, in words."""

    kind: str
    state: str
    amount: str = ""
    fund: str = ""
    item: str = ""
    on: date | None = None
    """When it was given; a table of which no line has a day has no column for it."""


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """A visit before this one, in words."""

    visited_on: date
    purpose: str = ""
    team: str = ""
    outcomes: str = ""


def member_rows(frame: Frame, members: Sequence[Member], digits: DigitStyle) -> list[Strip]:
    """The members as a table, numbered; nothing without any."""
    if not members:
        return []
    cells = [
        (
            styled(str(number), digits),
            each.name,
            each.relation,
            each.age,
            each.sex,
            each.occupation,
            each.income,
            each.body,
        )
        for number, each in enumerate(members, 1)
    ]
    return rows(frame.x, _MEMBERS, cells, least=6.8 * MM, head=9.6 * MM)


def aid_rows(frame: Frame, aids: Sequence[Aid], digits: DigitStyle) -> list[Strip]:
    """Aid as a table, in the order given; nothing without any."""
    if not aids:
        return []
    dated = any(each.on for each in aids)
    cells = []
    for each in aids:
        words = (each.kind, each.state, each.amount, each.fund, each.item)
        day = be_date(each.on, "short", digits) if each.on else ""
        cells.append((day, *words) if dated else words)
    return rows(frame.x, _DATED if dated else _AIDS, cells, least=6.8 * MM, head=7.2 * MM)


def visit_rows(frame: Frame, visits: Sequence[EarlierVisit], digits: DigitStyle) -> list[Strip]:
    """Visits as a table, the latest first; nothing without any."""
    ordered = sorted(visits, key=lambda each: each.visited_on, reverse=True)
    cells = [
        (be_date(each.visited_on, "short", digits), each.purpose, each.team, each.outcomes)
        for each in ordered
    ]
    return rows(frame.x, _HISTORY, cells, least=6.8 * MM, head=7.2 * MM) if cells else []
