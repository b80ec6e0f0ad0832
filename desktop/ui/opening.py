# SPDX-License-Identifier: Apache-2.0
"""What stands before the store is open: first start, unlock, recovery, and what keeps it shut."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.desk import Clock
from desktop.ui.tasks import Tasks
from desktop.ui.window import Window

if TYPE_CHECKING:
    from desktop.store.keys import DataKey
    from desktop.store.recovery import RecoveryCode
    from desktop.store.store import Store
    from desktop.ui.access import RecoverySheet
    from desktop.ui.first_start import Answers, FirstStart
    from desktop.ui.signin import Recover, SignIn

_FIRST_HEAVY: Final = 30
"""Milliseconds after the window is shown until the heavy imports begin: it is painted by then."""


class Opening(QObject):
    """Brings a store from a folder. ``opened(store, facilitator id)`` comes once."""

    opened = Signal(object, str)
    founded = Signal(object)
    """The store was founded; the ``Answers`` of the first start."""

    def __init__(
        self,
        window: Window,
        tasks: Tasks,
        profile: Path,
        note: str,
        clock: Clock,
        failed: Callable[[object], object],
    ) -> None:
        """``note`` stands over the passphrase; ``failed`` hears of what is no ``Problem``."""
        super().__init__(window)
        self.window, self.tasks, self._profile = window, tasks, profile
        self._note, self._clock, self._failed = note, clock, failed
        self._people: tuple[tuple[str, str], ...] = ()
        self._founded: Store | None = None
        self._sheet: RecoverySheet | None = None
        self._key: Callable[[], DataKey] | None = None
        self.joins = False
        """Whether whoever founded the store wants to join a centre next."""

    def begin(self) -> None:
        """Show the first start, or the unlock window when there is a store."""
        # A key file alone is a first start that was interrupted, unless there once was a store:
        # then the store is lost, and founding another would throw away the keys of its copies.
        there = (self._profile / "samut.db").exists() or (
            (self._profile / "keys.json").exists() and (self._profile / "backups").exists()
        )
        if there:
            self._unlock()
        else:
            self._first_start()

    def _first_start(self) -> None:
        from desktop.ui.first_start import FirstStart

        first = FirstStart(self.window)
        first.found_wanted.connect(lambda answers: self._found(first, answers))
        self.window.show_only(first)
        QTimer.singleShot(_FIRST_HEAVY, self, self._load)

    def _found(self, first: FirstStart, answers: Answers) -> None:
        profile = self._profile

        def work() -> tuple[Store, RecoveryCode, str]:
            from desktop.actions import office
            from desktop.model.facilitator import Facilitator, Office
            from desktop.store.ids import new_id

            home = Office(new_id(), answers.office, answers.area)
            person = Facilitator(new_id(), answers.name, answers.position)
            store, code = office.found(
                profile,
                home,
                person,
                answers.passphrase,
                label=answers.label,
                clock=self._clock,
            )
            return store, code, person.id

        def then(made: tuple[Store, RecoveryCode, str]) -> None:
            store, code, by = made
            self._founded = store
            self.founded.emit(answers)
            first.founded(str(code))
            self._offer_sheet(first, str(code), answers.office)
            first.finished.connect(lambda: self._leave_first(first, store, by))

        def failed(error: Exception) -> None:
            if isinstance(error, Problem):
                first.failed(str(error))
            else:
                self._failed(error)

        self.tasks.run("slow", first, work, then, failed)

    def _leave_first(self, first: FirstStart, store: Store, by: str) -> None:
        self.joins = first.joins
        self._open(store, by)

    def _offer_sheet(self, first: FirstStart, code: str, office: str) -> None:
        from desktop.ui.access import RecoverySheet

        day = self._clock().date()
        sheet = RecoverySheet(first, self.tasks.run, code, office, day, self._failed)
        sheet.kept = first.kept
        sheet.trouble = first.say
        first.print_wanted.connect(sheet.print_it)
        first.save_wanted.connect(sheet.save_it)
        # Qt holds a connected method of a plain object weakly: without this the buttons are dead.
        self._sheet = sheet

    def _unlock(self) -> None:
        from desktop.ui.signin import SignIn

        sign = SignIn(_("Open the notebook"), note=self._note, parent=self.window)
        sign.tried.connect(lambda person, secret: self._try(sign, person, secret))
        sign.recovery_wanted.connect(self._recover)
        self.window.show_only(sign)
        sign.passphrase.setFocus()

        def people(found: tuple[tuple[str, str], ...]) -> None:
            self._people = found
            sign.offer(found)

        QTimer.singleShot(
            _FIRST_HEAVY,
            sign,
            lambda: self.tasks.run(
                "slow", sign, lambda: read_people(self._profile), people, self.no_way
            ),
        )
        QTimer.singleShot(_FIRST_HEAVY, self, self._load)

    def _try(self, sign: SignIn, person: str, secret: str) -> None:
        def key() -> DataKey:
            from desktop.store import keys

            return keys.open_with_passphrase(self._profile, person, secret)

        self._key = key

        def work() -> Store:
            from desktop.actions import office

            return office.unlock(self._profile, person, secret, clock=self._clock)

        def failed(error: Exception) -> None:
            from desktop.store.keys import WrongPassphrase

            if isinstance(error, WrongPassphrase):
                sign.wrong(str(error))
            else:
                self.no_way(error)

        self.tasks.run("slow", sign, work, lambda store: self._open(store, person), failed)

    def _recover(self) -> None:
        from desktop.ui.first_start import refusal
        from desktop.ui.signin import Recover

        sheet = Recover(self._people, refusal, self.window)
        sheet.cancelled.connect(self._unlock)
        sheet.tried.connect(
            lambda code, person, secret: self._try_code(sheet, code, person, secret)
        )
        self.window.show_only(sheet)
        sheet.code.setFocus()

    def _try_code(self, sheet: Recover, code: str, person: str, secret: str) -> None:
        def work() -> Store:
            from desktop.actions import office

            return office.recover(self._profile, code, person, secret, clock=self._clock)

        def failed(error: Exception) -> None:
            from desktop.store.recovery import WrongRecoveryCode

            if isinstance(error, WrongRecoveryCode):
                sheet.wrong(str(error))
            else:
                self.no_way(error)

        self.tasks.run("slow", sheet, work, lambda store: self._open(store, person), failed)

    def _load(self) -> None:
        """Import what comes after the passphrase, in a thread."""
        self.tasks.run("slow", self, _import_the_rest, _settle, self._failed)

    def no_way(self, error: Exception) -> None:
        """The store cannot be opened: a sentence over the whole window, never a traceback."""
        if not isinstance(error, Problem):
            self._failed(error)
            return
        from desktop.ui.trouble import Trouble

        self.window.show_only(
            Trouble(
                str(error),
                self._profile,
                self.begin,
                self.window.close,
                self.window,
                back=self._way_back(error),
            )
        )

    def _way_back(self, error: Problem) -> tuple[str, Callable[[], object]] | None:
        """The newest copy, when going back to it can help: what to call it, and what does it."""
        from desktop.store.backup import backups
        from desktop.store.errors import Damaged, NoStore, WrongKey
        from desktop.ui.attendance_words import date_words

        key, found = self._key, backups(self._profile)
        if key is None or not found or not isinstance(error, Damaged | NoStore | WrongKey):
            return None
        day = date.fromisoformat(found[0].stem)
        words = _("Go back to the copy of {date}").format(date=date_words(day))

        def work() -> None:
            from desktop.store.backup import restore

            restore(self._profile, key(), found[0], self._clock)

        def go() -> None:
            self.tasks.run("slow", self, work, lambda _done: self.begin(), self.no_way)

        return words, go

    def forget(self) -> None:
        """The store is open and read: the passphrase is not needed again."""
        self._key = None

    def _open(self, store: Store, by: str) -> None:
        self._founded = None
        self.opened.emit(store, by)

    def close(self) -> None:
        """Close a store that was founded and not taken up before the window was closed."""
        if self._founded is not None:
            self._founded.close()
            self._founded = None


def read_people(profile: Path) -> tuple[tuple[str, str], ...]:
    """Who may unlock the store of a folder: (facilitator id, short name)."""
    from desktop.actions import office

    return tuple((slot.facilitator_id, slot.label) for slot in office.who_may(profile))


def _settle(_imported: None) -> None:
    """Let the collector of garbage go on, past what was imported: that is never garbage.

    Walking all of it takes 30 ms, which would fall between two keys typed.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _import_the_rest() -> None:
    """Import what is needed once the passphrase is right."""
    import desktop.actions.office
    import desktop.store.store
    import desktop.thai.breaking
    import desktop.ui.frame
    import desktop.ui.pages.today
    import desktop.ui.places
    import desktop.ui.trouble  # noqa: F401
