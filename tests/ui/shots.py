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
os.environ["TZ"] = "Asia/Bangkok"  # moments are shown as they were there

from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.actions import demo
from desktop.actions.courier import Brought, Sealed
from desktop.actions.done import Done
from desktop.actions.joining import Joined
from desktop.i18n import _
from desktop.settings import Settings, write_settings
from desktop.store import draft, event, household, visit
from desktop.store.store import Store
from desktop.ui.joining import JoinDialog
from desktop.ui.pages.designer import Designer
from desktop.ui.pages.register import RegisterPage
from desktop.ui.pages.sync import SyncPage
from desktop.ui.pages.verify import VerifyPage
from desktop.ui.signin import SignIn
from desktop.ui.start import Start
from desktop.ui.widgets.notice import Notice
from desktop.ui.widgets.page_view import PageView
from desktop.ui.widgets.progress import Progress
from tests.ui import certificate_scene
from tests.ui.hall_scene import HALLS, StillSide, hall_view, seen_twice
from tests.ui.shot_list import (
    DIALOGS,
    FIELD,
    NOON,
    PAGES,
    README,
    RUNS,
    SYNC,
    noun_of,
)
from tests.ui.sync_scene import synced, with_questions

SCREENS: Final = Path(__file__).parents[1] / "golden" / "screens"
MORNING: Final = datetime(2019, 3, 2, 10, 5, tzinfo=timezone(timedelta(hours=7)))
CLOSING: Final = MORNING.replace(month=3, day=3, hour=12, minute=10)
"""Before the certificates are handed over: everybody's standing is known."""
TRAINING: Final = "อพม.น้อย"
HIGHLAND: Final = "นวัตกรทางสังคมในชุมชน"
_PATIENCE: Final = 30.0
Scene = Callable[[Store, str, datetime], None]


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
        self._sought = ""
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
        now = CLOSING if page in NOON else MORNING
        if now != self.now:
            self.now = now
            frame._ask_hand()  # as it does every minute
        self.take(HIGHLAND if page in FIELD else TRAINING)
        self._prepare(page)
        frame.show_page(noun_of(page), self._what(page))
        self.rest()
        if page in ("checkin", "twice"):
            # As it looks while somebody is being found.
            (box,) = (w for w in frame.findChildren(QLineEdit) if w.objectName() == "desk_search")
            box.clear()
            put(box, self._sought if page == "twice" else "ศรี")
            self.rest()
        self._finish(page)
        self.until(lambda: not self._makes_pages())
        for said in frame.findChildren(Notice):
            said.clear()  # of another page, or gone after a few seconds
        self.rest()
        if page in DIALOGS:
            self._save_dialog(page, path)
        else:
            self.save(path)

    def _makes_pages(self) -> bool:
        """Whether paper is still on its way to the screen."""
        window = self.start.window
        views = [one for one in window.findChildren(PageView) if one.isVisible()]
        bars = [one for one in window.findChildren(Progress) if one.isVisible()]
        tables = [one for one in window.findChildren(Designer) if one.isVisible() and one.editing]
        return (
            bool(bars) or any(one.busy for one in views) or any(one.editor.busy for one in tables)
        )

    def save(self, path: Path) -> None:
        """Keep what the window shows, as small as PNG can hold it whole."""
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        self.start.window.grab().save(held, "PNG")
        image = Image.open(io.BytesIO(held.data().data())).convert("RGB")
        image.save(path, optimize=True)

    def _what(self, page: str) -> object:
        """What of a page is to be shown: the family with two visits, the form half filled."""
        desk = self.start.desk
        assert desk is not None
        with desk.store.read() as conn:
            if page == "family":
                houses = [one.household.id for one in household.find_households(conn, "")]
                return max(houses, key=lambda one: len(visit.dimensions(conn, desk.by, one)))
            if page == "record":
                return draft.drafts(conn, desk.by)[0].id
        if page == "designing":
            return {"template": "completion"}
        return "map" if page == "map" else SYNC.get(page)

    def _prepare(self, page: str) -> None:
        """Bring the store to what a page of sending tells of, and the hall to its moment."""
        desk = self.start.desk
        assert desk is not None
        self._stand(page)
        scenes: dict[str, tuple[Scene, ...]] = dict.fromkeys(RUNS, (synced,)) | dict.fromkeys(
            ("texts", "combined", "aside"), (synced, with_questions)
        )
        scenes |= dict.fromkeys(("register", "stage", "verify"), (self._issue,))
        scenes["claims"] = (self._pay,)
        for scene in scenes.get(page, ()):
            if scene not in self._played:
                self._played.append(scene)
                scene(desk.store, desk.by, self.now)
        desk.sync.stop()
        desk.sync.look()
        self.rest()
        next_at = self.now + timedelta(minutes=7)
        run = RUNS.get(page, RUNS["sync"])
        sentence = run.sentence and _(run.sentence)
        desk.sync.run = replace(run, next_at=next_at, sentence=sentence)
        desk.sync.told.emit()
        if page in SYNC and desk.sync.state.joined:
            desk.changed.emit(frozenset({"sync"}))
            self.rest()

    def _issue(self, store: Store, by: str, now: datetime) -> None:
        desk = self.start.desk
        assert desk is not None
        certificate_scene.issued(store, by, desk.event_id, now)

    def _pay(self, store: Store, by: str, _now: datetime) -> None:
        desk = self.start.desk
        assert desk is not None
        certificate_scene.claimed(store, by, desk.event_id)

    def _stand(self, page: str) -> None:
        """Let the hall stand as the picture shows it, or be no more."""
        desk = self.start.desk
        assert desk is not None
        side = None
        if page in HALLS or page == "twice":
            name = "hall" if page == "twice" else page
            view = hall_view(name, desk.store, desk.event_id, self.now)
            side = StillSide(view)
            if seen_twice not in self._played:
                self._played.append(seen_twice)
                self._sought = seen_twice(desk.store, desk.by, desk.event_id, self.now)
        desk.hall._side = side  # type: ignore[assignment]
        desk.hall.look()
        if side is not None:
            desk.changed.emit(frozenset({"attendance"}))
            self.rest()

    def _finish(self, page: str) -> None:
        """What a person does on the page before the picture."""
        frame, desk = self.start.frame, self.start.desk
        assert frame is not None
        assert desk is not None
        if page == "clock":
            desk.sync.state = replace(desk.sync.state, offset=3.1e7)
            desk.sync.told.emit()
        if page == "designing":
            found = frame.page_of("designer")
            assert isinstance(found, Designer)
            found.editor.bench.choose(frozenset({"recipient"}))
        if page == "register":
            found = frame.page_of("register")
            assert isinstance(found, RegisterPage)
            found.table.go_to(13)  # beside numbers that were not used
        if page == "verify":
            found = frame.page_of("verify")
            assert isinstance(found, VerifyPage)
            found.clear()
            for text in certificate_scene.codes(desk.store, desk.event_id):
                scan(found.box, text)
                self.rest()
        if page in ("combined", "usb_done", "usb_full"):
            found = frame.page_of("sync")
            assert isinstance(found, SyncPage)
            if page == "combined":
                found.texts.card._clear_choice()
                found.texts.card.combine.click()
            elif page == "usb_done":
                file = Path("samut-63-2562-03-02.samut")
                found.usb._then(Sealed(file, 12, 2, 96_400))
                found.usb._read(Brought(12, 2, 30))
            else:
                found.usb.brought.hide()
                found.usb._failed(OSError())
            self.rest()

    def _save_dialog(self, page: str, path: Path) -> None:
        desk = self.start.desk
        assert desk is not None
        asked = JoinDialog(self.start.window, desk)
        asked.open()
        if page == "joined":
            said = Joined("ศูนย์ข้อมูลจังหวัดตาก", "พมจ.ตาก", ("ธิดา ใจดี",), ("63", "5801"))
            asked._then(Done(value=said, changed=frozenset()))
        self.rest()
        asked.grab().save(str(path))
        asked.reject()
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


def scan(edit: QLineEdit, text: str) -> None:
    """Type as a scanner does."""
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; 0 when all were taken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--to", type=Path, help="every page in every dress, into this folder")
    arguments.add_argument("--pages", default=",".join(PAGES))
    given = arguments.parse_args(argv)
    time.tzset()
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
