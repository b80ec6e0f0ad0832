# SPDX-License-Identifier: Apache-2.0
"""A centre and laptops that are the same each time they are made: keys, ids and clocks come from
names. See ``golden.py``."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pyrage

from desktop.centre.account import Account, Office, keep_account, keep_office
from desktop.centre.backup import make_backup
from desktop.centre.centre import Centre, attachment_shelf, open_centre
from desktop.centre.config import CentreSection, Config
from desktop.centre.device import Device, keep_device, revoke
from desktop.centre.identity import FILE
from desktop.centre.restore import restore_backup
from desktop.centre.routes.sync import answered_envelope
from desktop.centre.shelf import FolderShelf
from desktop.sync.keys import Keys
from desktop.sync.laptop import Outcome, take_answer
from desktop.sync.protocol import Answer, Request
from desktop.sync.row import Row
from desktop.sync.view import shown
from tests.centre.running import EVERY_LIMIT, founded_centre
from tests.sync.memory import Disk, MemoryNotebook, Stream

OFFICE: Final = "office-1"
AREA: Final = "t:630609"
START: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LAPTOPS: Final = ("a", "b")


def keys_of(name: str) -> Keys:
    """The keys of a laptop or of the centre, made from its name."""
    return Keys.from_private(hashlib.sha512(f"golden {name}".encode()).digest())


def id_of(name: str) -> str:
    """Its UUID."""
    return str(UUID(bytes=hashlib.sha256(f"golden {name}".encode()).digest()[:16], version=4))


class GoldenCentre:
    """A real centre that is the same each time it is made."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, START
        self._away = FolderShelf(folder.with_name("away"))
        self._key = pyrage.x25519.Identity.generate()
        config = Config(folder, CentreSection("ศูนย์", "https://centre.example"),
                        limits=EVERY_LIMIT)  # fmt: skip
        founded_centre(folder, config)
        told = {"id": id_of("centre"), "private": keys_of("centre").private().hex()}
        (folder / FILE).write_text(json.dumps(told), "ascii")
        self.centre = self._open()
        database = self.centre.database
        with database.write() as conn:
            keep_office(conn, database, Office(OFFICE, "พมจ.ตาก", "63"))
            for name in LAPTOPS:
                account = Account(f"person-{name}", OFFICE, name, "facilitator", ("63",), True)
                keep_account(conn, database, account)
                public = keys_of(name).public
                device = Device(id_of(name), OFFICE, name, public.signing, public.sealing)
                keep_device(conn, database, device, [account.id])

    def _open(self) -> Centre:
        return open_centre(self.folder, lambda: self.now)

    def act(self, what: str) -> None:
        """What happens to the centre between two questions."""
        shelf = attachment_shelf(self.centre.config)
        if what == "backup":
            recipient = str(self._key.to_public())
            make_backup(self.centre.database, shelf, self._away, recipient, name="golden.age")
        elif what == "restore":
            self.centre.close()
            for file in self.folder.glob("centre.db*"):
                file.unlink()
            url = self.centre.config.database_url
            restore_backup(url, self._away, "golden.age", str(self._key), shelf,
                           clock=lambda: self.now)  # fmt: skip
            self.centre = self._open()
        else:
            database = self.centre.database
            with database.write() as conn:
                revoke(conn, database, id_of(what.removeprefix("revoke ")), timedelta(days=-1))

    def ask(self, asked: bytes) -> bytes:
        """Its answer to an envelope."""
        return answered_envelope(self.centre, asked)

    def close(self) -> None:
        self.centre.close()


class GoldenLaptop:
    """The rules of a laptop over a store in memory, the same each time."""

    def __init__(self, name: str) -> None:
        self.name, self.keys = name, keys_of(name)
        self.book = MemoryNotebook(name * 8)
        self.book.oid_of = self._oid
        self.now = START
        self.book.clock = lambda: int(self.now.timestamp() * 1000)  # type: ignore[method-assign]
        self._kept: Disk | None = None
        self._names = 1

    def _oid(self) -> str:
        areas = self.book.disk.areas.values()
        count = sum(len(s.ops) for area in areas for s in area.streams.values())
        return id_of(f"{self.book.device} {count} {self._names}")

    def fresh(self) -> str:
        self._names += 1
        return self.name * 7 + str(self._names)

    def act(self, what: str) -> None:
        """What happens to the laptop between two questions."""
        if what == "keep a copy":
            self._kept = self.book.disk.copy()
        elif what == "go back to the copy":
            assert self._kept is not None
            self.book.disk = self._kept.copy()
            self._names += 1
        elif what == "a row is spoiled":
            area = self.book.disk.areas[AREA]
            key = min(area.received)
            spoiled = area.received[key].copy()
            spoiled.fields = {**spoiled.fields, "moo": "spoiled"}
            area.received[key] = spoiled
        else:
            raise AssertionError(what)

    def remember(self, request: Request) -> None:
        """Have said what a recorded question of this laptop says."""
        for push in request.push:
            area = self.book._area(push.scope)
            stream = area.streams.setdefault(push.device, Stream(push.device))
            for n, op in enumerate(push.ops, push.first):
                if n == len(stream.ops) + 1:
                    self.book._append(push.scope, stream, op)
                    stamp = int(op.body["hlc"][:12], 16)
                    self.book.disk.hlc = max(self.book.disk.hlc, stamp)
                    key = op.body["kind"], op.body["id"]
                    seen = shown(self.book, push.scope, [key])[key]
                    self.book.show(push.scope, [seen])

    def take(self, answer: Answer) -> Outcome:
        return take_answer(self.book, answer, now=self.now.isoformat(), fresh=self.fresh)

    def state(self) -> dict[str, Any]:
        """What it knows, as plain values."""
        disk = self.book.disk
        return {
            "device": disk.device,
            "epoch": disk.epoch,
            "leases": [[one.office, one.kind, one.year, one.first, one.last]
                       for one in disk.leases],
            "notes": sorted([*key, detail] for key, detail in disk.notes.items()),
            "scopes": {scope: self._scope(scope) for scope in sorted(disk.areas)},
        }  # fmt: skip

    def _scope(self, scope: str) -> dict[str, Any]:
        area = self.book.disk.areas[scope]
        state = area.state
        return {
            "cursor": state.cursor, "head": state.head, "durable": state.durable,
            "granted": state.granted, "repair": state.repair,
            "digest": None if state.digest is None else f"{state.digest:016x}",
            "matches": state.digest == self.book.digest(scope),
            "streams": {
                one.device: [len(one.ops), one.chains[-1].hex(), one.acked, one.closed]
                for one in area.streams.values()
            },
            "shown": [_plain(area.shown[key]) for key in sorted(area.shown)],
            "received": [_plain(area.received[key]) for key in sorted(area.received)],
        }  # fmt: skip


def _plain(row: Row) -> list[Any]:
    texts = sorted([one.field, one.value, one.oid] for one in row.variants)
    return [row.kind, row.id, row.deleted, row.fields, texts]
