# SPDX-License-Identifier: Apache-2.0
"""The pictures of the README, taken from the real window over the demonstration store.

    python -m tests.ui.shots            writes tests/golden/screens/*.png
    python -m tests.ui.shots --to DIR   every page, Thai and English, light and dark, two sizes

The clock stands on the third morning of the four-day training (for the certificates, on the last
noon), for which the demonstration is built, and everything shown is made up (the people of the
sample events carry numbers of registrar 99xx, which nobody has).
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.actions import demo
from desktop.model.sync import SyncRun
from desktop.settings import Settings, write_settings
from desktop.store import draft, event, household, visit
from desktop.ui.signin import SignIn
from desktop.ui.start import Start
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.progress import Progress
from tests.ui.sync_scene import synced, with_questions

SCREENS: Final = Path(__file__).parents[1] / "golden" / "screens"
MORNING: Final = datetime(2019, 3, 2, 10, 5, tzinfo=timezone(timedelta(hours=7)))
CLOSING: Final = MORNING.replace(month=3, day=3, hour=12, minute=10)
"""Before the certificates are handed over: everybody's standing is known."""
TRAINING: Final = "อพม.น้อย"
HIGHLAND: Final = "นวัตกรทางสังคมในชุมชน"
PAGES: Final = (
    "today",
    "events",
    "checkin",
    "roster",
    "presence",
    "back_entry",
    "certificates",
    "paper",
    "household",
    "family",
    "map",
    "record",
    "cases",
    "activity",
    "settings",
    "unjoined",
    "sync",
    "texts",
    "aside",
    "usb",
)
SYNC: Final = {"unjoined": "state", "sync": "state"} | {
    name: name for name in ("texts", "aside", "usb")
}
"""Pages that are a tab of the page of sending; before and after this computer joined a centre."""
FIELD: Final = ("household", "family", "map", "record", "cases", "activity")
"""Pages of the field work; ``family`` and ``map`` are the page ``household`` turned to them."""
README: Final = (
    ("today", "th", "light"),
    ("events", "th", "light"),
    ("roster", "th", "light"),
    ("checkin", "th", "light"),
    ("presence", "th", "dark"),
    ("back_entry", "th", "light"),
    ("certificates", "th", "light"),
    ("paper", "th", "light"),
    ("family", "th", "light"),
    ("record", "th", "light"),
    ("cases", "th", "light"),
    ("map", "th", "light"),
    ("settings", "en", "dark"),
)
_PATIENCE: Final = 30.0


