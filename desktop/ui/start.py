# SPDX-License-Identifier: Apache-2.0
"""From nothing to a window: first start or unlock, the frame, the lock, the end, and faults.

Until the unlock window stands on the screen only Qt is imported. What is heavier (the store and
its cipher, the actions, the pages) is imported in a thread while the passphrase is typed.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from desktop.errors import Problem
from desktop.i18n import _, language, use_language
from desktop.log import start_log
from desktop.settings import Settings, read_settings, write_settings
from desktop.ui import icons, theme
from desktop.ui.desk import Clock, Desk, local_now
from desktop.ui.ending import Ending
from desktop.ui.idle import Idle
from desktop.ui.opening import Opening, read_people
from desktop.ui.sweep import Sweep
from desktop.ui.tasks import Tasks
from desktop.ui.window import Window
from desktop.ui.words import Words

if TYPE_CHECKING:
    from desktop.store.store import Store
    from desktop.ui.first_start import Answers
    from desktop.ui.frame import Frame
    from desktop.ui.signin import SignIn
    from desktop.ui.trouble import Crash

log = logging.getLogger(__name__)
_KEPT_EVENT: Final = "event_in_hand"
_SLACK: Final = timedelta(minutes=10)
"""How far a clock may be behind the newest entry without a word."""
_CHECK_AFTER: Final = 20_000
"""Milliseconds after the store was opened until it is checked: the queue comes first."""


class Start(QObject):
    """The life of one window. ``begin`` shows it; ``closed`` comes when it is over."""

    closed = Signal()
    _crashed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        profile: Path,
        *,
        note: str = "",
        clock: Clock = local_now,
        parent: QObject | None = None,
    ) -> None:
        """``note`` is shown over the passphrase (how to unlock a throw-away store)."""
        super().__init__(parent)
        self._app, self._profile, self._note, self._clock = app, profile, note, clock
        self.settings: Settings = read_settings(profile)
        use_language(self.settings.language)
        self._words = Words(self)
        app.installTranslator(self._words)
        self._dress()
        self._sweep = Sweep(app, self)
        self.tasks = Tasks(self)
        self._sweep.swept.connect(self._rest)
        self.tasks.quiet.connect(self._rest)
        self.tasks.failed.connect(self._failed_unasked)
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)
        self.window = Window(self.close)
        self.desk: Desk | None = None
        self.frame: Frame | None = None
        self._store: Store | None = None
        self._idle: Idle | None = None
        self._opening = Opening(self.window, self.tasks, profile, note, clock, self._failed)
        self._opening.opened.connect(self._open)
        self._opening.founded.connect(self._founded)
        self._crash: Crash | None = None

    def begin(self) -> None:
        """Show the first start, or the unlock window when there is a store."""
        self._opening.begin()
        self.window.show()

    def _founded(self, answers: Answers) -> None:
        self.use(replace(self.settings, language=answers.language))

    # ── the store is open ────────────────────────────────────────────────────────────────────

    def _open(self, store: Store, by: str) -> None:
        from desktop.ui.frame import Frame
        from desktop.ui.places import FACTORIES, PLACES

        self._store = store
        self.desk = desk = Desk(store, self.tasks, by, self.settings, self._clock, self)
        desk.bug.connect(self._show_crash)
        desk.settings_changed.connect(self.use)

        def kept(found: tuple[str, datetime | None]) -> None:
            event_id, noted = found
            desk.take_event(event_id)
            self.frame = frame = Frame(desk, PLACES, FACTORIES, self.window)
            frame.titled.connect(self.window.name)
            frame.lock_wanted.connect(self.lock)
            desk.event_changed.connect(self._keep_event)
            self.window.show_only(frame)
            desk.sync.start()
            desk.hall.resume()
            self._opening.forget()
            frame.page.setFocus()
            self.window.name(frame.page.title())
            if self._opening.joins:
                frame.show_page("sync", "join")
            self._idle = Idle(self._app, self.settings.lock_after_minutes, self)
            self._idle.idle.connect(lambda: self.lock(False))
            QTimer.singleShot(_CHECK_AFTER, self, self._look_after)
            now = self._clock()
            if noted is not None and now < noted - _SLACK:
                from desktop.ui.attendance_words import moment_words

                # A laptop whose clock battery died says a year long past.
                desk.trouble.emit(
                    _(
                        "The computer says it is {now}, but there are entries of {noted}. Set the "
                        "clock right before people are checked in."
                    ).format(now=moment_words(now), noted=moment_words(noted))
                )

        self.tasks.run("reader", self, lambda: _event_kept(store), kept, self._failed)

    def _look_after(self) -> None:
        from desktop.ui.upkeep import look_after

        store = self._store
        if store is not None:
            self.tasks.run("slow", self, lambda: look_after(store), None, self._failed)

    def _rest(self) -> None:
        """Nobody waits for anything: give back the memory that the work has left behind."""
        from desktop.ui.upkeep import rest

        store = self._store
        if store is not None:
            self.tasks.run("slow", self, lambda: rest(store), None, self._failed)

    def _keep_event(self, event_id: str) -> None:
        def keep(store: Store) -> None:
            from desktop.store import setting

            with store.write(self.desk.by if self.desk else "") as write:
                setting.keep(write, _KEPT_EVENT, event_id)

        store = self._store
        if store is not None:
            self.tasks.run("store", self, lambda: keep(store), None, self._failed)

    def lock(self, switch: bool = False) -> None:
        """Cover the window; a passphrase uncovers it as it was. ``switch``: for somebody else."""
        desk = self.desk
        if desk is None or self.frame is None or self.window.covered:
            return
        from desktop.ui.signin import SignIn

        headline = _("Change facilitator") if switch else _("Locked")
        words = (
            _("Choose who works from now on.")
            if switch
            else _("Everything is kept as it was. Type your passphrase to go on.")
        )
        sign = SignIn(headline, words, recovery=False, note=self._note, parent=self.window)
        sign.tried.connect(lambda person, secret: self._resume(sign, desk, person, secret))
        self.window.cover(sign)
        desk.sync.stop()
        self._sweep.sweep()
        self.tasks.run(
            "slow",
            sign,
            lambda: read_people(self._profile),
            lambda people: sign.offer(people, desk.by),
            self._failed,
        )
        sign.passphrase.setFocus()

    def _resume(self, sign: SignIn, desk: Desk, person: str, secret: str) -> None:
        def work() -> None:
            from desktop.actions import office

            office.confirm_passphrase(desk.store, person, secret)

        def then(_nothing: None) -> None:
            self.window.uncover()
            desk.hand_over(person)
            desk.sync.start()
            if self.frame is not None:
                self.frame.page.setFocus()
                self.window.name(self.frame.page.title())

        def failed(error: Exception) -> None:
            if isinstance(error, Problem):
                sign.wrong(str(error))
            else:
                self._failed(error)

        self.tasks.run("slow", sign, work, then, failed)

    # ── settings of this laptop ──────────────────────────────────────────────────────────────

    def use(self, settings: Settings) -> None:
        """Keep settings of this laptop and use them."""
        before, self.settings = self.settings, settings
        try:
            write_settings(self._profile, settings)
        except OSError:
            # The choice holds until the program is closed; the store says what ails the disk.
            log.warning("the settings could not be kept")
        if settings.language != language():
            use_language(settings.language)
        self._dress()
        if self._idle is not None and before.lock_after_minutes != settings.lock_after_minutes:
            self._idle.set_minutes(settings.lock_after_minutes)
        words = (before.language, before.text_scale) != (settings.language, settings.text_scale)
        if self.frame is not None and words:
            self.frame.remake_pages()

    def _dress(self) -> None:
        theme.apply_theme(self._app, self.settings.theme, self.settings.text_scale / 100)
        code = QLocale.Language.English if language() == "en" else QLocale.Language.Thai
        QLocale.setDefault(QLocale(code))

    # ── the end, and what goes wrong ─────────────────────────────────────────────────────────

    def close(self) -> None:
        """Finish what was begun, close the store, let go of the program's hooks."""
        if self.frame is not None:
            self.frame.end()
        self.window.hide()  # what is under way may take some seconds to end
        if self.desk is not None:
            self.desk.sync.end()
            self.desk.hall.stop()
        self.tasks.close()
        self._opening.close()
        if self._store is not None:
            try:
                self._keep_copy(self._store)
            finally:
                self._store.close()
                self._store = None
        self._app.removeTranslator(self._words)
        self._sweep.close()
        self.closed.emit()

    def end(self) -> None:
        """Close the window though a question stands open in it: the process is to end."""
        self.window.close()
        self._app.quit()

    def _keep_copy(self, store: Store) -> None:
        try:
            store.backup_of_the_day()
        except (Problem, OSError) as error:
            # Closing must not be held up: what was saved is saved, and the last copy is kept.
            log.warning(
                "the copy at the end could not be made", extra={"kind": type(error).__name__}
            )

    def _failed_unasked(self, error: object) -> None:
        """What failed with nobody waiting for it. Once there is a desk, the desk tells it; as long
        as there is no frame to tell it in, it stands in the way of opening."""
        if self.desk is None or (self.frame is None and isinstance(error, Problem)):
            self._failed(error)

    def _failed(self, error: object) -> None:
        if isinstance(error, Problem):
            if self.desk is not None and self.frame is not None:
                self.desk.trouble.emit(str(error))
            else:
                self._let_go()
                self._opening.no_way(error)
        else:
            self._show_crash(error)

    def _let_go(self) -> None:
        """Close a store that was opened and cannot be shown, so that it can be tried again."""
        store, self._store = self._store, None
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.deleteLater()
        if store is not None:
            store.close()

    def caught(self, error: BaseException) -> None:
        """An exception nobody caught, from any thread."""
        self._crashed.emit(error)

    @Slot(object)
    def _show_crash(self, error: object) -> None:
        if not isinstance(error, BaseException):
            return
        if isinstance(error, Problem):
            # Raised where nobody asked for an answer (a page being made); it is no fault.
            self._failed(error)
            return
        log.error("a fault of the program", exc_info=(type(error), error, error.__traceback__))
        if self._crash is not None:  # one at a time: a fault in a timer would fill the screen
            return
        from desktop.ui.trouble import Crash

        self._crash = Crash(self.window, error)
        self._crash.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._crash.finished.connect(self._crash_read)
        self._crash.open()

    def _crash_read(self, _result: int) -> None:
        self._crash = None


