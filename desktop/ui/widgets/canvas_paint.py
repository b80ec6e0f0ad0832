# SPDX-License-Identifier: Apache-2.0
"""Draws the canvas: the page, what is held over it, frames, handles and guides.

What is drawn on the paper takes the colours of the light theme: paper is white in both.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from desktop.model.template import Image, Ornament
from desktop.model.template_edit import Box
from desktop.model.template_snap import Guide
from desktop.ui import icons, theme
from desktop.ui.widgets.canvas_drag import Banding, Flowing, Moving, Sizing
from desktop.ui.widgets.canvas_hit import handle_place, handles_of
from desktop.ui.widgets.canvas_picture import Lifted
from desktop.ui.widgets.canvas_scene import Scene
from desktop.ui.widgets.canvas_sight import Sight

HANDLE: Final = 9.0
SMALL: Final = 3 * HANDLE
"""Pixels: a frame with a shorter side has handles at its corners alone."""
_INK: Final = theme.LIGHT


def paint_canvas(painter: QPainter, scene: Scene, room: QRect) -> None:
    """Draw everything but the rulers into ``room``."""
    painter.fillRect(room, theme.colour("raised"))
    sight, template = scene.sight, scene.template
    page = sight.rect(Box(0, 0, template.width, template.height))
    _paper(painter, scene, page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("edge"), 1))
    painter.drawRect(page.adjusted(-1, -1, 0, 0))
    if template.safe > 0:
        _dashes(painter, QColor(_INK.line), 1)
        safe = Box(
            template.safe,
            template.safe,
            max(0.0, template.width - 2 * template.safe),
            max(0.0, template.height - 2 * template.safe),
        )
        painter.drawRect(sight.rect(safe))
    _slots(painter, scene)
    _troubles(painter, scene)
    for column in scene.columns_in_hand():
        _dashes(painter, QColor(_INK.edge), 1)
        painter.drawRect(sight.rect(scene.frame(column)))
    _hover(painter, scene)
    _selection(painter, scene)
    grip = scene.grip
    if isinstance(grip, Flowing):
        _mark(painter, scene, grip)
    if grip is not None:
        for guide in grip.guides:
            _guide(painter, sight, guide)
    if isinstance(grip, Banding):
        painter.setPen(QPen(QColor(_INK.focus), 1))
        veil = QColor(_INK.focus)
        veil.setAlpha(28)
        painter.setBrush(veil)
        painter.drawRect(sight.rect(grip.now))


def _dashes(painter: QPainter, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine))


def _paper(painter: QPainter, scene: Scene, page: QRectF) -> None:
    """The page as it is printed; what is dragged is lifted off and follows the mouse."""
    painter.fillRect(page, QColor(theme.PAPER))
    grip, rest, lifted = scene.grip, scene.rest, scene.lifted
    ready = lifted is not None and grip is not None and lifted.ids == grip.carried
    if lifted is not None and ready and isinstance(grip, Moving):
        _draw(painter, lifted.without, page)
        _layer(painter, scene, lifted, (grip.dx, grip.dy))
    elif lifted is not None and ready and isinstance(grip, Sizing):
        _draw(painter, lifted.without, page)
        if grip.stretches:
            _stretched(painter, scene, lifted, grip.start, grip.now)
        else:
            _layer(painter, scene, lifted, (0, 0))
    elif rest is not None and grip is None:
        _draw(painter, rest.lifted.without, page)
        if rest.before is not None and rest.after is not None:
            _stretched(painter, scene, rest.lifted, rest.before, rest.after)
        else:
            _layer(painter, scene, rest.lifted, (rest.dx, rest.dy))
    else:
        _draw(painter, scene.picture, page)
        if isinstance(grip, Moving):
            _ghost(painter, scene, grip, page)
        elif lifted is not None and ready and isinstance(grip, Flowing):
            painter.setOpacity(0.6)
            _layer(painter, scene, lifted, (grip.dx, grip.dy))
            painter.setOpacity(1.0)


def _draw(painter: QPainter, image: QImage, page: QRectF) -> None:
    if image.isNull():
        return
    ratio = painter.device().devicePixelRatioF()
    wide = round(page.width() * ratio)
    if abs(image.width() - wide) <= 2:
        # One dot of the picture is one dot of the screen: no letter is blurred.
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(round(page.x()), round(page.y())), image)
    else:
        image.setDevicePixelRatio(1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(page, image)


def _layer_at(scene: Scene, lifted: Lifted) -> QRectF:
    """Where the picture of lifted elements was taken from."""
    sight = scene.sight
    scale = sight.scale / lifted.scale
    return QRectF(
        round(sight.left) + lifted.left * scale,
        round(sight.top) + lifted.top * scale,
        lifted.layer.width() * scale,
        lifted.layer.height() * scale,
    )


def _layer(painter: QPainter, scene: Scene, lifted: Lifted, offset: tuple[float, float]) -> None:
    """Draw lifted elements, ``offset`` millimetres from where they were."""
    if not lifted.layer.isNull():
        scale = scene.sight.scale
        there = _layer_at(scene, lifted).translated(offset[0] * scale, offset[1] * scale)
        painter.drawImage(there, lifted.layer)


def _stretched(painter: QPainter, scene: Scene, lifted: Lifted, before: Box, after: Box) -> None:
    """Draw lifted elements as they are when their box is drawn out."""
    if lifted.layer.isNull() or not before.width or not before.height:
        return
    old, new = scene.sight.rect(before), scene.sight.rect(after)
    across, down = new.width() / old.width(), new.height() / old.height()
    here = _layer_at(scene, lifted)
    there = QRectF(
        new.x() + (here.x() - old.x()) * across,
        new.y() + (here.y() - old.y()) * down,
        here.width() * across,
        here.height() * down,
    )
    painter.drawImage(there, lifted.layer)


def _ghost(painter: QPainter, scene: Scene, grip: Moving, page: QRectF) -> None:
    """Until the element's own picture is drawn: a piece cut from the page."""
    image = scene.picture
    if image.isNull():
        return
    painter.setOpacity(0.75)
    across = image.width() / page.width()
    for one in scene.template.elements:
        if one.id in grip.carried:
            box = scene.boxes.get(one.id) or scene.frame(one)
            here = scene.sight.rect(box)
            cut = QRectF(
                (here.x() - page.x()) * across,
                (here.y() - page.y()) * across,
                here.width() * across,
                here.height() * across,
            )
            there = here.translated(grip.dx * scene.sight.scale, grip.dy * scene.sight.scale)
            painter.drawImage(there, image, cut)
    painter.setOpacity(1.0)


