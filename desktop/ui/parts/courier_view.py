# SPDX-License-Identifier: Apache-2.0
"""Sending by a USB stick: what waits goes into a sealed file, and a receipt comes back.

What the file is, and what each step has really done, is said beside it: "you can take the stick
out" only when the file was read back from the stick, "received" only for what a receipt says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.model.sync import SyncState
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.icons import Icon
from desktop.ui.parts.sync_words import size_words, waiting_words
from desktop.ui.widgets.headed_card import head_card
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.actions.courier import Brought, Sealed
    from desktop.store.store import Store
    from desktop.ui.tasks import Cancelled, Task
    from desktop.ui.tasks import Progress as Told

_FILES = " (*.samut)"


class _Said(QFrame):
    """What the last step did, in a strip with an icon; hidden before the first."""

    said = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        self._icon = Icon("circle-check", "green", 20, self)
        self.words = Label("", parent=self)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        self.hide()

    def say(self, sentence: str, tone: str) -> None:
        """Say it: ``green`` what was done, ``amber`` what could not be."""
        self._icon.show_icon("circle-check" if tone == "green" else "triangle-alert", tone)
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.said.emit(self)


class CourierView(QWidget):
    """Two steps in the order they happen: write the file, read the receipt.

    ``told(strip)``: what one of them did stands in this strip now.
    """

    told = Signal(QWidget)

    def __init__(
        self, desk: Desk, write: QAction, read: QAction, parent: QWidget | None = None
    ) -> None:
        """``write`` and ``read`` are the page's actions; they sleep while one of them works."""
        super().__init__(parent)
        self._desk = desk
        self.write, self.read = write, read
        self._task: Task | None = None
        self._busy = self._with_photos = False
        self.waiting = Label("", parent=self)
        self.photos = Tick(_("Photos too"), checked=True, parent=self)
        self.busy = Progress(parent=self)
        self.written = _Said(self)
        self.brought = _Said(self)
        self.busy.cancelled.connect(self._stop)
        for strip in (self.written, self.brought):
            strip.said.connect(self.told)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(16)
        column.addWidget(
            self._card(
                _("1 · The file goes to the centre"), "usb",
                _(
                    "What the centre has not received is written into one file that only the "
                    "centre can open. Whoever carries the stick cannot read it. Carrying the "
                    "same file twice does no harm."
                ),
                self.waiting, self.photos, self.busy, self.written,
            )
        )  # fmt: skip
        column.addWidget(
            self._card(
                _("2 · The receipt comes back"), "download",
                _(
                    "The centre writes a receipt onto the stick. Until it is read here, what "
                    "was carried still counts as waiting, and is sent again with the next file "
                    "or the next connection."
                ),
                self.brought,
            )
        )  # fmt: skip
        column.addStretch(1)

    def _card(self, headline: str, icon: str, words: str, *parts: QWidget) -> QFrame:
        card = QFrame(self)
        card.setMaximumWidth(theme.scaled(900))
        column = head_card(card, headline, icon)
        column.addWidget(Label(words, tone="quiet", parent=card))
        for part in parts:
            column.addWidget(part)
        return card

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_state(self, state: SyncState) -> None:
        """Show what would go into the file."""
        words = _("{waiting} wait to be sent").format(waiting=waiting_words(state.waiting))
        if not state.waiting:
            words = _("Nothing waits to be sent")
        if state.photos:
            photos = ngettext("{count} photo waiting", "{count} photos waiting", state.photos)
            size = size_words(state.photo_bytes)
            words += f" · {photos.format(count=f'{state.photos:,}')} ({size})"
        self.waiting.setText(words)
        self.photos.setVisible(bool(state.photos))
        for action in (self.write, self.read):
            action.setEnabled(state.joined and not self._busy)
        if not state.joined:
            self.waiting.setText(
                _("Join the centre first: the file is sealed with the centre's key.")
            )

    def focus_first(self) -> None:
        """Onto the one thing that can be chosen here."""
        if not self.photos.isHidden():
            self.photos.setFocus()

    # ── the file ─────────────────────────────────────────────────────────────────────────────

    def choose_target(self) -> None:
        """Ask where the file goes."""

        def offer(name: str) -> None:
            chosen, _kind = QFileDialog.getSaveFileName(
                self, _("Where is the stick?"), name, _("Sealed file") + _FILES
            )
            if chosen:
                self.write_to(Path(chosen))

        def name(store: Store) -> str:
            from desktop.actions.courier import stick_name

            return stick_name(store)

        self._desk.look(self, name, offer)

    def write_to(self, path: Path) -> None:
        """Write the sealed file to ``path``."""
        desk = self._desk
        store, by = desk.store, desk.by
        photos = self._with_photos = self.photos.isChecked() and not self.photos.isHidden()

        def work(progress: Told, cancelled: Cancelled) -> Sealed | None:
            from desktop.actions.courier import write

            return write(store, by, path, photos=photos, progress=progress, cancelled=cancelled)

        self.written.hide()
        self.busy.start(_("Writing the sealed file and reading it back"))
        self._begin()
        self._task = desk.slow(self, work, self._then, self.busy.step, self._failed)

    def _then(self, done: Sealed | None) -> None:
        self._over()
        if done is None:
            self.written.say(_("Stopped. Nothing was left on the stick."), "amber")
            return
        what = _told(done.changes, done.photos) or _("a question for what is new at the centre")
        words = _(
            "You can take the stick out now. The file {name} was written and read back: {what}, "
            "{size}. It is received when its receipt is read here."
        )
        words = words.format(name=done.path.name, what=what, size=size_words(done.size))
        if done.left and self._with_photos:
            left = ngettext(
                "{count} photo had no room and waits for the next file.",
                "{count} photos had no room and wait for the next file.",
                done.left,
            )
            words = f"{words} {left.format(count=f'{done.left:,}')}"
        self.written.say(words, "green")

    def _failed(self, error: Exception) -> None:
        self._over()
        self._refuse(self.written, error)

    def _refuse(self, where: _Said, error: Exception) -> None:
        if isinstance(error, Problem):
            where.say(str(error), "amber")
        elif isinstance(error, OSError):
            where.say(
                _("It could not be saved there. Choose another folder or a USB stick."), "amber"
            )
        else:
            self._desk.fail(error)

    def _begin(self) -> None:
        self._busy = True
        self.show_state(self._desk.sync.state)

    def _over(self) -> None:
        self._task, self._busy = None, False
        self.busy.finish()
        self.show_state(self._desk.sync.state)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # ── the receipt ──────────────────────────────────────────────────────────────────────────

    def choose_receipt(self) -> None:
        """Ask which receipt."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Read a receipt"), "", _("Receipt") + _FILES
        )
        if chosen:
            self.read_from(Path(chosen))

    def read_from(self, path: Path) -> None:
        """Read the receipt in ``path``."""
        desk = self._desk
        store, by = desk.store, desk.by

        def work() -> Brought:
            from desktop.actions.courier import read_receipt

            return read_receipt(store, by, path, desk.sync.came)

        self.brought.hide()
        self._begin()
        desk.tasks.run("slow", self, work, self._read, self._not_read)

    def _read(self, done: Brought) -> None:
        self._over()
        if done.sentence:
            self.brought.say(done.sentence, "amber")
            return
        if not (done.received or done.photos or done.came):
            words = _("There is nothing new in this receipt. Nothing has changed.")
        else:
            what = _told(done.received, done.photos)
            received = _("The centre has received: {what}.").format(what=what) if what else ""
            came = ngettext(
                "{count} change came from the centre.",
                "{count} changes came from the centre.",
                done.came,
            ).format(count=f"{done.came:,}")
            words = " ".join(part for part in (received, came if done.came else "") if part)
        self.brought.say(words, "green")

    def _not_read(self, error: Exception) -> None:
        self._over()
        if isinstance(error, OSError):
            self.brought.say(_("This file cannot be read. Is the stick still in?"), "amber")
        else:
            self._refuse(self.brought, error)


def _told(changes: int, photos: int) -> str:
    """How many changes and photos, as far as there are any."""
    count = ngettext("{count} photo", "{count} photos", photos).format(count=f"{photos:,}")
    parts = (waiting_words(changes) if changes else "", count if photos else "")
    return " · ".join(part for part in parts if part)
