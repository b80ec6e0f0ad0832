# SPDX-License-Identifier: Apache-2.0
"""Attendance and visits in numbers, by event, by province, by month. No name of a person."""

from __future__ import annotations

from desktop.centre import counts
from desktop.centre.areas import province_name
from desktop.centre.areas import provinces as all_provinces
from desktop.centre.staff.asked import PAGE_LENGTH, Asked, Page, Reply
from desktop.centre.staff.moment import THAILAND
from desktop.i18n import language
from desktop.thai.dates import fiscal_year
from desktop.thai.digits import to_arabic


def _year(asked: Asked) -> int:
    """The fiscal year asked for (พ.ศ.), or the present one."""
    typed = to_arabic(asked.query.get("year", ""))
    now = fiscal_year(asked.now.astimezone(THAILAND).date())
    return int(typed) if typed.isascii() and typed.isdigit() and 2500 <= int(typed) <= now else now


def _frame(asked: Asked) -> dict[str, object]:
    now = fiscal_year(asked.now.astimezone(THAILAND).date())
    year = _year(asked)
    province = asked.query.get("province", "")
    return {
        "year": year, "years": range(now, now - 6, -1),
        "province": province if province_name(province) and len(province) == 2 else "",
        "provinces": [
            (code, english if language() == "en" else thai)
            for code, thai, english in all_provinces()
        ],
    }  # fmt: skip


def provinces(asked: Asked) -> Reply:
    """By province, for one fiscal year."""
    frame = _frame(asked)
    rows = counts.by_province(asked.conn, *counts.fiscal_days(_year(asked)))
    return Page("counts_provinces.html", {
        **frame, "tab": "provinces", "rows": [(province_name(r.province), r) for r in rows],
        "total": counts.ProvinceCount(
            "", sum(r.expected for r in rows), sum(r.came for r in rows),
            sum(r.visits for r in rows), sum(r.households for r in rows),
        ),
    })  # fmt: skip


def events(asked: Asked) -> Reply:
    """By event, for one fiscal year."""
    frame = _frame(asked)
    found = counts.events(
        asked.conn, *counts.fiscal_days(_year(asked)), province=str(frame["province"])
    )
    page = found[asked.offset : asked.offset + PAGE_LENGTH]
    return Page("counts_events.html", {
        **frame, "tab": "events", "total": len(found), "offset": asked.offset,
        "length": PAGE_LENGTH, "rows": [(province_name(e.province), e) for e in page],
        "expected": sum(e.expected for e in found), "came": sum(e.came for e in found),
    })  # fmt: skip


def visits(asked: Asked) -> Reply:
    """By month, for one fiscal year, in all provinces or one."""
    frame = _frame(asked)
    first, last = counts.fiscal_days(_year(asked))
    rows = counts.visits_by_month(asked.conn, first, last, str(frame["province"]))
    return Page("counts_visits.html", {
        **frame, "tab": "visits", "rows": rows,
        "most": max((many for _month, many, _met in rows), default=0),
        "total": sum(many for _month, many, _met in rows),
    })  # fmt: skip