def _slots(painter: QPainter, scene: Scene) -> None:
    """Where the office's own pictures come in, as long as there is none."""
    stand_ins = {one.slot for one in scene.template.elements if isinstance(one, Ornament)}
    for one in scene.template.elements:
        if not isinstance(one, Image) or one.hidden or one.asset:
            continue
        if one.slot in scene.filled or one.slot in stand_ins:
            continue
        where = scene.sight.rect(scene.frame(one))
        _dashes(painter, QColor(_INK.edge), 1)
        painter.drawRect(where)
        words = scene.slot_word(one.slot)
        font = _small(painter)
        metrics = QFontMetricsF(font)
        if metrics.horizontalAdvance(words) < where.width() and where.height() > metrics.height():
            painter.setPen(QColor(_INK.quiet))
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
        elif min(where.width(), where.height()) > 20:
            spot = QRectF(where.center().x() - 8, where.center().y() - 8, 16, 16)
            icons.paint(painter, spot, "image", "edge")


def _troubles(painter: QPainter, scene: Scene) -> None:
    for one in scene.template.elements:
        if one.id not in scene.troubles or one.id in _moving(scene):
            continue
        box = scene.boxes.get(one.id) or scene.frame(one)
        where = scene.sight.rect(box).adjusted(-3, -3, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(_INK.red), 2, Qt.PenStyle.DotLine))
        painter.drawRect(where)
        spot = QRectF(where.right() - 9, where.top() - 9, 18, 18)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_INK.red))
        painter.drawEllipse(spot)
        painter.setPen(QPen(QColor(_INK.on_red), 2))
        middle = spot.center().x()
        painter.drawLine(QLineF(middle, spot.top() + 4, middle, spot.top() + 10))
        painter.drawPoint(QPointF(middle, spot.top() + 13.5))
        painter.restore()


def _moving(scene: Scene) -> frozenset[str]:
    grip = scene.grip
    return grip.carried if isinstance(grip, Moving | Sizing) else frozenset()


