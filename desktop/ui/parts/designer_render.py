# SPDX-License-Identifier: Apache-2.0
"""Draws what the designer shows, off the GUI thread: the page, single elements, what is wrong.

The page is the PDF that will be printed. Of several questions of a kind only the last is
answered, so that typing is never slower than drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.model.template import Filling, Template
from desktop.model.template_edit import Box, around
from desktop.model.template_field import Sample
from desktop.model.template_sample import Language, all_fillings, filling_of
from desktop.ui.desk import Desk
from desktop.ui.widgets.canvas_picture import Lifted, layer_image, over_faint, page_image

if TYPE_CHECKING:
    from desktop.printing.template_page import Assets

_SOON: Final = 25
"""Milliseconds after a change until the page is drawn anew."""
_LATER: Final = 350
"""Milliseconds until all samples are looked through."""
_PACE: Final = 50
"""Milliseconds between two pictures of words that are being drawn out."""


@dataclass(frozen=True, slots=True)
class Look:
    """Which sample is shown, and with what."""

    sample: Sample = "usual"
    language: Language = "th"
    signers: int = 0
    text_only: bool = False
    """As it is printed on paper that has its frame already."""
    faint: bool = True
    """What is on that paper is seen all the same, faintly."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a sample."""

    sample: Sample
    element_id: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Page:
    template: Template
    picture: QImage
    boxes: Mapping[str, Box]


