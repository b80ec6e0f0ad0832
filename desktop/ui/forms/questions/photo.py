# SPDX-License-Identifier: Apache-2.0
"""A photograph: chosen, dropped, pasted or taken; made small, and sealed at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Problem
from desktop.i18n import _
from desktop.ui.forms import camera, photo_making
from desktop.ui.forms.elsewhere import nearest
from desktop.ui.forms.keeping import Content, keep, show_again, thumbnail
from desktop.ui.forms.picture_frame import WIDE, PictureFrame
from desktop.ui.forms.question import Question
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from desktop.model.position import Position
    from desktop.ui.forms.photo_making import Photo
    from desktop.ui.tasks import Task

_FILES: Final = "*.jpg *.jpeg *.png *.webp *.bmp *.JPG *.JPEG *.PNG"


class PhotoQuestion(Question):
    """``upload`` of an image. The answer is the name the store made from the content."""

    stretches = True
    kind = "photo"

    def make_editor(self) -> QWidget:
        self._name_shown = ""
        self._seen: dict[str, QImage] = {}
        """Small pictures of this sitting, so that taking back shows them at once."""
        self._about: dict[str, tuple[str, Position | None]] = {}
        self._task: Task | None = None
        self._turn = 0
        """Counts what makes a picture on its way to the store worthless: another one, removal."""
        self._locked = False
        self._camera = camera.camera()
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.frame = PictureFrame(holder)
        self.frame.wanted.connect(self.choose_file)
        self.frame.unwanted.connect(self.remove)
        self.frame.files.connect(self._dropped)
        self.frame.pasted.connect(self.take_image)
        self.watch(self.frame)
        row.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._beside(holder), 1)
        return holder

    def _beside(self, holder: QWidget) -> QVBoxLayout:
        """What can be done, beside the frame."""
        self.facts = Label("", "small", "quiet", parent=holder)
        self.choose = Button("", self.choose_file, icon="image", parent=holder)
        self.take = Button("", self.take_with_camera, icon="camera", parent=holder)
        self.paste = Button("", self._paste, icon="clipboard-paste", parent=holder)
        self.paste.show_key("Ctrl+V")
        self.place = Button("", self._use_place, kind="quiet", icon="map-pin", parent=holder)
        self.drop = Button("", self.remove, kind="quiet", icon="trash-2", parent=holder)
        self.drop.show_key("Delete")
        column = QVBoxLayout()
        column.setSpacing(8)
        for button in (self.choose, self.take, self.paste, self.place, self.drop):
            # As wide as its words: a column of equal buttons would look like a list.
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)
        column.addWidget(self.facts)
        column.addStretch(1)
        return column

    # ── taking in ────────────────────────────────────────────────────────────────────────────

    def choose_file(self) -> None:
        """Ask for a file: of this computer, or of a camera or telephone that is plugged in."""
        if self._locked:
            return
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), self.name, place, _("Pictures") + f" ({_FILES})"
        )
        self.frame.setFocus(Qt.FocusReason.OtherFocusReason)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Take the picture of a file."""
        longest = self._longest()
        self._make(lambda: photo_making.make_photo(photo_making.read_file(path), longest))

    def take_image(self, image: object) -> None:
        """Take a picture of the clipboard."""
        if isinstance(image, QImage):
            copied, longest = image.copy(), self._longest()
            self._make(lambda: photo_making.photo_of_image(copied, longest))

    def take_with_camera(self) -> None:
        """Take a picture with the camera at this computer."""
        found, longest = self._camera, self._longest()
        if found is None:
            return
        self._make(lambda: photo_making.make_photo(camera.take_picture(found), longest))
        self.frame.show_busy(_("Look into the camera …"))

    def _dropped(self, paths: object) -> None:
        if isinstance(paths, list) and paths:
            self.take_file(paths[0])
            if len(paths) > 1:
                self.say(_("One picture goes here. The first of them was taken."))

    def _paste(self) -> None:
        if not self.frame.paste():
            self.say(_("There is no picture on the clipboard. Copy one first."))

    def _longest(self) -> int:
        written = self.control.parameters.get("max-pixels", "")
        return int(written) if written.isascii() and written.isdigit() else photo_making.MAX_PIXELS

    def _make(self, work: Callable[[], Photo]) -> None:
        """Make the small picture beside the window, then keep it."""
        if self._locked:
            return
        self.say()
        self._forget()
        self.frame.show_busy(_("Making the picture smaller …"))

        def then(made: tuple[Photo, QImage]) -> None:
            self._task = None
            self._keep(*made)

        def both(_progress: object, _cancelled: object) -> tuple[Photo, QImage]:
            photo = work()
            return photo, thumbnail(QImage.fromData(photo.data), 2 * WIDE)

        self._task = self.view.desk.slow(self, both, then, failed=self._failed)

    def _forget(self) -> None:
        """What is under way is not wanted any more."""
        self._turn += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _keep(self, photo: Photo, small: QImage) -> None:
        turn = self._turn
        taken = photo.taken.at.isoformat() if photo.taken.at is not None else ""
        content = Content(photo.data, self.kind, photo.width, photo.height, taken, photo.thumb)

        def then(name: str) -> None:
            if turn != self._turn:
                return
            self._seen[name] = small
            size = max(1, round(len(photo.data) / 1024))
            self._about[name] = (f"{photo.width} × {photo.height} · {size} KB",
                                 photo.taken.position)  # fmt: skip
            self._show(name)
            self.commit(name)
            self.left.emit()

        keep(self, content, then, self._failed)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.frame.show_image(self._seen.get(self._name_shown))
        if isinstance(error, Problem):
            self.say(str(error))
        else:
            self.view.desk.fail(error)

    def remove(self) -> None:
        """Take the picture away; taking back the answer brings it again."""
        if not self._locked and self._name_shown:
            self._forget()
            self._show("")
            self.commit("")
            self.frame.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── the place in the picture ─────────────────────────────────────────────────────────────

    def _use_place(self) -> None:
        facts, position = self._about.get(self._name_shown, ("", None))
        if position is None:
            return
        from desktop.model.position import spoken, to_answer

        question = nearest(self.node, "geopoint")
        if question is not None:
            self.view.give(question, to_answer(position))
            said = _("Place taken: {place}").format(place=spoken(position))
            self._about[self._name_shown] = (f"{facts}\n{said}", None)
            self._dress()
            self.frame.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_value(self, value: str) -> None:
        if value != self._name_shown or (value and self.frame.image is None):
            self._forget()
            self._show(value)

    def _show(self, name: str) -> None:
        self._name_shown = name
        self.frame.show_image(self._seen.get(name))
        if name and name not in self._seen:
            self.frame.show_busy(_("Opening the picture …"))

            def then(image: QImage) -> None:
                self._seen[name] = thumbnail(image, 2 * WIDE)
                if self._name_shown == name:
                    self.frame.show_image(self._seen[name])

            show_again(self, name, then, self._failed, 2 * WIDE)
        self._dress()

    def _dress(self) -> None:
        """Words and buttons as they are now."""
        here = bool(self._name_shown)
        facts, position = self._about.get(self._name_shown, ("", None))
        self.choose.setText(_("Another picture") if here else _("Choose a picture"))
        self.take.setText(_("Take a picture"))
        self.paste.setText(_("Paste"))
        self.place.setText(_("Use the place of this picture"))
        self.drop.setText(_("Remove the picture"))
        self.facts.setText(facts)
        free = not self._locked
        self.choose.setVisible(free)
        self.take.setVisible(free and self._camera is not None)
        self.paste.setVisible(free and not here)
        self.drop.setVisible(free and here)
        self.place.setVisible(
            free and position is not None and nearest(self.node, "geopoint") is not None
        )
        self.facts.setVisible(bool(facts))
        self._name()

    def show_texts(self) -> None:
        super().show_texts()
        self._dress()

    def typed(self) -> str | None:
        return None

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        self.frame.set_locked(locked)
        self._dress()

    def focus_first(self) -> None:
        self.frame.setFocus(Qt.FocusReason.TabFocusReason)

    def name_editor(self, name: str, description: str) -> None:
        here = _("Picture chosen") if self._name_shown else _("No picture")
        self.frame.setAccessibleName(name)
        self.frame.setAccessibleDescription(f"{here}. {description}".rstrip(". "))
        for button in (self.choose, self.take, self.paste, self.place, self.drop):
            button.setAccessibleName(f"{name}: {button.text()}")

    def mark_bad(self, bad: bool) -> None:
        self.frame.setProperty("bad", "true" if bad else "false")
        self.frame.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Delete is the frame's: the window's own shortcuts must not take it.
        mine = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        over = event.type() == QEvent.Type.ShortcutOverride
        if over and isinstance(event, QKeyEvent) and event.key() in mine:
            event.accept()
            return True
        return super().eventFilter(watched, event)
