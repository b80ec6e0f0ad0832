# SPDX-License-Identifier: Apache-2.0
"""A file that is no photograph: a scanned letter as PDF, a sound, a film."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.errors import Problem, Refused
from desktop.i18n import _
from desktop.model.attachment import kind_of_bytes
from desktop.ui.forms import photo_making
from desktop.ui.forms.keeping import Content, in_background, keep
from desktop.ui.forms.question import Question
from desktop.ui.icons import Icon
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.ui.tasks import Task

_MOST: Final = 25_000_000
"""Bytes: more would take hours over a telephone line."""
_ENDINGS: Final = {
    "audio": "*.mp3 *.m4a *.ogg *.wav",
    "video": "*.mp4 *.webm",
    "": "*.pdf *.mp3 *.m4a *.ogg *.wav *.mp4 *.webm *.jpg *.jpeg *.png",
}
_KINDS: Final = {"audio": "sound", "video": "film"}


class FileQuestion(Question):
    """``upload`` of anything but an image. The answer is the name the store made."""

    stretches = True

    def make_editor(self) -> QWidget:
        self._name_shown = ""
        self._sizes: dict[str, int] = {}
        self._locked = False
        self._task: Task | None = None
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon = Icon("file-text", "quiet", 24, holder)
        self.facts = Label("", wrap=False, parent=holder)
        self.choose = Button("", self.choose_file, icon="upload", parent=holder)
        self.drop = Button("", self.remove, kind="quiet", icon="trash-2", parent=holder)
        for part in (self._icon, self.facts, self.choose, self.drop):
            row.addWidget(part)
        row.addStretch(1)
        self.watch(self.choose)
        return holder

    def _media(self) -> str:
        return self.control.parameters.get("mediatype", "").partition("/")[0]

    def choose_file(self) -> None:
        """Ask for a file."""
        if self._locked:
            return
        endings = _ENDINGS.get(self._media(), _ENDINGS[""])
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), self.name, "", _("Files") + f" ({endings})"
        )
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Take a file, unless it is too large or of no kind that may be kept."""
        if self._task is not None:
            self._task.cancel()
        self.facts.setText(_("Reading the file …"))
        self.facts.show()
        media = self._media()

        def then(data: object) -> None:
            self._task = None
            if isinstance(data, bytes):
                self._keep(data)

        self._task = in_background(self, self, lambda: _read(path, media), then, self._failed)

    def _keep(self, data: bytes) -> None:
        def then(name: str) -> None:
            self._sizes[name] = len(data)
            self.say()
            self._show(name)
            self.commit(name)
            self.left.emit()

        keep(self, Content(data, _KINDS.get(self._media(), "document")), then, self._failed)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._show(self._name_shown)
        if isinstance(error, Problem):
            self.say(str(error))
        else:
            self.view.desk.fail(error)

    def remove(self) -> None:
        """Take the file away; taking back the answer brings it again."""
        if not self._locked:
            self._show("")
            self.commit("")
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_value(self, value: str) -> None:
        if value != self._name_shown:
            self._show(value)

    def _show(self, name: str) -> None:
        self._name_shown = name
        here, free = bool(name), not self._locked
        ending = name.rpartition(".")[2].upper()
        size = self._sizes.get(name)
        words = _("Kept: {kind}").format(kind=ending) if here else _("No file")
        if size is not None:
            words += f" · {max(1, round(size / 1024)):,} KB"
        self.facts.setText(words)
        self._icon.show_icon("file-text", "green" if here else "quiet")
        self.choose.setText(_("Another file") if here else _("Choose a file"))
        self.drop.setText(_("Remove the file"))
        self.choose.setVisible(free)
        self.drop.setVisible(free and here)
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._show(self._name_shown)

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self._show(self._name_shown)

    def focus_first(self) -> None:
        self.choose.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        self.choose.setAccessibleName(f"{name}: {self.choose.text()}")
        self.choose.setAccessibleDescription(description or self.facts.text())
        self.drop.setAccessibleName(f"{name}: {self.drop.text()}")


def _read(path: Path, media: str) -> bytes:
    """The bytes of a file that may be kept for a question about ``media``."""
    data = photo_making.read_file(path)
    if len(data) > _MOST:
        raise Refused(_("This file is too large. Choose one of 25 MB at most."))
    kind = kind_of_bytes(data)
    if kind is None:
        raise Refused(
            _("Files of this kind cannot be kept. Choose a PDF, a picture, a sound or a film.")
        )
    if media in _KINDS and not kind.startswith(f"{media}/"):
        raise Refused(
            _("This is no sound. Choose a recording.")
            if media == "audio"
            else _("This is no film. Choose a film.")
        )
    if kind.startswith("image/"):
        # A photograph says where it was taken; the file question keeps it drawn anew as well.
        return photo_making.make_photo(data).data
    return data
