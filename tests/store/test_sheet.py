# SPDX-License-Identifier: Apache-2.0
"""A printed page is found again by its code, with its rows in the order of the paper."""

from __future__ import annotations

from pathlib import Path

from desktop.model.roster import sheet_code
from desktop.model.sheet import Sheet
from desktop.store.sheet import delete_sheet, put_sheet, sheet_by_code, sheets
from tests.hall import BY, open_hall


def test_a_page_is_found_by_its_code_until_it_is_forgotten(tmp_path: Path) -> None:
    hall = open_hall(tmp_path)
    pages = [
        Sheet(f"s{no}", "event-1", 1, no, 2, sheet_code("123456", 1, no), rows, ("am", "pm"))
        for no, rows in ((2, ("n3",)), (1, ("n2", "n1")))
    ]
    with hall.store.write(BY) as write:
        for page in pages:
            put_sheet(write, page)

    with hall.store.read() as conn:
        assert sheets(conn, "event-1") == (pages[1], pages[0])
        assert sheet_by_code(conn, pages[1].code) == pages[1]

    with hall.store.write(BY) as write:
        delete_sheet(write, "s1")
    with hall.store.read() as conn:
        assert sheet_by_code(conn, pages[1].code) is None
    hall.store.close()
