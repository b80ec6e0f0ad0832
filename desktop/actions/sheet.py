# SPDX-License-Identifier: Apache-2.0
"""Sign-in sheets: which rows stand on which page, so that a signed page is found again.

Once a day's sheets were prepared, a person keeps her row: whoever was put on the roster since
comes on a page after them. A page that was signed before must still mean the same people.
"""

from __future__ import annotations

from typing import Final

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.event import Day
from desktop.model.roster import sheet_code
from desktop.model.sheet import Sheet, paginate
from desktop.store import event as events
from desktop.store import roster
from desktop.store import sheet as sheets
from desktop.store.ids import natural_id
from desktop.store.store import Store

MOST_PAGES: Final = 99
"""As many as the two digits of a page in a sheet's code can tell apart."""


class NothingToSign(Problem):
    """No sheet can be made for this day."""


def prepare_sheets(
    store: Store, by: str, event_id: str, day_no: int, *, anew: bool = False
) -> Done:
    """Fix the pages of one day's sign-in sheet; the value is the tuple of :class:`Sheet`.

    Pages prepared before keep their rows and new people follow on pages of their own, unless
    ``anew``: then all pages are made again in the order of seats, for paper that nobody signed.
    Raises :class:`NothingToSign` for a day without sessions or a roster of too many pages.
    """
    with store.write(by) as write:
        event = events.event(write.conn, event_id)
        day = _day(events.days(write.conn, event_id), day_no)
        before = [sheet for sheet in sheets.sheets(write.conn, event_id) if sheet.day_no == day_no]
        expected = tuple(
            row.enrolment_id for row in roster.roster(write.conn, event_id) if row.expected
        )
        pages = [] if anew else [sheet.enrolment_ids for sheet in before if sheet.enrolment_ids]
        on_paper = {enrolment_id for page in pages for enrolment_id in page}
        fresh = tuple(one for one in expected if one not in on_paper)
        if fresh or not pages:
            pages += paginate(fresh)
        if len(pages) > MOST_PAGES:
            raise NothingToSign(
                _("A day's sheet has at most {count} pages. Divide the event into groups.").format(
                    count=MOST_PAGES
                )
            )
        made = tuple(
            Sheet(
                natural_id("sheet", event_id, str(day_no), str(page)),
                event_id,
                day_no,
                page,
                len(pages),
                sheet_code(event.code, day_no, page),
                rows,
                day.halves,
            )
            for page, rows in enumerate(pages, 1)
        )
        for sheet in made:
            sheets.put_sheet(write, sheet)
        for stale in before:
            if stale.page > len(made):
                sheets.delete_sheet(write, stale.id)
    return finished(write, made)


def _day(days: tuple[Day, ...], day_no: int) -> Day:
    for day in days:
        if day.no == day_no and day.halves:
            return day
    raise NothingToSign(_("Nothing is held on that day, so there is nothing to sign."))


def sheets_of(store: Store, event_id: str) -> tuple[Sheet, ...]:
    """Every page prepared for an event, by day and page."""
    with store.read() as conn:
        return sheets.sheets(conn, event_id)


def sheet_by_code(store: Store, code: str) -> Sheet | None:
    """The page that carries ``code`` (twelve Arabic digits), if it was prepared here."""
    with store.read() as conn:
        return sheets.sheet_by_code(conn, code)
