# SPDX-License-Identifier: Apache-2.0
"""Sign-in sheets as they were printed, found again by the code on the paper."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, select

from desktop.model.sheet import Sheet
from desktop.store.tables.sheet import sheet as sheets_table
from desktop.store.write import Write

_SHEET: Final = select(
    sheets_table.c.id,
    sheets_table.c.event_id,
    sheets_table.c.day_no,
    sheets_table.c.page,
    sheets_table.c.pages,
    sheets_table.c.code,
    sheets_table.c.enrolment_ids,
    sheets_table.c.halves,
).where(sheets_table.c.deleted == 0)


def _sheet(row: Any) -> Sheet:
    lists = {"enrolment_ids": tuple(row.enrolment_ids), "halves": tuple(row.halves)}
    return Sheet(**{**row._mapping, **lists})


def sheets(conn: Connection, event_id: str) -> tuple[Sheet, ...]:
    """Every page printed for an event, by day and page."""
    rows = conn.execute(
        _SHEET.where(sheets_table.c.event_id == event_id).order_by(
            sheets_table.c.day_no, sheets_table.c.page
        )
    )
    return tuple(_sheet(row) for row in rows)


def sheet_by_code(conn: Connection, code: str) -> Sheet | None:
    """The page that carries ``code``; None when it was printed elsewhere or printed anew since."""
    row = conn.execute(_SHEET.where(sheets_table.c.code == code)).first()
    return _sheet(row) if row is not None else None


def put_sheet(write: Write, sheet: Sheet) -> None:
    """Keep what was printed on one page."""
    write.put(
        "sheet",
        sheet.id,
        f"w:{sheet.event_id}",
        event_id=sheet.event_id,
        day_no=sheet.day_no,
        page=sheet.page,
        pages=sheet.pages,
        code=sheet.code,
        enrolment_ids=list(sheet.enrolment_ids),
        halves=list(sheet.halves),
    )


def delete_sheet(write: Write, sheet_id: str) -> None:
    """Forget a page that a new print has done without."""
    write.delete("sheet", sheet_id)
