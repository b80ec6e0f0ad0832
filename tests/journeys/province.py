# SPDX-License-Identifier: Apache-2.0
"""A province: its centre, which comes and goes, and the laptops of its facilitators.

The centre is uvicorn over TLS on one address for the whole story; away from it there is no
network. Its clock is the story's, as every laptop's is.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Final

import pyrage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.actions import office
from desktop.actions.joining import Joined
from desktop.actions.sync import Joined as Centred
from desktop.actions.sync import joined
from desktop.centre.account import Office as CentreOffice
from desktop.centre.account import keep_office, offices
from desktop.centre.backup import make_backup
from desktop.centre.centre import Centre, attachment_shelf, backup_shelf, open_centre
from desktop.centre.config import (
    BackupSection,
    CentreSection,
    Config,
    ListenSection,
)
from desktop.centre.joining_code import make_code
from desktop.centre.ledger import CentreLedger
from desktop.centre.serving import served_beside
from desktop.command import centre_backup
from desktop.model.facilitator import Facilitator, Office
from desktop.model.sync import SyncRun
from desktop.store import sync_state
from desktop.store.store import Store
from desktop.sync.invitation import Invitation
from desktop.sync.row import Row, digest, row_hash
from desktop.ui.joining import JoinDialog
from desktop.ui.pages.sync import TABS, SyncPage
from desktop.ui.sync_lane import SyncLane
from tests.centre.running import EVERY_LIMIT, founded_centre
from tests.journeys import steps
from tests.journeys.hand import Hand, Watch, open_window

OFFICE: Final = "office-tak"
NAME: Final = "พมจ. ตาก"


class ProvinceCentre:
    """The centre; ``open`` and ``close`` are the network coming and going."""

    def __init__(self, folder: Path, watch: Watch) -> None:
        self.watch = watch
        self._stack = ExitStack()
        with socket.create_server(("127.0.0.1", 0)) as found:
            self.port: int = found.getsockname()[1]
        identity = pyrage.x25519.Identity.generate()
        self.key = folder.with_name("backup.key")
        self.key.write_text(str(identity), "utf-8")
        self.away = folder.with_name("away")
        self.config = Config(
            folder, CentreSection("ศูนย์จังหวัดตาก", f"https://127.0.0.1:{self.port}"),
            ListenSection(port=self.port, stop_seconds=1), limits=EVERY_LIMIT,
            backup=BackupSection(str(self.away), str(identity.to_public())),
        )  # fmt: skip
        founded_centre(folder, self.config)
        self._centre: Centre | None = None

    @property
    def centre(self) -> Centre:
        assert self._centre is not None, "the centre is away"
        return self._centre

    def open(self) -> None:
        """It can be reached from now on."""
        self._centre = open_centre(self.config.folder, lambda: self.watch().astimezone(UTC))
        self._stack.callback(self._centre.close)
        listening = socket.create_server(("127.0.0.1", self.port))
        self._stack.callback(listening.close)
        self._stack.enter_context(served_beside(self._centre, listening))

    def close(self) -> None:
        """Nobody reaches it."""
        self._stack.close()
        self._centre = None

    @contextmanager
    def at_hand(self) -> Iterator[Centre]:
        """Its database, whether it is reached or not."""
        if self._centre is not None:
            yield self._centre
            return
        with closing(open_centre(self.config.folder)) as centre:
            yield centre

    def link(self, *areas: str) -> str:
        """What the QR of a fresh joining code says."""
        database = self.centre.database
        with database.write() as conn:
            if OFFICE not in {one.id for one in offices(conn)}:
                keep_office(conn, database, CentreOffice(OFFICE, NAME, "63"))
            code, _kept = make_code(
                conn, database, office=OFFICE, role="facilitator", areas=areas, name="", by="test"
            )
        return Invitation(self.config.centre.address, code, self.centre.pin).link

    def back_up(self) -> str:
        """Make a backup; its name."""
        with self.at_hand() as centre:
            return make_backup(
                centre.database, attachment_shelf(self.config), backup_shelf(self.config),
                self.config.backup.recipient,
            ).name  # fmt: skip

    def burn_and_restore(self, name: str) -> None:
        """All that was here is lost; the staff bring a backup back."""
        assert self._centre is None, "stop it first"
        for file in self.config.folder.glob("centre.db*"):
            file.unlink()
        shutil.rmtree(self.config.place(self.config.attachments.folder), ignore_errors=True)
        told = argparse.Namespace(folder=self.config.folder, key=self.key, name=name, source=None)
        assert centre_backup.restore(told) == 0

    def lost_files(self) -> list[str]:
        """Files that records name and that are not here as they are named."""
        named = {
            str(row.fields["sha256"])
            for rows in self.rows().values()
            for row in rows.values()
            if row.kind == "attachment" and not row.deleted
        }
        lost = []
        with self.at_hand() as centre:
            for name in sorted(named):
                whole = centre.attachments.size(name) is not None
                data = b"".join(centre.attachments.open(name)) if whole else b""
                if hashlib.sha256(data).hexdigest() != name:
                    lost.append(name)
        assert named, "there are no files"
        return lost

    def rows(self) -> dict[str, dict[tuple[str, str], Row]]:
        """Every row of every scope."""
        with self.at_hand() as centre:
            ledger = CentreLedger(centre.database)
            with centre.database.read() as conn:
                names = [
                    str(one) for one in conn.exec_driver_sql("SELECT scope FROM scope").scalars()
                ]
            return {name: {row.key: row for row in ledger.whole(name)} for name in names}


@dataclass
class Laptop:
    """A facilitator's laptop, and the window on it while it is open."""

    app: QApplication
    folder: Path
    name: str
    watch: Watch
    by: str = ""
    hands: list[Hand] = field(default_factory=list)

    def found(self) -> None:
        """Founded by hand, weeks before anybody spoke of a centre."""
        home = Office("", f"ศูนย์ของ{self.name}", "63")
        store, _code = office.found(
            self.folder, home, Facilitator("", self.name, "นักพัฒนาสังคม"), steps.PASSPHRASE,
            label=self.name.partition(" ")[0], clock=self.watch,
        )  # fmt: skip
        store.close()
        self.by = office.who_may(self.folder)[0].facilitator_id

    @contextmanager
    def window(self) -> Iterator[Hand]:
        """The window, opened and unlocked, closed at the end."""
        hand = open_window(self.app, self.folder, self.watch)
        hand.unlock(steps.PASSPHRASE)
        self.hands.append(hand)
        try:
            yield hand
        finally:
            self.hands.remove(hand)
            hand.close()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Its store, while no window is open on it."""
        assert not self.hands
        unlocked = office.unlock(self.folder, self.by, steps.PASSPHRASE, clock=self.watch)
        with closing(unlocked) as store:
            yield store

    def centred(self) -> Centred:
        """What it knows of its centre."""
        with self.store() as store:
            found = joined(store)
        assert found is not None
        return found


# ── at the page of sending ───────────────────────────────────────────────────────────────────


def join(hand: Hand, link: str) -> Joined:
    """Scan the code of the centre and say that sending may begin."""
    hand.go("Sending")
    hand.press("Join the centre…")
    hand.until(lambda: isinstance(hand.window, JoinDialog), "nobody asked for the code")
    asked = hand.window
    assert isinstance(asked, JoinDialog)
    line = hand.find(QLineEdit, "Code of the centre")
    hand.into(line, link)
    hand.key(Qt.Key.Key_Return, on=line)
    hand.until(lambda: asked.joined is not None or asked._wrong.text(), "no answer to the code")
    assert asked.joined is not None, asked._wrong.text()
    hand.click(asked.verb)
    hand.until(lambda: hand.frame.page.desk.sync.state.joined, "it has not joined")
    hand.settle()
    return asked.joined


def send(hand: Hand, *, reached: bool = True) -> None:
    """F9 on the page of sending, until the round is over and all that came is shown."""
    lane = hand.frame.page.desk.sync
    to_tab(hand, "state")
    hand.until(
        lambda: lane.state.joined and not lane.run.busy and not lane.looking,
        "sending never ended",
    )
    for _turn in range(4):  # what came may ask to be sent: a text that was salvaged
        before = lane.run
        hand.key(Qt.Key.Key_F9, on=hand.frame.page)
        hand.until(partial(_over, lane, before), "nothing was sent")
        hand.until(lambda: not lane.looking, "never looked")
        if not reached or not lane.state.waiting:
            break
    assert lane.run.outcome == ("ok" if reached else "offline"), lane.run
    hand.until(lambda: not lane._teller.isActive(), "what came was never told to the pages")
    hand.until(lambda: not lane.looking, "never looked")
    hand.settle()


def _over(lane: SyncLane, before: SyncRun) -> bool:
    return lane.run is not before and not lane.run.busy and bool(lane.run.outcome)


def to_tab(hand: Hand, name: str) -> SyncPage:
    """Turn to a part of the page of sending: ``state``, ``texts``, ``aside`` or ``usb``."""
    if not isinstance(hand.frame.page, SyncPage):
        hand.go("Sending")
    page = hand.frame.page
    assert isinstance(page, SyncPage)
    where = page.tabs.tabRect([*TABS].index(name)).center()
    QTest.mouseClick(page.tabs, Qt.MouseButton.LeftButton, pos=where)
    hand.settle()
    return page


# ── what lies where ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Held:
    """What a laptop has of a scope."""

    digest: int
    counted: int
    """The digest over the rows that are really there."""
    waiting: int
    coming: int


def held(store: Store) -> dict[str, Held]:
    """By scope, of those it is served."""
    with store.read() as conn:
        return {
            one.scope: Held(
                one.digest or 0, sync_state.recounted(conn, one.scope), one.saved, one.coming
            )
            for one in sync_state.state(conn).areas
        }


def words_of(store: Store) -> str:
    """Every value of every table, for looking for what may not be there."""
    with store.read() as conn:
        names = conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).scalars()
        return "\n".join(
            str(tuple(row))
            for name in names.all()
            for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"')
        )


def digests(rows: dict[str, dict[tuple[str, str], Row]]) -> dict[str, int]:
    """The centre's rows, each scope as one number."""
    return {scope: digest(map(row_hash, held.values())) for scope, held in rows.items()}
