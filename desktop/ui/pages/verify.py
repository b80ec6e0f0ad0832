# SPDX-License-Identifier: Apache-2.0
"""Checking certificates (ตรวจสอบใบประกาศ): a scanner, a picture or a PDF, and no network.

One box takes what a scanner types, under the Thai layout too, and what is pasted. What was
checked is listed as long as the program runs and the same person sits here, and is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.proof import Verdict, check, check_many, complete
from desktop.actions.proof_address import proof_address
from desktop.i18n import N_, _
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.verify_files import Reading, local_files, read_files
from desktop.ui.parts.verify_keys import VerifyKeys
from desktop.ui.parts.verify_lists import VerifyLists
from desktop.ui.parts.verify_saving import choose_page
from desktop.ui.parts.verify_view import VerifyView
from desktop.ui.parts.verify_words import summary
from desktop.ui.tables.verify import NAME, PAGE, VERDICT, Checked, VerifyModel
from desktop.ui.tasks import Cancelled, Progress, Task
from desktop.ui.widgets.badge_cell import BadgeCell
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.desk_box import DeskBox
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.progress import Progress as ProgressBar
from desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from desktop.imports.scan import Seen

_REST: Final = 250
"""Milliseconds after the last digit of a scanner that sends no Enter."""
_KEPT: Final = 2_000
"""Lines of the list of what was checked."""
_BAD: Final = ("altered", "revoked", "withdrawn", "unknown", "damaged")


class VerifyPage(Page):
    """The page on which certificates are checked."""

    noun = "verify"
    word = N_("Check certificates")
    icon = "shield-check"
    watches = frozenset({"certificates", "proof_list", "office"})
    scrolls = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self.setAcceptDrops(True)
        choose = self.command(_("Choose a picture or PDF…"), self._choose, "F7", "file-up")
        self.primary = choose
        self.secondary = (
            self.command(_("Keys of this office"), self._open_keys, "F6", "key-round"),
            self.command(_("Lists of other offices"), self._open_lists, "F8", "list"),
            self.command(
                _("Save the page for everybody…"), self._choose_page, "F9", "download"
            ),
        )  # fmt: skip
        self._address = ""
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._rested)
        self.box = DeskBox(_("Scan the code on the certificate, or paste it"), self)
        self.box.entered.connect(self._entered)
        self.box.moved.connect(self._move)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(lambda _text: self._resting.start())
        self.view = VerifyView(self)
        self.progress = ProgressBar(parent=self)
        self.progress.cancelled.connect(self._cancel)
        self.empty = Empty(
            "scan-line",
            _("Hold the code under the scanner"),
            _(
                "Or drop a picture or a PDF of certificates here, or paste a copied picture with "
                "Ctrl+V. Everything is checked on this computer; nothing is sent anywhere."
            ),
            parent=self,
        )
        self._make_list()
        self._lay_out()
        desk.by_changed.connect(lambda _by: self.clear())

    def _make_list(self) -> None:
        self.model = VerifyModel(self)
        self.table = Table(
            _("Checked so far"), self.model, widths=(160, 0, 104, 64), stretch=NAME,
            parent=self,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(VERDICT, BadgeCell(self.table))
        self.table.moved.connect(self._show_row)
        self.tally = Label("", weight=600, parent=self)
        self.forget = Button(
            _("Clear the list"), self.clear, kind="quiet", icon="eraser", parent=self
        )

    def _lay_out(self) -> None:
        side = QWidget(self)
        head = QHBoxLayout()
        head.addWidget(self.tally, 1)
        head.addWidget(self.forget)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        found = QWidget(self)
        both = QHBoxLayout(found)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(20)
        both.addWidget(self.view, 4)
        both.addWidget(side, 3)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(found)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 12)
        column.setSpacing(12)
        column.addWidget(self.box)
        column.addWidget(self.progress)
        column.addWidget(self._stack, 1)

    # ── the page ─────────────────────────────────────────────────────────────────────────────

    def title(self) -> str:
        return _("Check certificates")

    def subtitle(self) -> str:
        if not self._address:
            return _("Works without a network")
        return _("Works without a network. Telephones that scan a code open {page}").format(
            page=self._address.removeprefix("https://").removesuffix("#")
        )

    def place(self) -> str:
        return "certificates"

    def arrive(self, what: object) -> None:
        if isinstance(what, str) and what:
            self._check(what)
        self.box.setFocus()

    def search(self) -> None:
        self.box.setFocus()
        self.box.selectAll()

    def back(self) -> bool:
        self.leave.emit()
        return True

    def reload(self) -> None:
        """A certificate was voided or a list came: what is listed is judged anew."""
        self.desk.look(self, proof_address, self._show_address, latest="address")
        rows = self.model.rows
        texts = tuple(row.text for row in rows if row.text)
        if not texts:
            return

        def then(verdicts: tuple[Verdict, ...]) -> None:
            if self.model.rows is rows:
                judged = iter(verdicts)
                again = [replace(row, verdict=next(judged)) if row.text else row for row in rows]
                self._hold(again, self.table.currentIndex().row())

        self.desk.look(self, lambda store: check_many(store, texts), then, latest="again")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.box.setFocus)

    def end(self) -> None:
        self._stop()

    def clear(self) -> None:
        """Forget everything that was checked."""
        self._stop()
        self._hold([], -1)
        self.box.setFocus()

    def _show_address(self, address: str) -> None:
        if address != self._address:
            self._address = address
            self.header_changed.emit()

    # ── what others check by ─────────────────────────────────────────────────────────────────

    def _open_keys(self) -> None:
        VerifyKeys(self, self.desk).open()

    def _open_lists(self) -> None:
        VerifyLists(self, self.desk).open()

    def _choose_page(self) -> None:
        choose_page(self, self.desk)

    # ── scanning ─────────────────────────────────────────────────────────────────────────────

    def _entered(self, text: str) -> None:
        self._resting.stop()
        if text.strip():
            self.box.clear()
            self._check(text)

    def _move(self, step: int) -> None:
        """Arrows go through what was checked, page keys through what is shown."""
        if abs(step) == 1:
            self.table.go_to(self.table.currentIndex().row() + step)
        else:
            self.view.turn(step)

    def _rested(self) -> None:
        """A scanner that sends no Enter is done when the code is whole."""
        if complete(self.box.text()):
            self._entered(self.box.text())

    def _check(self, text: str) -> None:
        def then(verdict: Verdict) -> None:
            self._add([Checked(verdict, text=text)])

        self.desk.look(self, lambda store: check(store, text), then)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+V in the box takes a copied picture or copied files too."""
        if (
            watched is self.box
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            return self._takes(QGuiApplication.clipboard().mimeData(), pasted=True)
        return bool(super().eventFilter(watched, event))

    # ── files ────────────────────────────────────────────────────────────────────────────────

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._takes(event.mimeData()):
            event.acceptProposedAction()

    def _takes(self, said: QMimeData, *, pasted: bool = False) -> bool:
        """Check what is dropped or pasted, if it is files or a picture."""
        if paths := local_files(said):
            self.read_files(paths)
        elif said.hasImage() and not (pasted and said.hasText()):
            self._read_copied(QImage(said.imageData()))
        else:
            return False
        return True

    def _choose(self) -> None:
        from desktop.imports.scan import PICTURES

        kinds = " ".join(f"*{ending}" for ending in (".pdf", *PICTURES))
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, _("Picture or PDF of certificates"), "", f"{_('Pictures and PDFs')} ({kinds})"
        )
        if chosen:
            self.read_files(tuple(map(Path, chosen)))

    def read_files(self, paths: tuple[Path, ...]) -> None:
        """Check every code on every page of pictures and PDFs."""
        self._read(lambda progress, cancelled: read_files(paths, progress, cancelled))

    def _read_copied(self, image: QImage) -> None:
        """Check the codes of a picture that was copied: of a chat, of another window."""
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        pixels, stride = bytes(grey.constBits()), grey.bytesPerLine()
        width, height = grey.width(), grey.height()

        def work(_progress: Progress, _cancelled: Cancelled) -> Reading:
            from desktop.imports.scan import read_copied

            return Reading(read_copied(pixels, width, height, stride))

        self._read(work)

    def _read(self, work: Callable[[Progress, Cancelled], Reading]) -> None:
        self._stop()

        def step(done: int, pages: int) -> None:
            if self._task is task:
                self.progress.step(done, pages)

        def then(found: Reading) -> None:
            if self._over(task):
                self._check_all(found.seen)
                if found.trouble is not None:
                    self.desk.fail(found.trouble)

        def failed(error: Exception) -> None:
            if self._over(task):
                self.desk.fail(error)

        self.progress.start(_("Looking for codes"))
        task = self.desk.slow(self, work, then, step, failed)
        self._task = task

    def _check_all(self, seen: tuple[Seen, ...]) -> None:
        texts = tuple(one.text for one in seen if one.text)

        def then(verdicts: tuple[Verdict, ...]) -> None:
            judged = iter(verdicts)
            self._add(
                [Checked(next(judged) if one.text else None, one.page, one.text) for one in seen]
            )

        self.desk.look(self, lambda store: check_many(store, texts), then)

    def _cancel(self) -> None:
        """Stop reading, and keep what was read."""
        if self._task is not None:
            self._task.cancel()

    def _stop(self) -> None:
        """Stop reading, and want no answer."""
        self._cancel()
        self._task = None
        self.progress.finish()

    def _over(self, task: Task) -> bool:
        """Whether the answer of this reading is still waited for."""
        if self._task is not task:
            return False
        self._task = None
        self.progress.finish()
        return True

    # ── what was checked ─────────────────────────────────────────────────────────────────────

    def _add(self, new: list[Checked]) -> None:
        """Show these over what was there; of several the first that is not well is shown."""
        if not new:
            return
        bad = (
            place
            for place, row in enumerate(new)
            if row.verdict is not None and row.verdict.outcome in _BAD
        )
        self._hold([*new, *self.model.rows][:_KEPT], next(bad, 0))
        self.box.setFocus()

    def _hold(self, rows: list[Checked], place: int) -> None:
        self.model.hold(tuple(rows))
        self.table.setColumnHidden(PAGE, all(not row.page for row in rows))
        self._stack.setCurrentIndex(1 if rows else 0)
        self.tally.setText(summary(row.verdict for row in rows))
        self.table.go_to(max(0, place))
        self._show_row(max(0, place))

    def _show_row(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.view.show_verdict(row.verdict, row.page)