def _hover(painter: QPainter, scene: Scene) -> None:
    if not scene.hover or scene.hover in scene.chosen or scene.grip is not None:
        return
    for one in scene.template.elements:
        if one.id == scene.hover:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(_INK.focus), 1))
            painter.drawRect(scene.sight.rect(scene.frame(one)))


def _selection(painter: QPainter, scene: Scene) -> None:
    some = scene.chosen_elements()
    if not some:
        return
    sight, grip = scene.sight, scene.grip
    pen = QPen(QColor(_INK.focus), 2 if scene.focused else 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    shift = (grip.dx, grip.dy) if isinstance(grip, Moving | Flowing) else (0.0, 0.0)
    if isinstance(grip, Sizing):
        painter.drawRect(sight.rect(grip.now))
        return
    if len(some) > 1:
        thin = QPen(QColor(_INK.focus), 1)
        painter.setPen(thin)
        for one in some:
            painter.drawRect(sight.rect(scene.frame(one).moved(*shift)))
        painter.setPen(pen)
    whole = scene.selection()
    if whole is None:
        return
    frame = whole.moved(*shift)
    painter.drawRect(sight.rect(frame))
    if scene.drawable_out() and grip is None:
        _handles(painter, sight, frame, level=scene.level())
    elif some[0].locked and len(some) == 1:
        where = sight.rect(frame)
        icons.paint(painter, QRectF(where.right() + 4, where.top(), 16, 16), "lock", "quiet")


def _handles(painter: QPainter, sight: Sight, frame: Box, *, level: bool) -> None:
    painter.setPen(QPen(QColor(_INK.focus), 1.5))
    painter.setBrush(QColor(theme.PAPER))
    for handle in handles_of(frame, SMALL / sight.scale, level=level):
        x, y = handle_place(frame, handle)
        half = HANDLE / 2
        painter.drawRect(QRectF(sight.x(x) - half, sight.y(y) - half, HANDLE, HANDLE))


def _mark(painter: QPainter, scene: Scene, grip: Flowing) -> None:
    """Where in the column a text would be put."""
    area = scene.sight.rect(scene.frame(grip.column))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if grip.out:
        return
    y = scene.sight.y(grip.mark)
    painter.setPen(QPen(QColor(_INK.gold), 3))
    painter.drawLine(QLineF(area.left(), y, area.right(), y))
    painter.setBrush(QColor(_INK.gold))
    for x in (area.left(), area.right()):
        painter.drawEllipse(QPointF(x, y), 4, 4)


def _guide(painter: QPainter, sight: Sight, guide: Guide) -> None:
    colour = QColor(_INK.red if guide.kind in ("edge", "gap") else _INK.gold)
    painter.setPen(QPen(colour, 1))
    if guide.kind == "gap":
        _gap(painter, sight, guide)
    elif guide.axis == "x":
        x = round(sight.x(guide.at))
        painter.drawLine(QLineF(x, sight.y(guide.low), x, sight.y(guide.high)))
    else:
        y = round(sight.y(guide.at))
        painter.drawLine(QLineF(sight.x(guide.low), y, sight.x(guide.high), y))


def _gap(painter: QPainter, sight: Sight, guide: Guide) -> None:
    words = f"{guide.to - guide.at:.1f}"
    font = _small(painter)
    wide = QFontMetricsF(font).horizontalAdvance(words)
    if guide.axis == "x":
        y = round(sight.y(guide.low))
        first, last = sight.x(guide.at), sight.x(guide.to)
        painter.drawLine(QLineF(first, y, last, y))
        for x in (first, last):
            painter.drawLine(QLineF(x, y - 4, x, y + 4))
        painter.drawText(QPointF((first + last - wide) / 2, y - 5), words)
    else:
        beside = round(sight.x(guide.low))
        first, last = sight.y(guide.at), sight.y(guide.to)
        painter.drawLine(QLineF(beside, first, beside, last))
        for end in (first, last):
            painter.drawLine(QLineF(beside - 4, end, beside + 4, end))
        painter.drawText(QPointF(beside + 6, (first + last) / 2 + 4), words)


def _small(painter: QPainter) -> QFont:
    font = theme.font(theme.TINY)
    painter.setFont(font)
    return font
