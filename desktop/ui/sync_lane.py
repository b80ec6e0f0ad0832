# SPDX-License-Identifier: Apache-2.0
"""Sync beside the work: a thread of its own that talks with the centre, and what it tells.

The window never waits for it. It holds the store's one writer for no more than one short
transaction at a time, and what it brought is told to the pages twice a second at most. It runs
from the unlock to the lock; what was begun is finished, nothing is begun after that. When a
round begins is decided by ``desktop.sync.rhythm``; here it is carried out.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import random
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from desktop.errors import Problem
from desktop.model.sync import Outcome, SyncRun, SyncState

if TYPE_CHECKING:
    from desktop.actions.sync import Round
    from desktop.store.store import Store
    from desktop.sync.https import Https
    from desktop.sync.rhythm import Rhythm
    from desktop.ui.desk import Desk

log = logging.getLogger(__name__)
_TELL: Final = 500
"""Milliseconds between two words to the pages about what came."""
_LOOK: Final = 250
"""Milliseconds after the last change until the state is read again."""
_KEPT: Final = 30.0
"""Seconds until the next round for which a connection is kept; longer, it would be cut anyway."""
_ENDS: Final = 15.0
"""Seconds that closing waits for what is under way; it asks after every chunk."""


@dataclass(slots=True)
class _Life:
    """What one run of the thread and the window share, under the lock of ``wake``."""

    rhythm: Rhythm
    wake: threading.Condition = field(default_factory=threading.Condition)
    ended: bool = False

    def stopped(self) -> bool:
        return self.ended

    def turn(self, how: Callable[[Rhythm], Rhythm]) -> None:
        """Change the plan, and wake who waits by it."""
        with self.wake:
            self.rhythm = how(self.rhythm)
            self.wake.notify_all()


class SyncLane(QObject):
    """Made with the desk. ``start`` after the unlock, ``stop`` at the lock and the end."""

    told = Signal()
    """``state`` or ``run`` is another one now."""
    _came = Signal(object)
    _ran = Signal(object)
    _fault = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.state = SyncState()
        self.run = SyncRun()
        self.names: Mapping[str, str] = {}
        """Of the scopes that are an event or a case."""
        self._life: _Life | None = None
        self._thread: threading.Thread | None = None
        self._tables: frozenset[str] = frozenset()
        self._watched = self._on = self._telling = self._asked = False
        self._link: Any = None
        self._teller = self._timer(_TELL, self._tell)
        self._looker = self._timer(_LOOK, self.look)
        queued = Qt.ConnectionType.QueuedConnection
        self._came.connect(self._gather, queued)
        self._ran.connect(self._note, queued)
        self._fault.connect(self._broke, queued)
        desk.changed.connect(self._changed)
        desk.by_changed.connect(lambda _by: self._changed(frozenset()))

    def _timer(self, pause: int, run: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(pause)
        made.timeout.connect(run)
        return made

    # ── the window's side ────────────────────────────────────────────────────────────────────

    def watch(self) -> None:
        """Somebody shows the state: read it now, and whenever something changes."""
        self._watched = True
        self.look()

    def look(self) -> None:
        """Read how far everything is."""
        desk = self._desk
        if desk.tasks.closed:
            return
        store, by = desk.store, desk.by

        def read() -> tuple[SyncState, Mapping[str, str]]:
            from desktop.store import sync_state, variant

            with store.read() as conn:
                state = sync_state.state(conn)
                named = variant.scope_names(conn, by, (area.scope for area in state.areas))
            return state, named

        self._asked = True
        desk.tasks.run("slow", self, read, self._show, self._not_read, latest="sync")

    @property
    def looking(self) -> bool:
        """Whether the state is being read, or about to be."""
        return self._looker.isActive() or self._asked

    def _not_read(self, error: Exception) -> None:
        self._asked = False
        self._desk.fail(error)

    def start(self) -> None:
        """Talk with the centre by itself from now on; from when this laptop has joined one."""
        self._on = True
        if self.state.joined:
            self._begin()
        else:
            self.look()

    def stop(self, wait: float = 0.0) -> bool:
        """Begin nothing more; wait so many seconds for what is under way. False if it goes on."""
        self._on = False
        life, thread = self._life, self._thread
        if life is None or thread is None:
            return True
        with life.wake:
            life.ended = True
            life.wake.notify_all()
        if wait:
            thread.join(wait)
        return not thread.is_alive()

    def end(self) -> None:
        """The program closes: the store may be closed after this."""
        self._looker.stop()
        self._teller.stop()
        if not self.stop(_ENDS):
            log.warning("sync did not end in time")

    def send(self) -> None:
        """A person wants it now (F9)."""
        if self.state.joined:
            self._begin()
            self._turn(lambda rhythm: rhythm.wanted(monotonic()))

    def came(self, tables: frozenset[str]) -> None:
        """Rows of these tables came; from any thread. The pages are told soon."""
        self._emit(self._came, tables)

    def _begin(self) -> None:
        from desktop.sync.rhythm import Rhythm

        life, before = self._life, self._thread
        if life is not None and not life.ended and before is not None and before.is_alive():
            return
        self._life = life = _Life(Rhythm.start(monotonic(), random))
        self._watch_link()
        self._thread = threading.Thread(
            target=self._live, args=(life, self._desk.store, before), name="sync", daemon=True
        )
        self._thread.start()

    def _turn(self, how: Callable[[Rhythm], Rhythm]) -> None:
        if self._life is not None:
            self._life.turn(how)

    def _changed(self, nouns: frozenset[str]) -> None:
        if self._watched or self._on:
            self._looker.start()
        if nouns and not self._telling:
            self._turn(lambda rhythm: rhythm.saved(monotonic()))

    def _show(self, found: tuple[SyncState, Mapping[str, str]]) -> None:
        self._asked = False
        before = (self.state, self.names)
        self.state, self.names = found
        if self._on and self.state.joined:
            self._begin()
        if before != found:
            self.told.emit()

    # ── the connection ───────────────────────────────────────────────────────────────────────

    def _watch_link(self) -> None:
        """Ask the system about its connection, where it tells; it is only ever a hint."""
        if self._link is None:
            from PySide6.QtNetwork import QNetworkInformation

            if not QNetworkInformation.loadDefaultBackend():
                return
            self._link = QNetworkInformation.instance()
            self._link.reachabilityChanged.connect(lambda _how: self._link_said())
            self._link.isMeteredChanged.connect(lambda _metered: self._link_said())
        self._link_said()

    def _link_said(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        link = self._link
        metered = bool(link.isMetered())
        # Only a cable that is out is believed: what is called local or site may reach a hall.
        connected = link.reachability() != QNetworkInformation.Reachability.Disconnected
        now = monotonic()
        self._turn(
            lambda rhythm: rhythm.network(now, connected=connected, metered=metered, chance=random)
        )
        if metered != self.run.metered:
            self.run = replace(self.run, metered=metered)
            self.told.emit()

    # ── the thread ───────────────────────────────────────────────────────────────────────────

    def _live(self, life: _Life, store: Store, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # the screen was unlocked while its last round still went on
        line: Https | None = None
        load = None
        try:
            from desktop.actions.sync import open_line

            while self._await(life):
                line = line or open_line(store)
                if line is None:
                    return  # it left the centre meanwhile
                # What is known of the line outlives the connection.
                load = line.load = load or line.load
                self._round(life, store, line)
                if (life.rhythm.wait(monotonic()) or 0.0) > _KEPT:
                    line.close()
                    line = None
        except Exception as error:  # noqa: BLE001 - the end of a thread; told to the desk
            self._emit(self._fault, error)
        finally:
            if line is not None:
                line.close()

    @staticmethod
    def _await(life: _Life) -> bool:
        """Sleep until the next round is to begin; False when there is none any more."""
        with life.wake:
            while not life.ended:
                left = life.rhythm.wait(monotonic()) or 0.0
                if left <= 0:
                    life.rhythm = life.rhythm.began()
                    return True
                life.wake.wait(min(left, 3600.0))
            return False

    def _round(self, life: _Life, store: Store, line: Https) -> None:
        from desktop.actions.sync import sync_round
        from desktop.sync.carrier import Reach

        metered = life.rhythm.metered
        self._emit(self._ran, SyncRun(busy=True, metered=metered))

        def progress(done: int, total: int) -> None:
            self._emit(self._ran, SyncRun(True, done, total, metered=metered))

        reach, more, wait, sentence = Reach.UNREACHABLE, False, 0.0, ""
        outcome: Outcome = "problem"
        try:
            told: Round = sync_round(
                store, line, blobs=line, portion=life.rhythm.portion, progress=progress,
                stop=life.stopped, changed=self.came,
            )  # fmt: skip
        except Problem as problem:  # a full disk, say: what a person can do is in its sentence
            sentence = str(problem)
        else:
            reach, more, wait, sentence = told.reach, told.more, told.wait, told.sentence
            if reach is Reach.UNREACHABLE:
                outcome = "offline"
            else:  # answered with a sentence: signed off, or this program is too old
                outcome = "ok" if reach is Reach.ANSWERED and not sentence else "refused"
        life.turn(lambda rhythm: rhythm.ended(monotonic(), reach, random, more=more, wait=wait))
        pause = life.rhythm.wait(monotonic()) or 0.0
        self._emit(self._ran, (outcome, sentence, pause))

    def _emit(self, signal: Any, what: object) -> None:
        if shiboken6.isValid(self):
            signal.emit(what)

    # ── what the thread tells ────────────────────────────────────────────────────────────────

    @Slot(object)
    def _gather(self, tables: frozenset[str]) -> None:
        self._tables |= tables
        if not self._teller.isActive():
            self._teller.start()

    def _tell(self) -> None:
        from desktop.actions.done import shown_in

        tables, self._tables = self._tables, frozenset()
        if "attachments" in tables:  # files came, whose rows were here already
            tables |= {"attachment"}
        self._telling = True
        try:
            self._desk.changed.emit(shown_in(tables) | {"sync"})
        finally:
            self._telling = False

    @Slot(object)
    def _note(self, ran: SyncRun | tuple[Outcome, str, float]) -> None:
        before = self.run
        if isinstance(ran, SyncRun):
            self.run = replace(ran, outcome=before.outcome, sentence=before.sentence)
        else:
            outcome, sentence, pause = ran
            at = self._desk.now() + timedelta(seconds=pause)
            self.run = SyncRun(
                outcome=outcome, sentence=sentence, next_at=at, metered=before.metered
            )
            self._looker.start()
        if self.run != before:
            self.told.emit()

    @Slot(object)
    def _broke(self, error: Exception) -> None:
        """A fault of the program: it would only repeat itself, until F9 or the next unlock."""
        self._on = False
        self.run = SyncRun(outcome="problem", metered=self.run.metered)
        self.told.emit()
        self._desk.fail(error)
