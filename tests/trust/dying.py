# SPDX-License-Identifier: Apache-2.0
"""A laptop process that dies by SIGKILL at a chosen step of its work with the centre.

A step is every SQL statement of its writer (``BEGIN`` and ``COMMIT`` too), every call of the
network before and after, and every flush, rename, removal and write of files. ``MUTANTS`` each
break one promise, and the campaign must notice.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final
from unittest import mock

from desktop.actions import courier as stick
from desktop.store import engine
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync import courier, laptop, pages
from desktop.sync.https import Https
from desktop.sync.ports import Notebook
from desktop.sync.protocol import Pulled, Request
from desktop.sync.row import row_from_wire
from tests.field import BY, KEY
from tests.trust import two_ends

STICK: Final = "stick"
Say = Callable[[str], object]


class Steps:
    """Counts steps and dies at one of them; 0 never."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, inner: Callable[..., Any], *, after: bool = False) -> Callable[..., Any]:
        """``inner``, with a step before it, and one after it."""

        def call(*args: Any, **named: Any) -> Any:
            self()
            done = inner(*args, **named)
            if after:
                self()
            return done

        return call

    @contextmanager
    def taken(self) -> Iterator[None]:
        """While this lasts the steps of this process count."""
        connect = engine.connect

        def traced(*args: Any, **named: Any) -> Any:
            connection = connect(*args, **named)
            if named.get("write"):
                connection.set_trace_callback(self)
            return connection

        places: list[tuple[Any, str, bool]] = [
            (Https, "_send", True),
            (Https, "ask", True),
            (Https, "put_blob", True),
            (courier._Counted, "write", False),
            (courier, "_compare", True),
            (os, "fsync", True),
            (os, "replace", True),
            (os, "unlink", True),
        ]
        with ExitStack() as patches:
            patches.enter_context(mock.patch.object(engine, "connect", traced))
            for owner, name, after in places:
                wrapped = self.around(getattr(owner, name), after=after)
                patches.enter_context(mock.patch.object(owner, name, wrapped))
            yield


@dataclass(frozen=True, slots=True)
class Work:
    """What a laptop does in one life, and how it ends."""

    folder: Path
    number: int
    step: int = 0
    photo: int = 300
    mutant: str = ""


def live(work: Work, say: Say) -> int:
    """Take the receipts on the stick, save a visit, sync, save another, write a stick, change a
    visit. ``say`` is the screen: the ids of records that are saved. Returns the steps."""
    steps = Steps(work.step)
    draw = random.Random(f"{work.folder} {work.number} own")
    place = work.folder.parent / STICK
    with steps.taken(), MUTANTS.get(work.mutant, nullcontext)():
        store = Store.open(work.folder, KEY)
        for receipt in sorted(place.glob("*-receipt.samut")):
            stick.read_receipt(store, BY, receipt)
        first = _saved(store, work, draw, say)
        with two_ends.line(store) as line:
            _done, odd = two_ends.watched_round(store, line)
        if odd:
            say(f"fault {odd}")
        _saved(store, work, draw, say)
        stick.write(store, BY, place / stick.stick_name(store), photos=False)
        two_ends.change_visit(store, first, work.number)
    return steps.count


def _saved(store: Store, work: Work, draw: random.Random, say: Say) -> str:
    if work.mutant == "early":
        return _said_early(store, work, draw, say)
    made = two_ends.write_visit(store, work.number, draw, work.photo)
    say(made)
    return made


# ---- mutants


def _said_early(store: Store, work: Work, draw: random.Random, say: Say) -> str:
    """The screen says saved before the commit."""
    with mock.patch.object(two_ends, "new_id", partial(_announced, say)):
        return two_ends.write_visit(store, work.number, draw, work.photo)


def _announced(say: Say) -> str:
    made = new_id()
    say(made)
    return made


@contextmanager
def _sent_is_received() -> Iterator[None]:
    """Marks move when a message is made."""
    real = laptop.build_request

    def build(notebook: Notebook, **told: Any) -> Request:
        request = real(notebook, **told)
        with notebook.transaction() as change:
            for push in request.push:
                change.keep_acked(push.scope, push.device, push.last)
        return request

    with (
        mock.patch("desktop.actions.sync.build_request", build),
        mock.patch("desktop.sync.outgoing.build_request", build),
    ):
        yield


@contextmanager
def _cursor_first() -> Iterator[None]:
    """The cursor is kept in a transaction of its own, before the rows."""

    def take(notebook: Notebook, page: Pulled, epoch: int, now: str) -> tuple[int, bool, bool]:
        del epoch
        rows = [row_from_wire(wire) for wire in page.rows]
        with notebook.transaction() as change:
            state = change.scope(page.scope)
            change.keep_scope(replace(state, cursor=page.next, head=page.head, digest=page.digest))
        with notebook.transaction() as change:
            pages.keep_rows(change, page.scope, rows)
            state = change.scope(page.scope)
            change.keep_scope(replace(state, matched_at=now))
        return len(rows), page.more, False

    with mock.patch.object(laptop, "take_page", take):
        yield


@contextmanager
def _in_place() -> Iterator[None]:
    """A stick's file is written under its own name."""
    real = Path.with_name

    def with_name(self: Path, name: str) -> Path:
        return real(self, name.removesuffix(".part"))

    with mock.patch.object(Path, "with_name", with_name):
        yield


MUTANTS: Final[dict[str, Callable[[], Any]]] = {
    "early": nullcontext,
    "sent_is_received": _sent_is_received,
    "cursor_first": _cursor_first,
    "in_place": _in_place,
}
