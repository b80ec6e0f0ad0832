# SPDX-License-Identifier: Apache-2.0
"""What is done on the page of volunteers, and how its lists go onto paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _
from desktop.ui.desk import Desk
from desktop.ui.parts.activity_reading import PairRow
from desktop.ui.parts.mentor_list import MentorList

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.errors import Problem
    from desktop.store.store import Store

Kind = Literal["pdf", "xlsx"]
What = Literal["activities", "pairs", "evaluation"]


class ActivityDoing(QObject):
    """Acts at the desk; a refusal is said beside what it concerns.

    ``left`` when the activity that was shown is taken off; ``printed`` brings what
    ``go("paper", …)`` wants.
    """

    left = Signal()
    printed = Signal(object)

    def __init__(self, desk: Desk, pairs: MentorList, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._pairs, self._page = desk, pairs, parent
        pairs.parted.connect(self.part)

    def pair(self, event_id: str) -> None:
        """Make pairs of the mentor and the juniors that were chosen."""
        mentor_id, juniors = self._pairs.chosen
        if not mentor_id or not juniors:
            return
        since = self._desk.now().date()

        def action(store: Store, by: str) -> Done:
            from desktop.actions.mentorship import pair

            return pair(store, by, mentor_id, juniors, event_id=event_id, since=since)

        def refused(problem: Problem) -> None:
            self._pairs.refuse(str(problem))

        self._desk.act(
            self,
            action,
            lambda _done: self._pairs.clear(),
            _("Now they are mentor and juniors"),
            refused,
        )

    def part(self, row: object) -> None:
        """Take a pair apart."""
        if not isinstance(row, PairRow):
            return
        mentorship_id = row.pair.mentorship.id

        def action(store: Store, by: str) -> Done:
            from desktop.actions.mentorship import part

            return part(store, by, mentorship_id)

        said = _("{junior} is no longer with {mentor}").format(
            junior=row.pair.junior, mentor=row.pair.mentor
        )
        self._desk.act(self, action, said=said)

    def part_current(self) -> None:
        """Take the pair in the current row apart."""
        self.part(self._pairs.current())

    def take_off(self, activity_id: str) -> None:
        """Take off an activity that was entered by mistake."""

        def action(store: Store, by: str) -> Done:
            from desktop.actions.activity import remove_activity

            return remove_activity(store, by, activity_id)

        self._desk.act(
            self, action, lambda _done: self.left.emit(), _("The activity was taken off")
        )

    # ── on paper ─────────────────────────────────────────────────────────────────────────────

    def print(self, what: What, event_id: str) -> None:
        """Make a list as a PDF and have it shown."""
        title, name = _named(what)

        def made(pdf: bytes) -> None:
            self.printed.emit({"what": "file", "pdf": pdf, "title": title, "name": name})

        store, by = self._desk.store, self._desk.by
        self._desk.slow(self, lambda _p, _c: list_paper(store, by, what, event_id, "pdf"), made)

    def save(self, what: What, event_id: str) -> None:
        """Ask for a place and write a list into a workbook."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save the list"), f"{_named(what)[1]}.xlsx", _("Excel workbook (*.xlsx)")
        )
        if chosen:
            self.save_to(Path(chosen), what, event_id)

    def save_to(self, place: Path, what: What, event_id: str) -> None:
        """Write a list into a workbook."""
        store, by = self._desk.store, self._desk.by

        def write(_progress: object, _cancelled: object) -> None:
            from desktop.store.disk import save_file

            save_file(place, list_paper(store, by, what, event_id, "xlsx"))

        self._desk.slow(
            self, write, lambda _done: self._desk.said.emit(_("The list is saved."), False)
        )


def list_paper(store: Store, by: str, what: What, event_id: str, kind: Kind) -> bytes:
    """A list of the page on paper or as a workbook. Slow, for a thread."""
    from desktop.actions.activity_paper import activities_paper, mentors_paper
    from desktop.actions.evaluation import evaluation_paper

    make: Final = {
        "activities": activities_paper,
        "pairs": mentors_paper,
        "evaluation": evaluation_paper,
    }[what]
    return make(store, by, event_id, kind=kind)


def _named(what: What) -> tuple[str, str]:
    """What a list is called, and its file."""
    return {
        "activities": (_("Activities of volunteers"), _("volunteer-activities")),
        "pairs": (_("Mentors and juniors"), _("mentors")),
        "evaluation": (_("How the event was judged"), _("evaluation")),
    }[what]
