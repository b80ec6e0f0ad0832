# SPDX-License-Identifier: Apache-2.0
"""Settings: how the program looks on this laptop, the office, who may unlock it, forms, copies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__
from desktop.errors import Problem
from desktop.i18n import N_, _
from desktop.model.area import Area
from desktop.model.facilitator import Facilitator, Office
from desktop.paths import shipped
from desktop.thai import dates
from desktop.ui import access
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.centre_card import CentreCard
from desktop.ui.parts.form_card import FormCard
from desktop.ui.parts.paper_terms import PaperTerms
from desktop.ui.parts.verify_address import AddressCard
from desktop.ui.widgets.area_pick import AreaPick
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.field import Choice, Field, TextEdit
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.actions.office_paper import PaperSettings
    from desktop.store.store import Store

_LOCKS = (0, 2, 5, 10, 20, 30)
_SCALES = (90, 100, 115, 130, 150)


@dataclass(frozen=True, slots=True)
class _State:
    office: Office
    area: Area | None
    people: tuple[Facilitator, ...]
    papers: PaperSettings


class SettingsPage(Page):
    """One scroll of cards; what is changed is kept at once."""

    noun = "settings"
    word = N_("Settings")
    icon = "settings"
    watches = frozenset({"office"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._office: Office | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 24)
        column.setSpacing(16)
        for card in (
            self._looks(),
            self._office_card(),
            self._papers_card(),
            AddressCard(self.desk, self),
            self._people_card(),
            CentreCard(self.desk, self),
            FormCard(self.desk, self),
            self._copies(),
            self._about(),
        ):
            card.setMaximumWidth(900)
            column.addWidget(card)
        column.addStretch()

    def title(self) -> str:
        return _("Settings")

    def reload(self) -> None:
        def read(store: Store) -> _State:
            from desktop.actions.office import people_here
            from desktop.actions.office_paper import paper_settings
            from desktop.store import area, facilitator

            with store.read() as conn:
                office = facilitator.office(conn)
                papers = paper_settings(conn)
            return _State(office, area.area(office.area), people_here(store), papers)

        self.desk.look(self, read, self._show, latest="settings")

    def _show(self, state: _State) -> None:
        self._office = state.office
        self._office_name.setText(state.office.name)
        self._ministry.setText(state.office.ministry)
        for edit in (self._office_name, self._ministry):
            edit.setCursorPosition(0)  # a long name shows its beginning
        self._area.set_area(state.area)
        self.papers.show_settings(state.papers)
        while self._people.count():
            old = self._people.takeAt(0)
            widget = old.widget() if old is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, person in enumerate(state.people):
            held = self._people_holder
            words = " · ".join(part for part in (person.name, person.position) if part)
            mine = person.id == self.desk.by
            self._people.addWidget(Label(words, weight=600 if mine else 400, parent=held), row, 0)
            if mine:
                change = Button(
                    _("Change my passphrase"),
                    self._change_passphrase,
                    icon="key-round",
                    parent=held,
                )
                self._people.addWidget(change, row, 1)
            else:
                out = Button(_("Take access away"), kind="danger", icon="user-minus", parent=held)
                out.setAccessibleName(_("Take access away from {name}").format(name=person.name))
                out.clicked.connect(lambda _on=False, one=person: self._remove(one))
                self._people.addWidget(out, row, 1)

    # ── this laptop ──────────────────────────────────────────────────────────────────────────

    def _looks(self) -> QFrame:
        card, body = self._card(_("This computer"), "laptop")
        now = self.desk.settings
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        choices: list[tuple[str, str, list[tuple[Any, str]]]] = [
            ("language", _("Language"), [("th", "ไทย"), ("en", "English")]),
            (
                "theme",
                _("Colours"),
                [("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))],
            ),
            ("text_scale", _("Text size"), [(each, f"{each} %") for each in _SCALES]),
            (
                "lock_after_minutes",
                _("Lock when idle"),
                [(each, _minutes(each)) for each in _LOCKS],
            ),
        ]
        for column, (name, label, options) in enumerate(choices):
            pick = Choice(options, getattr(now, name), card)
            pick.chose.connect(lambda value, name=name: self._set(name, value))
            grid.addWidget(Field(label, pick, parent=card), 0, column)
        body.addLayout(grid)
        sound = Tick(_("Sounds at the check-in desk"), checked=now.sound, parent=card)
        sound.toggled.connect(lambda on: self._set("sound", on))
        body.addWidget(sound)
        return card

    def _set(self, name: str, value: object) -> None:
        changed: dict[str, Any] = {name: value}
        self.desk.set_settings(replace(self.desk.settings, **changed))

    # ── the office ───────────────────────────────────────────────────────────────────────────

    def _office_card(self) -> QFrame:
        from desktop.store.area import search_areas

        card, body = self._card(_("Office"), "building-2")
        self._office_name = TextEdit(longest=200, parent=card)
        self._ministry = TextEdit(longest=200, parent=card)
        self._area = AreaPick(
            lambda text: search_areas(text, limit=8), _("Type a part of the name"), card
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        self._office_field = Field(
            _("Name of the office"),
            self._office_name,
            _("As it stands on certificates and registers"),
            parent=card,
        )
        grid.addWidget(self._office_field, 0, 0, 1, 2)
        grid.addWidget(
            Field(_("Ministry or parent body (may be empty)"), self._ministry, parent=card), 1, 0
        )
        grid.addWidget(
            Field(_("Province, amphoe or tambon it works in"), self._area, parent=card), 1, 1
        )
        body.addLayout(grid)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(Button(_("Save the office"), self._save_office, icon="save", parent=card))
        body.addLayout(row)
        return card

    def _save_office(self) -> None:
        before = self._office
        if before is None:
            return
        self._area.take_first()
        office = replace(
            before,
            name=self._office_name.plain(),
            ministry=self._ministry.plain(),
            area=self._area.code() or before.area,
        )

        def action(store: Store, by: str) -> Any:
            from desktop.actions.office import change_office

            return change_office(store, by, office)

        self._office_field.set_error()
        self.desk.act(
            self,
            action,
            said=_("The office was saved"),
            failed=lambda problem: self._office_field.set_error(str(problem)),
        )

    def _papers_card(self) -> QFrame:
        card, body = self._card(_("On the office's papers"), "file-text")
        self.papers = PaperTerms(card)
        self.papers.asked.connect(self._save_papers)
        body.addWidget(self.papers)
        return card

    def _save_papers(self, said: PaperSettings) -> None:
        def action(store: Store, by: str) -> Any:
            from desktop.actions.office_paper import keep_paper_settings

            return keep_paper_settings(store, by, said)

        self.desk.act(
            self,
            action,
            said=_("What stands on the papers was saved"),
            failed=lambda problem: self.papers.refuse(str(problem)),
        )

    # ── who may ──────────────────────────────────────────────────────────────────────────────

    def _people_card(self) -> QFrame:
        card, body = self._card(_("Facilitators on this computer"), "users")
        self._people_holder = QWidget(card)
        self._people = QGridLayout(self._people_holder)
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setVerticalSpacing(8)
        self._people.setColumnStretch(0, 1)
        body.addWidget(self._people_holder)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(
            Button(_("Add a facilitator"), self._add_person, icon="user-plus", parent=card)
        )
        row.addWidget(
            Button(_("Make a new recovery sheet"), self._renew, icon="shield-check", parent=card)
        )
        row.addStretch()
        body.addLayout(row)
        return card

    def _add_person(self) -> None:
        access.add_facilitator(self, self.desk)

    def _change_passphrase(self) -> None:
        access.change_passphrase(self, self.desk)

    def _remove(self, person: Facilitator) -> None:
        access.remove_facilitator(self, self.desk, person)

    def _renew(self) -> None:
        office = self._office
        if office is not None:
            access.renew_recovery_sheet(self, self.desk, office.name)

    # ── copies ───────────────────────────────────────────────────────────────────────────────

    def _copies(self) -> QFrame:
        card, body = self._card(_("Backup copy"), "usb")
        body.addWidget(
            Label(
                _(
                    "A copy of everything, locked with the same passphrases. Keep it on a USB "
                    "stick away from this computer."
                ),
                tone="quiet",
                parent=card,
            )
        )
        self._copying = Progress(parent=card)
        body.addWidget(self._copying)
        self._copied = Label("", "small", "green", weight=500, parent=card)
        self._copied.hide()
        body.addWidget(self._copied)
        row = QHBoxLayout()
        row.addWidget(Button(_("Make a backup copy…"), self._copy, icon="hard-drive", parent=card))
        row.addStretch()
        body.addLayout(row)
        return card

    def _copy(self) -> None:
        day = self.desk.now().date()
        name = f"samut-{dates.be_year(day)}-{day.month:02d}-{day.day:02d}.db"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Make a backup copy"), name, _("Backup copy") + " (*.db)"
        )
        if chosen:
            self.copy_to(Path(chosen))

    def copy_to(self, place: Path) -> None:
        """Write a copy of the store to ``place``."""
        store = self.desk.store
        self._copied.hide()
        self._copying.start(_("Making the backup copy"))

        def then(_nothing: object) -> None:
            self._copying.finish()
            self._copied.set_tone("green")
            self._copied.setText(_("The copy is at {place} and was checked.").format(place=place))
            self._copied.show()

        def failed(error: Exception) -> None:
            self._copying.finish()
            if isinstance(error, Problem | OSError):
                elsewhere = _("It could not be saved there. Choose another folder or a USB stick.")
                self._copied.set_tone("red")
                self._copied.setText(str(error) if isinstance(error, Problem) else elsewhere)
                self._copied.show()
            else:
                self.desk.fail(error)

        self.desk.slow(self, lambda _p, _c: store.backup(place), then, failed=failed)

    # ── about ────────────────────────────────────────────────────────────────────────────────

    def _about(self) -> QFrame:
        card, body = self._card(_("About"), "info")
        body.addWidget(
            Label(
                _("Samut Sanam {version}. Free software under the Apache Licence 2.0.").format(
                    version=__version__
                ),
                parent=card,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(12)
        for words, parts in (
            (_("Licence"), ("LICENSE",)),
            (_("Parts made by others"), ("resources", "NOTICE")),
        ):
            button = Button(words, kind="quiet", icon="file-text", parent=card)
            button.clicked.connect(lambda _on=False, w=words, p=parts: self._read_out(w, p))
            row.addWidget(button)
        row.addStretch()
        body.addLayout(row)
        return card

    def _read_out(self, headline: str, parts: tuple[str, ...]) -> None:
        try:
            text = shipped(*parts).read_text("utf-8")
        except OSError:
            self.desk.trouble.emit(_("This text is missing. Install the program again."))
            return
        dialog = Dialog(self, headline, "", _("Close"))
        dialog.stay.hide()
        page = QPlainTextEdit(text, dialog)
        page.setReadOnly(True)
        page.setAccessibleName(headline)
        page.setMinimumSize(640, 380)
        dialog.body.addWidget(page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _card(self, headline: str, icon: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame(self)
        return card, head_card(card, headline, icon)


def _minutes(count: int) -> str:
    return _("Never") if count == 0 else _("{count} minutes").format(count=count)