class Renderer(QObject):
    """Asked by the editor; answers come as signals on the GUI thread."""

    page = Signal(object, object, object)
    """``Template``, ``QImage``, boxes by id."""
    lifted = Signal(object)
    """``Lifted``."""
    stretched = Signal(object)
    """``Lifted`` without a page: elements being drawn out, as they are set now."""
    faults = Signal(object)
    """A tuple of ``Fault`` over all samples."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.assets: Assets | None = None
        self.pictures: Mapping[str, str] = {}
        """The office's pictures by slot, SHA-256."""
        self.look = Look()
        self._template: Template | None = None
        self._scale = 3.0
        self._soon = self._timer(_SOON, self._draw)
        self._later = self._timer(_LATER, self._check)
        self._pace = self._timer(_PACE, self._stretch)
        self._drawn_out: tuple[Template, frozenset[str], float] | None = None
        self._asked = 0
        self._answered = 0
        self._checks = 0
        self._lifting = 0
        self._lifts = 0

    def _timer(self, after: int, run: object) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(run)
        return made

    @property
    def busy(self) -> bool:
        """Whether a page or the troubles are on their way."""
        return (
            self._soon.isActive()
            or self._later.isActive()
            or self._asked != self._answered
            or self._lifts != self._lifting
            or self._checks > 0
        )

    def show(self, template: Template, scale: float) -> None:
        """Draw a template soon, at ``scale`` device pixels a millimetre."""
        self._template, self._scale = template, scale
        if not self._soon.isActive():
            self._soon.start()
        self._later.start()

    def show_now(self, template: Template, scale: float) -> None:
        """Draw it at once; what is wrong is looked for later."""
        self._template, self._scale = template, scale
        self._soon.stop()
        self._draw()
        self._later.start()

    def _filling(self, template: Template) -> Filling:
        look = self.look
        return filling_of(
            template.purpose,
            look.sample,
            language=look.language,
            signers=look.signers,
            pictures=self.pictures,
        )

    def _draw(self) -> None:
        template, assets, scale = self._template, self.assets, self._scale
        if template is None or assets is None:
            return
        filling, look = self._filling(template), self.look

        def work() -> _Page:
            from desktop.printing import template_page

            page = _alone(template)
            picture = seen(page, filling, assets, scale, look)
            boxes = template_page.boxes(page, filling, assets=assets)
            return _Page(template, picture, boxes_of(boxes))

        self._asked += 1
        number = self._asked

        def then(done: _Page) -> None:
            self._answered = number
            self.page.emit(done.template, done.picture, done.boxes)

        self._desk.tasks.run("slow", self, work, then, self._lost, latest="page")

    def _lost(self, error: Exception) -> None:
        self._answered = self._asked
        self._desk.fail(error)

    def lift(self, template: Template, ids: frozenset[str], scale: float) -> None:
        """Draw some elements alone and the page without them, to be dragged."""
        assets = self.assets
        if assets is None or not ids:
            return
        filling, look = self._filling(template), self.look

        def work() -> Lifted:
            from desktop.printing import template_page

            page = _alone(template)
            set_as = boxes_of(template_page.boxes(page, filling, assets=assets))
            boxes = [set_as[name] for name in ids if name in set_as]
            boxes += [
                Box(one.x, one.y, one.width, one.height) for one in page.elements if one.id in ids
            ]
            alone = template_page.layer_pdf(page, filling, sorted(ids), assets=assets)
            rest = seen(page, filling, assets, scale, look, without=ids)
            layer, left, top = layer_image(alone, scale, around(boxes))
            return Lifted(ids, rest, layer, left, top, scale)

        self._lifting += 1
        number = self._lifting

        def then(done: Lifted) -> None:
            self._lifts = number
            self.lifted.emit(done)

        def lost(error: Exception) -> None:
            self._lifts = number
            self._desk.fail(error)

        self._desk.tasks.run("slow", self, work, then, lost, latest="lift")

    def stretch(self, template: Template, ids: frozenset[str], scale: float) -> None:
        """Draw elements alone as they are in this template, for words that are drawn out.

        Some twenty times a second at most: the window paints meanwhile.
        """
        self._drawn_out = (template, ids, scale)
        if not self._pace.isActive():
            self._pace.start()

    def _stretch(self) -> None:
        if self._drawn_out is None or self.assets is None:
            return
        (template, ids, scale), assets = self._drawn_out, self.assets
        self._drawn_out = None
        filling = self._filling(template)

        def work() -> Lifted:
            from desktop.printing import template_page

            page = _alone(template)
            alone = template_page.layer_pdf(page, filling, sorted(ids), assets=assets)
            set_as = boxes_of(template_page.boxes(page, filling, assets=assets))
            boxes = [set_as[name] for name in ids if name in set_as]
            layer, left, top = layer_image(alone, scale, around(boxes))
            return Lifted(ids, QImage(), layer, left, top, scale)

        self._desk.tasks.run(
            "slow", self, work, self.stretched.emit, self._desk.fail, latest="stretch"
        )

    def _check(self) -> None:
        template, assets, pictures = self._template, self.assets, dict(self.pictures)
        if template is None or assets is None:
            return
        language = self.look.language

        def work() -> tuple[Fault, ...]:
            from desktop.printing import template_page

            page = _alone(template)
            found: dict[tuple[str, str], Fault] = {}
            for sample, filling in all_fillings(page.purpose, language, pictures):
                for one in template_page.troubles(page, filling, assets=assets):
                    key = (one.element_id, one.kind)
                    found.setdefault(key, Fault(sample, one.element_id, one.kind, one.sentence))
            return tuple(found.values())

        def then(found: tuple[Fault, ...]) -> None:
            self._checks = max(0, self._checks - 1)
            self.faults.emit(found)

        def lost(error: Exception) -> None:
            self._checks = max(0, self._checks - 1)
            self._desk.fail(error)

        self._checks = 1
        self._desk.tasks.run("slow", self, work, then, lost, latest="faults")


def seen(
    page: Template,
    filling: Filling,
    assets: Assets,
    scale: float,
    look: Look,
    *,
    without: frozenset[str] = frozenset(),
) -> QImage:
    """The picture of a page as it is printed, perhaps without some elements. For a thread."""
    from desktop.printing.template_page import layer_pdf, pages_pdf

    stock = {one.id for one in page.elements if one.on_stock} if look.text_only else set()
    if without:
        rest = [one.id for one in page.elements if one.id not in without | stock]
        pdf = layer_pdf(page, filling, rest, assets=assets)
    else:
        pdf = pages_pdf(page, [filling], assets=assets, text_only=look.text_only, lenient=True)
    picture = page_image(pdf, scale)
    if not look.faint or not stock - without:
        return picture
    under = layer_pdf(page, filling, sorted(stock - without), assets=assets)
    return over_faint(picture, page_image(under, scale))


def _alone(template: Template) -> Template:
    """One page, not the sheet that several are put on."""
    from dataclasses import replace

    return replace(template, paper=None) if template.paper is not None else template


def boxes_of(found: Mapping[str, tuple[float, float, float, float]]) -> dict[str, Box]:
    """What the engine says as boxes."""
    return {name: Box(*box) for name, box in found.items()}
