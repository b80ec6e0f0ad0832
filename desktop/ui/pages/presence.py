# SPDX-License-Identifier: Apache-2.0
"""Who is here and who is missing (ใครมาแล้ว): tiles at the left, names at the right.

Everything is read once; sessions, groupings and tiles only turn the same answer another way, so
each is one click and no waiting.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QFileDialog,
    QStackedLayout,
)

from desktop.actions.checkin import nearest_session
from desktop.actions.presence import Kind, Standing, presence_paper, standing
from desktop.i18n import N_, _, ngettext
from desktop.model.event import Session
from desktop.model.presence import (
    By,
    Line,
    Part,
    key_of,
    missing_first,
    parts,
    sessions_as_parts,
)
from desktop.store import codelist
from desktop.store.disk import save_file
from desktop.store.store import Store
from desktop.thai.search_key import search_key
from desktop.ui.attendance_words import day_words, province_words, session_words
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.presence_view import Grouping, PresenceView, Shown
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.tiles import Tile

_TILE: Final = 136
_WIDE: Final = 300
"""Least widths of a tile: with the name of a province, and with that of an agency."""


def _telling(lines: Sequence[Line]) -> By:
    """The first way of grouping that says something of at least half of the people."""
    ways: tuple[By, ...] = ("province", "group", "organisation")
    for by in ways:
        key = key_of(by)
        if 2 * sum(bool(key(line)) for line in lines) >= len(lines):
            return by
    return "province"


class Presence(Page):
    """The page that says who is missing. ``arrive`` may bring the id of a session."""

    noun = "presence"
    word = N_("Who is here")
    icon = "users"
    watches = frozenset({"attendance", "roster", "events", "people"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._standing: Standing | None = None
        self._grouping: Grouping = "province"
        self._ways_of = ""
        """The event for which the grouping was chosen."""
        self._which: Shown = "missing"
        self._chosen = ""
        self._session_id = ""
        self.primary = self.command(_("Print this list"), self._print, "F5", "printer")
        save = self.command(
            _("Save as a workbook…"), lambda: self._save("xlsx"), "Ctrl+S", "file-spreadsheet"
        )
        pdf = self.command(_("Save as PDF…"), lambda: self._save("pdf"), "", "file-text")
        signed = self.command(
            _("From a signed sheet"),
            lambda: self.go.emit("back_entry", None),
            "F7",
            "clipboard-list",
        )
        self.secondary = (signed, save, pdf)
        self._build()

    # ── parts ────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.view = view = PresenceView(self)
        view.sessions.chose.connect(self._session_chosen)
        view.grouped.connect(self._group_by)
        view.asked_for.connect(self._show_only)
        view.tiles.pressed.connect(self._press)
        view.box.asked.connect(lambda _text: self._fill_list())
        self._empty = Empty(
            "users",
            _("Who came, and who is still missing"),
            _("Take an event with a roster and sessions in hand; then it is told here."),
            (self.command(_("Go to events"), lambda: self.go.emit("events", None)),),
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(view)
        self._stack.addWidget(self._empty)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Who is here")

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what:
            self._session_id = what
            self._show()

    def event_changed(self, event_id: str) -> None:
        self._session_id = self._chosen = ""
        self.reload()

    def reload(self) -> None:
        event_id = self.desk.event_id
        if not event_id:
            self._take(None)
            return

        def read(store: Store) -> Standing:
            return standing(store, event_id)

        self.desk.look(self, read, self._take, latest="standing")

    def _take(self, found: Standing | None) -> None:
        self._standing = found
        usable = found is not None and bool(found.lines) and bool(found.sessions)
        self._stack.setCurrentWidget(self.view if usable else self._empty)
        for action in (self.primary, *self.secondary):
            if action is not None:
                action.setEnabled(usable)
                action.setVisible(usable)
        self.header_changed.emit()
        if found is None or not usable:
            return
        if self._ways_of != self.desk.event_id:
            self._ways_of = self.desk.event_id
            self._grouping = _telling(found.lines)
            self.view.mark_grouping(self._grouping)
        if self._session_id not in {session.id for session in found.sessions}:
            session = nearest_session(found.days, self.desk.now()) or found.sessions[0]
            self._session_id = session.id
        self.view.sessions.set_options(
            [
                (one.id, f"{day_words(day.no, day.on)}  ·  {session_words(one)}")
                for day in found.days
                for one in day.sessions
            ],
            self._session_id,
        )
        self._show()

    @property
    def session(self) -> Session | None:
        """The session that is shown."""
        sessions = self._standing.sessions if self._standing else ()
        return next((one for one in sessions if one.id == self._session_id), None)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        found = self._standing
        if found is None:
            return
        self.view.sessions.set_value(self._session_id)
        states = [line.at(self._session_id).state for line in found.lines]
        came = sum(line.came(self._session_id) for line in found.lines)
        self.view.came.show_figure(str(came), str(len(states)))
        self.view.missing.show_figure(str(len(states) - came))
        self.view.missing.set_tone("amber" if came < len(states) else "text")
        self.view.late.show_figure(str(states.count("late")))
        self.view.gone.show_figure(str(states.count("left_early")))
        self._fill_tiles()
        self._fill_list()

    def _fill_tiles(self) -> None:
        found = self._standing
        if found is None:
            return
        if self._grouping == "session":
            made = sessions_as_parts(found.lines, found.sessions)
            chosen = self._session_id
        else:
            made = parts(found.lines, self._grouping, self._session_id)
            chosen = self._chosen
        # A blank is the key of the part nobody said anything of: an empty one chooses nothing.
        self.view.tiles.show_tiles(
            [Tile(part.key or " ", self._word(part), part.came, part.expected) for part in made],
            chosen,
            _TILE if self._grouping == "province" else _WIDE,
        )

    def _word(self, part: Part) -> str:
        if self._grouping == "session":
            sessions = self._standing.sessions if self._standing else ()
            return next((session_words(one) for one in sessions if one.id == part.key), "")
        return self._key_word(self._grouping, part.key)

    def _key_word(self, by: By, key: str) -> str:
        if not key:
            return _("Not said")
        if by == "province":
            return province_words(key)
        if by == "group":
            return codelist.word("person_group", key)
        found = self._standing.lines if self._standing else ()
        return next((one.row.organisation for one in found if one.row.organisation_id == key), "")

    def _fill_list(self) -> None:
        shown = self._lines()
        self.view.model.show_lines(shown, self._session_id)
        self.view.heading.setText(self._headline(len(shown)))

    def _lines(self) -> tuple[Line, ...]:
        found = self._standing
        if found is None:
            return ()
        session_id, chosen, text = self._session_id, self._chosen, self.view.box.text()
        lines: list[Line] = list(found.lines)
        if chosen and self._grouping != "session":
            key = key_of(self._grouping)
            lines = [line for line in lines if key(line) == chosen.strip()]
        if self._which != "all":
            here = self._which == "here"
            lines = [line for line in lines if line.came(session_id) == here]
        if text.strip():
            lines = [line for line in lines if _fits(line, text)]
        return missing_first(lines, session_id)

    def _headline(self, count: int) -> str:
        if self._which == "missing" and not count and not self.view.box.text().strip():
            what = _("Everyone has come")
        else:
            what = self._counted(count)
        if self._chosen and self._grouping != "session":
            return f"{self._key_word(self._grouping, self._chosen.strip())} · {what}"
        return what

    def _counted(self, count: int) -> str:
        what = {
            "missing": ngettext("{count} person missing", "{count} people missing", count),
            "here": ngettext("{count} person here", "{count} people here", count),
            "all": ngettext("{count} person", "{count} people", count),
        }
        return what[self._which].format(count=count)

    # ── what is pressed ──────────────────────────────────────────────────────────────────────

    def _session_chosen(self, session_id: object) -> None:
        self._session_id = str(session_id)
        self._show()

    def _group_by(self, grouping: Grouping) -> None:
        self._grouping, self._chosen = grouping, ""
        self._show()

    def _show_only(self, which: Shown) -> None:
        self._which = which
        self._fill_list()

    def _press(self, key: str) -> None:
        if self._grouping == "session":
            self._session_id = key
        else:
            self._chosen = "" if self._chosen == key else key
        self._show()

    def back(self) -> bool:
        if self._chosen:
            self._chosen = ""
            self._show()
            return True
        return False

    # ── on paper ─────────────────────────────────────────────────────────────────────────────

    def paper(self, kind: Kind) -> tuple[Standing, Session, tuple[Line, ...], str] | None:
        """What is to be put on paper: the list that is shown, and its Thai title."""
        found, session = self._standing, self.session
        if found is None or session is None:
            return None
        titles: dict[Shown, str] = {
            "missing": "รายชื่อผู้ที่ยังไม่มา",
            "here": "รายชื่อผู้ที่มาแล้ว",
            "all": "รายชื่อผู้มาและผู้ที่ยังไม่มา",
        }
        title = titles[self._which]
        if self._chosen.strip() and self._grouping == "province":
            title = f"{title} {province_words(self._chosen)}"
        return found, session, self.view.model.rows, title

    def _print(self) -> None:
        asked = self.paper("pdf")
        if asked is None:
            return
        found, session, lines, title = asked

        def printed(pdf: bytes) -> None:
            from desktop.ui.paper import print_pdf

            print_pdf(self, pdf, _("Who is here"))

        self.desk.slow(
            self, lambda _p, _c: presence_paper(found, session, lines, title, "pdf"), printed
        )

    def _save(self, kind: Kind) -> None:
        word = _("Workbook") if kind == "xlsx" else "PDF"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the list"), f"{_('who-is-here')}.{kind}", f"{word} (*.{kind})"
        )
        if chosen:
            self.save_to(Path(chosen), kind)

    def save_to(self, place: Path, kind: Kind) -> None:
        """Write the list that is shown to a file."""
        asked = self.paper(kind)
        if asked is None:
            return
        found, session, lines, title = asked

        def write(_progress: object, _cancelled: object) -> None:
            save_file(place, presence_paper(found, session, lines, title, kind))

        self.desk.slow(
            self, write, lambda _done: self.desk.said.emit(_("The list is saved."), False)
        )


def _fits(line: Line, text: str) -> bool:
    """Whether a line answers the filter: part of a name or an agency, loosely, or the seat."""
    key = search_key(text)
    row = line.row
    if text.strip().isdecimal():
        return str(row.seat) == str(int(text)) or row.phone.endswith(text.strip())
    return bool(key) and (key in search_key(row.name) or key in search_key(row.organisation))