class Camera:
    """One window over a copy of the demonstration store."""

    def __init__(self, app: QApplication, store: Path, settings: Settings) -> None:
        self._app = app
        self._folder = tempfile.TemporaryDirectory(prefix="samut-shots-")
        profile = Path(self._folder.name) / "profile"
        shutil.copytree(store, profile)
        write_settings(profile, settings)
        self.now = MORNING
        self._played: list[object] = []
        self.start = Start(app, profile, clock=lambda: self.now)
        self.start.begin()

    def unlock(self, passphrase: str) -> None:
        sign = self.start.window.shown()
        assert isinstance(sign, SignIn), sign
        self.until(lambda: bool(sign.chosen()))
        put(sign.passphrase, passphrase)
        QTest.keyClick(sign.passphrase, Qt.Key.Key_Return)
        self.until(lambda: self.start.frame is not None)
        self.rest()

    def take(self, part_of_name: str) -> None:
        """Take the event in hand whose name or programme holds these words."""
        desk = self.start.desk
        assert desk is not None
        with desk.store.read() as conn:
            found = [
                row.event.id
                for row in event.events(conn)
                if part_of_name in f"{row.event.name} {row.programme_name}"
            ]
        if desk.event_id != found[0]:
            desk.take_event(found[0])
            self.rest()

    def picture(self, page: str, size: tuple[int, int], path: Path) -> None:
        frame = self.start.frame
        assert frame is not None
        self.start.window.resize(*size)
        self.now = CLOSING if page in ("certificates", "paper") else MORNING
        self.take(HIGHLAND if page in FIELD else TRAINING)
        self._prepare(page)
        noun = "household" if page in ("family", "map") else "sync" if page in SYNC else page
        frame.show_page(noun, self._what(page))
        self.rest()
        if page == "checkin":
            # As it looks while somebody is being found.
            (box,) = (w for w in frame.findChildren(QLineEdit) if w.objectName() == "desk_search")
            box.clear()
            put(box, "ศรี")
            self.rest()
        self.until(lambda: not self._makes_pages())
        self.rest()
        self.save(path)

    def _makes_pages(self) -> bool:
        """Whether paper is still on its way to the screen."""
        window = self.start.window
        views = [one for one in window.findChildren(PageView) if one.isVisible()]
        bars = [one for one in window.findChildren(Progress) if one.isVisible()]
        return bool(bars) or any(one.busy for one in views)

    def save(self, path: Path) -> None:
        """Keep what the window shows, as small as PNG can hold it whole."""
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        self.start.window.grab().save(held, "PNG")
        image = Image.open(io.BytesIO(held.data().data())).convert("RGB")
        image.save(path, optimize=True)

    def _what(self, page: str) -> str | None:
        """What of a page is to be shown: the family with two visits, the form half filled."""
        desk = self.start.desk
        assert desk is not None
        with desk.store.read() as conn:
            if page == "family":
                houses = [one.household.id for one in household.find_households(conn, "")]
                return max(houses, key=lambda one: len(visit.dimensions(conn, desk.by, one)))
            if page == "record":
                return draft.drafts(conn, desk.by)[0].id
        return "map" if page == "map" else SYNC.get(page)

    def _prepare(self, page: str) -> None:
        """Bring the store to what a page of sending tells of."""
        desk = self.start.desk
        assert desk is not None
        scenes = {"sync": (synced,), "texts": (synced, with_questions)}
        for scene in scenes.get(page, ()):
            if scene not in self._played:
                self._played.append(scene)
                scene(desk.store, desk.by, self.now)
        desk.sync.stop()
        desk.sync.look()
        self.rest()
        if page == "sync":
            desk.sync.run = SyncRun(outcome="ok", next_at=self.now + timedelta(minutes=7))
        desk.sync.told.emit()
        if page in SYNC and desk.sync.state.joined:
            desk.changed.emit(frozenset({"sync"}))
            self.rest()

    def rest(self) -> None:
        """Until what was begun in the background has been shown."""
        desk = self.start.desk
        assert desk is not None
        for lane in ("store", "reader", "slow", "slow", "reader"):
            answered: list[object] = []
            desk.tasks.run(lane, desk, lambda: None, answered.append)  # type: ignore[arg-type]
            self.until(lambda a=answered: bool(a))
        self._turn(0.25)

    def until(self, so: Callable[[], bool]) -> None:
        late = time.monotonic() + _PATIENCE
        while not so():
            if time.monotonic() > late:
                raise TimeoutError("the window did not get there")
            self._turn(0.01)

    def _turn(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            self._app.processEvents()
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if time.monotonic() >= end:
                return
            time.sleep(0.002)

    def close(self) -> None:
        self.start.window.close()
        self.start.window.deleteLater()
        self.start.deleteLater()
        self._turn(0.05)
        self._folder.cleanup()


def put(edit: QLineEdit, text: str) -> None:
    """Type as an input method does."""
    said = QInputMethodEvent()
    said.setCommitString(text)
    QApplication.sendEvent(edit, said)


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; 0 when all were taken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--to", type=Path, help="every page in every dress, into this folder")
    arguments.add_argument("--pages", default=",".join(PAGES))
    given = arguments.parse_args(argv)
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="samut-shots-") as folder:
        store = Path(folder) / "demo"
        keys = demo.build_demo(store, lambda: MORNING)
        wanted = (
            README
            if given.to is None
            else tuple(product(given.pages.split(","), ("th", "en"), ("light", "dark")))
        )
        sizes = [(1366, 768)] if given.to is None else [(1366, 768), (1093, 614)]
        target = given.to or SCREENS
        target.mkdir(parents=True, exist_ok=True)
        for language, theme in sorted({(language, theme) for _page, language, theme in wanted}):
            settings = replace(Settings(), language=language, theme=theme, lock_after_minutes=0)
            camera = Camera(app, store, settings)
            camera.start.window.resize(1366, 768)
            if (given.to is None and language == "th" and theme == "light") or given.to:
                camera.until(lambda c=camera: bool(c.start.window.shown().chosen()))
                name = "unlock.png" if given.to is None else f"unlock_{language}_{theme}.png"
                camera.save(target / name)
            camera.unlock(keys.passphrase)
            for page, its_language, its_theme in wanted:
                if (its_language, its_theme) != (language, theme):
                    continue
                for size in sizes:
                    name = (
                        f"{page}.png"
                        if given.to is None
                        else f"{page}_{language}_{theme}_{size[0]}.png"
                    )
                    camera.picture(page, size, target / name)
            camera.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