def _event_kept(store: Store) -> tuple[str, datetime | None]:
    """The event that was in hand when the program was closed, or the newest one; and when the
    newest entry was made."""
    from desktop.store import event, op, setting

    with store.read() as conn:
        kept = setting.value(conn, _KEPT_EVENT, "")
        rows = event.events(conn)
        noted = op.last_noted(conn)
    ids = [row.event.id for row in rows]
    return (kept if kept in ids else ids[0] if ids else ""), noted


def hook_exceptions(start: Start) -> Callable[[], None]:
    """Lead what nobody caught, on any thread, to the crash dialog. Returns what unhooks it."""
    before = (sys.excepthook, threading.excepthook)

    def of_slots(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            start.end()
            return
        start.caught(error.with_traceback(trace))

    def of_threads(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            start.caught(args.exc_value)

    sys.excepthook, threading.excepthook = of_slots, of_threads

    def unhook() -> None:
        sys.excepthook, threading.excepthook = before

    return unhook


def application() -> QApplication:
    """The Qt application of this process, made when there is none."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("samut-sanam")
    app.setApplicationDisplayName("Samut Sanam")
    app.setDesktopFileName("samut-sanam")
    return app


def run_window(profile: Path, demo: bool = False, note: str = "") -> int:
    """Show the program for the store in ``profile`` until the window is closed. 0: all is well.

    ``demo`` says that the store is a throw-away one; ``note`` (how to unlock it) is then shown
    over the passphrase.
    """
    app = application()
    try:
        start_log(profile)
    except OSError:
        # A read-only folder: the store will say so in a sentence; the log cannot.
        log.addHandler(logging.NullHandler())
    # Work in threads gives way to the window after 1 ms instead of 5: typing stays smooth.
    sys.setswitchinterval(0.001)
    start = Start(app, profile, note=note if demo else "")
    ending = Ending(start.end)
    app.setWindowIcon(icons.icon("notebook-pen", "accent", 64))
    unhook = hook_exceptions(start)
    try:
        start.begin()
        start.window.fill_small_screen()
        return int(app.exec())
    finally:
        ending.close()
        unhook()
