# SPDX-License-Identifier: Apache-2.0
"""Pictures and files of answers: to the sealed store at once, and back to the screen.

What an answer holds is the name the store made from the content; no name that a person gave a
file goes further than this room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from desktop.errors import Problem

if TYPE_CHECKING:
    from desktop.actions.done import Done
    from desktop.store.store import Store
    from desktop.ui.forms.question import Question
    from desktop.ui.tasks import Task


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be kept: the bytes as they are stored, and what is known of them."""

    data: bytes
    kind: str = "photo"
    """photo, signature or file."""
    width: int = 0
    height: int = 0
    taken_at: str = ""
    thumb: bytes = b""
    """A small JPEG of a photo, which travels to the centre before it; empty for none."""


def keep(
    question: Question,
    content: Content,
    then: Callable[[str], object],
    failed: Callable[[Problem], object],
) -> None:
    """Seal ``content`` into the store; ``then(name)`` after it is on the disk."""
    view = question.view
    draft_id, place = view.draft_id, view.session.place(question.node)

    def action(store: Store, by: str) -> Done:
        from desktop.actions.draft import keep_photo

        return keep_photo(
            store,
            by,
            draft_id,
            place,
            content.data,
            kind=content.kind,
            width=content.width,
            height=content.height,
            taken_at=content.taken_at,
            thumb=content.thumb,
        )

    view.desk.act(question, action, lambda done: then(done.value.name), failed=failed)


def show_again(
    question: Question,
    name: str,
    then: Callable[[QImage], object],
    failed: Callable[[Exception], object],
    longest: int = 640,
) -> Task:
    """Bring a kept picture back, no longer than ``longest`` pixels, off the GUI thread."""
    store, by = question.view.desk.store, question.view.desk.by
    frozen = question.view.frozen

    def work(_progress: object, _cancelled: object) -> QImage:
        from desktop.actions.attachment import content, shown
        from desktop.ui.forms.photo_making import read_image

        kept = shown(store, by, name) if frozen else content(store, name)
        return read_image(kept, longest)

    return question.view.desk.slow(question, work, then, failed=failed)


def thumbnail(image: QImage, longest: int) -> QImage:
    """A smaller picture for the screen."""
    return image.scaled(
        QSize(longest, longest),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def in_background(
    owner: QObject,
    question: Question,
    work: Callable[[], object],
    then: Callable[[object], object],
    failed: Callable[[Exception], object],
) -> Task:
    """Run something on the slow lane for as long as ``owner`` is there."""
    return question.view.desk.slow(owner, lambda _p, _c: work(), then, failed=failed)
