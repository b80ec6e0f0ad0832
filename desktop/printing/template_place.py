# SPDX-License-Identifier: Apache-2.0
"""Where everything on a page of a template goes, worked out from ink before anything is drawn.

In a column gaps give way first, then sizes, so that no line touches its neighbour whatever the
names are. Nothing here refuses: what does not fit is set as well as it can be and told as a
fault, because a person who is drawing a template needs to see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

from desktop.i18n import _
from desktop.model import template as kinds
from desktop.model.certificate import Signer
from desktop.model.template import AnyElement, Filling, Template, TextStyle
from desktop.model.template_field import fields_of
from desktop.model.template_text import BadText, UnknownField, fields_in, filled_text
from desktop.printing.document import MM
from desktop.printing.lines import TextDoesNotFit
from desktop.printing.template_asset import Assets
from desktop.printing.template_fit import DIGITS, Stack, in_style, set_stack, stack
from desktop.printing.template_mark import (
    Code,
    Decor,
    Mark,
    Part,
    Placement,
    Shown,
    Stroke,
    Trouble,
)
from desktop.printing.template_table import table_marks

_TIGHTEST: Final = 0.34
"""How far a gap may shrink before sizes do."""
_LOOSEST: Final = 1.9
"""How far a gap may stretch; what is left over goes above and below the column."""
_LEAST: Final = 0.3 * MM
"""What a gap keeps at least, if it was that wide at rest: any closer is touching."""
_SCALES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
_NAME_GAP: Final = 1.1 * MM
_POSITION_GAP: Final = 0.5 * MM
_WIDEST: Final = 108.0
"""Millimetres that a signer's name and position take at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """A filling read for a template: what each element has to show, and what is wrong with it.

    ``values`` are in the order of the elements: a text, a digest, whether an ornament stands,
    signers with the pictures of their hands; None for what is not drawn.
    """

    filling: Filling
    values: tuple[Any, ...]
    faults: tuple[Trouble, ...]


def read(template: Template, filling: Filling) -> Said:
    """Fill the texts of a template in."""
    fields = {**_no_fields(template.purpose), **filling.fields}
    values: list[Any] = []
    faults: list[Trouble] = []
    for element in template.elements:
        value: Any = None
        if element.hidden:
            pass
        elif isinstance(element, kinds.Text | kinds.Qr):
            try:
                value = filled_text(element.text, fields) or None
            except (UnknownField, BadText) as wrong:
                faults.append(_unknown(element, wrong))
            if value is not None and isinstance(element, kinds.Text):
                value = in_style(value, element.style)
        elif isinstance(element, kinds.Image):
            value = filling.pictures.get(element.slot) if element.slot else None
            value = value or element.asset or None
        elif isinstance(element, kinds.Ornament):
            value = True if not (element.slot and filling.pictures.get(element.slot)) else None
        elif isinstance(element, kinds.Signatories):
            hands = tuple(
                filling.pictures.get(f"signature:{number}", "")
                for number in range(1, len(filling.signers) + 1)
            )
            value = (filling.signers, hands) if filling.signers else None
        elif isinstance(element, kinds.Table):
            value = True
        values.append(value)
    return Said(filling, tuple(values), tuple(faults))


@lru_cache(maxsize=16)
def _no_fields(purpose: kinds.Purpose) -> Mapping[str, str]:
    return dict.fromkeys(fields_of(purpose), "")


@cache
def _drawings() -> frozenset[str]:
    from desktop.printing.ornament import ORNAMENTS

    return frozenset(ORNAMENTS)


def _unknown(element: AnyElement, wrong: UnknownField | BadText) -> Trouble:
    if isinstance(wrong, UnknownField):
        said = _("There is no field “{field}”. Choose one of the list.").format(field=wrong.name)
    else:
        said = _("A brace in this text is open. Write two braces for one that is printed.")
    return Trouble(element.id, "missing", "", said)


def place(
    template: Template,
    said: Said,
    assets: Assets,
    *,
    rows: Sequence[Mapping[str, str]] = (),
    only: frozenset[str] | None = None,
) -> Placement:
    """Work a page out. ``rows`` are those of its table on this page; ``only``: these elements."""
    return _Page(template, said, assets, rows).placement(only)


class _Page:
    """One page being worked out."""

    def __init__(
        self,
        template: Template,
        said: Said,
        assets: Assets,
        rows: Sequence[Mapping[str, str]],
    ) -> None:
        self._template = template
        self._said = said
        self._assets = assets
        self._rows = rows
        self._faults = list(said.faults)

    def placement(self, only: frozenset[str] | None) -> Placement:
        columns: dict[str, dict[str, tuple[Mark, ...]]] = {}
        parts: list[Part] = []
        pairs = list(zip(self._template.elements, self._said.values, strict=True))
        for element, _value in pairs:
            if isinstance(element, kinds.Column):
                flowing = [
                    (text, value)
                    for text, value in pairs
                    if isinstance(text, kinds.Text) and text.column == element.id and value
                ]
                columns[element.id] = self._flow(element, flowing)
        for element, value in pairs:
            if value is None or (only is not None and element.id not in only):
                continue
            if isinstance(element, kinds.Text) and element.column:
                marks = columns[element.column][element.id]
            else:
                marks = self._marks(element, value)
            if marks:
                parts.append(Part(element, marks))
        return Placement(tuple(parts), tuple(self._faults))

    def _marks(self, element: AnyElement, value: Any) -> tuple[Mark, ...]:
        if isinstance(element, kinds.Text):
            return self._boxed(element, value)
        left, bottom, width, height = self._points(element)
        if isinstance(element, kinds.Image):
            return self._shown(element, value, (left, bottom, width, height))
        if isinstance(element, kinds.Ornament):
            if element.drawing not in _drawings():
                said = _("There is no ornament “{name}”.").format(name=element.drawing)
                self._faults.append(Trouble(element.id, "missing", "", said))
                return ()
            told = json.dumps(element.properties, sort_keys=True, ensure_ascii=False)
            return (Decor(element.drawing, left, bottom, width, height, told),)
        if isinstance(element, kinds.Qr):
            side = min(width, height)
            return (
                Code(value, left + (width - side) / 2, bottom + (height - side) / 2, side),
            )
        if isinstance(element, kinds.Signatories):
            return self._signed(element, *value)
        if isinstance(element, kinds.Table):
            marks, faults = table_marks(
                element, self._rows, self._fields(), self._assets, (left, bottom + height)
            )
            self._faults += faults
            return marks
        return ()

    def _fields(self) -> Mapping[str, str]:
        return {**_no_fields(self._template.purpose), **self._said.filling.fields}

    def _points(self, element: AnyElement) -> tuple[float, float, float, float]:
        """Left, bottom, width and height of an element's box in points."""
        bottom = self._template.height - element.y - element.height
        return element.x * MM, bottom * MM, element.width * MM, element.height * MM

    def _shown(
        self, element: kinds.Image, digest: str, box: tuple[float, float, float, float]
    ) -> tuple[Mark, ...]:
        if self._assets.picture(digest) is None:
            self._missing(element)
            return ()
        return (Shown(digest, *box, element.fit),)

    def _missing(self, element: AnyElement) -> None:
        said = _("The picture for “{what}” is not on this computer, or cannot be read.")
        sentence = said.format(what=label_of(element))
        self._faults.append(Trouble(element.id, "missing", "", sentence))

    def _stack(
        self, element: AnyElement, style: TextStyle, text: str, width: float, scale: float
    ) -> Stack:
        name = style.face
        if style.digits_face and DIGITS.intersection(text):
            name = style.digits_face
        found = self._assets.face(name)
        return stack(style, found.face, found.factor, text, width, scale)

    def _tell(self, element: AnyElement, made: Stack) -> None:
        if made.fault is not None:
            kind = "overflow" if isinstance(made.fault, TextDoesNotFit) else "unprintable"
            sentence = f"{self._whose(element)}: {made.fault}"
            self._faults.append(Trouble(element.id, kind, "", sentence))  # type: ignore[arg-type]

    def _whose(self, element: AnyElement) -> str:
        label = label_of(element)
        number = self._said.filling.fields.get("number_plain", "")
        if self._template.purpose != "certificate" or not number:
            return label
        return _("Certificate {number}, {label}").format(number=number, label=label)

    def _too_full(self, element: AnyElement, text: str) -> None:
        sentence = str(TextDoesNotFit(text, self._whose(element)))
        self._faults.append(Trouble(element.id, "overflow", "", sentence))

    def _boxed(self, element: kinds.Text, text: str) -> tuple[Mark, ...]:
        room = element.height * MM or float("inf")
        for scale in _SCALES:
            made = self._stack(element, element.style, text, element.width, scale)
            if made.ink_height <= room + 0.01 or made.fault:
                break
        else:
            self._too_full(element, text)
        self._tell(element, made)
        top = (self._template.height - element.y) * MM
        steps = sum(made.steps)
        base = top - made.rise
        if element.height:
            foot = top - room
            if element.upright == "bottom":
                base = foot + steps + made.drop
            elif element.upright == "middle":
                base = (top + foot + made.height) / 2 - made.rise
            base = min(max(base, foot + steps + made.ink_drop), top - made.ink_rise)
        return set_stack(made, element.x * MM, element.width * MM, base)

    def _flow(
        self, column: kinds.Column, flowing: Sequence[tuple[kinds.Text, str]]
    ) -> dict[str, tuple[Mark, ...]]:
        """The texts of a column from top to bottom; gaps give way first, then sizes."""
        if not flowing:
            return {}
        room = column.height * MM
        tightest = sum(_gaps([text.gap * MM for text, _value in flowing], 0))
        for scale in _SCALES:
            stacks = [
                self._stack(text, text.style, value, text.width, scale) for text, value in flowing
            ]
            heights = sum(made.height for made in stacks)
            if heights + tightest <= room:
                break
        else:
            worst, value = max(flowing, key=lambda pair: len(pair[1]))
            if not any(made.fault for made in stacks):
                self._too_full(worst, value)
        for (text, _value), made in zip(flowing, stacks, strict=True):
            self._tell(text, made)
        given = _gaps([text.gap * MM for text, _value in flowing], room - heights)
        spare = max(0.0, room - heights - sum(given))
        y = (self._template.height - column.y) * MM - spare / 2
        placed: dict[str, tuple[Mark, ...]] = {}
        for (text, _value), made, gap in zip(flowing, stacks, given, strict=True):
            y -= gap + made.rise
            placed[text.id] = set_stack(made, text.x * MM, text.width * MM, y)
            y -= sum(made.steps) + made.drop
        return placed

    def _signed(
        self, element: kinds.Signatories, signers: tuple[Signer, ...], hands: tuple[str, ...]
    ) -> tuple[Mark, ...]:
        """Signers side by side: line or hand, the name under it, the position under that."""
        share = element.width / len(signers)
        room = (element.height - element.hand) * MM
        for scale in _SCALES:
            rows = list(self._rows_of(element, signers, min(share - 6, _WIDEST), scale))
            height = sum(gap + rise + under for gap, rise, under, _stacks in rows)
            if height <= room + 0.01:
                break
        else:
            self._too_full(element, max((one.position for one in signers), key=len))
        middles = [(element.x + share * (index + 0.5)) * MM for index in range(len(signers))]
        y = (self._template.height - element.y - element.hand) * MM
        marks = list(self._hands(element, hands, middles, y, min(element.line_width, share - 12)))
        width = min(share - 6, _WIDEST) * MM
        for gap, rise, under, stacks in rows:  # one base line for the row
            y -= gap + rise
            for index, made in stacks:
                self._tell(element, made)
                marks += set_stack(made, middles[index] - width / 2, width, y)
            y -= under
        return tuple(marks)

    def _rows_of(
        self, element: kinds.Signatories, signers: tuple[Signer, ...], width: float, scale: float
    ) -> Iterator[tuple[float, float, float, list[tuple[int, Stack]]]]:
        bracketed = [
            f"({one.name})" if one.name and element.brackets else one.name for one in signers
        ]
        for style, gap, texts in (
            (element.signer, _NAME_GAP, bracketed),
            (element.position, _POSITION_GAP, [one.position for one in signers]),
        ):
            stacks = [
                (index, self._stack(element, style, in_style(text, style), width, scale))
                for index, text in enumerate(texts)
                if text
            ]
            if stacks:
                rise = max(made.rise for _index, made in stacks)
                yield gap, rise, max(made.height - made.rise for _index, made in stacks), stacks

    def _hands(
        self,
        element: kinds.Signatories,
        hands: tuple[str, ...],
        middles: list[float],
        y: float,
        line: float,
    ) -> Iterator[Mark]:
        half = max(line, 0) * MM / 2
        for hand, middle in zip(hands, middles, strict=True):
            if hand and self._assets.picture(hand) is None:
                self._missing(element)
            elif hand:
                yield Shown(hand, middle - half, y, 2 * half, element.hand * MM, "contain", True)
            elif element.line != "none":
                dotted = element.line == "dotted"
                colour = element.position.colour
                yield Stroke(middle - half, y, middle + half, y, 0.9 if dotted else 0.6, colour,
                             dotted)  # fmt: skip


def _gaps(wanted: Sequence[float], room: float) -> list[float]:
    """The gaps that fill ``room``, as far as gaps may stretch and shrink; all in points."""
    least = [min(gap, max(gap * _TIGHTEST, _LEAST)) for gap in wanted]
    free = [gap > 0 for gap in wanted]
    while any(free):
        kept = sum(low for low, moves in zip(least, free, strict=True) if not moves)
        moving = sum(gap for gap, moves in zip(wanted, free, strict=True) if moves)
        stretch = min(_LOOSEST, (room - kept) / moving)
        tight = [
            moves and gap * stretch < low - 1e-9
            for gap, low, moves in zip(wanted, least, free, strict=True)
        ]
        if not any(tight):
            return [
                gap * stretch if moves else low
                for gap, low, moves in zip(wanted, least, free, strict=True)
            ]
        free = [moves and not now for moves, now in zip(free, tight, strict=True)]
    return least


def label_of(element: AnyElement) -> str:
    """What people call an element: its own name, its field, its first words, its kind."""
    if element.name:
        return element.name
    if isinstance(element, kinds.Text):
        try:
            known = {**fields_of("certificate"), **fields_of("badge")}
            for name in fields_in(element.text):
                if name in known:
                    return _(known[name].label)
        except BadText:
            pass
        return " ".join(element.text.split())[:30]
    if isinstance(element, kinds.Signatories):
        return _("signer")
    if isinstance(element, kinds.Qr):
        return _("QR code")
    if isinstance(element, kinds.Table):
        return _("table")
    return element.slot if isinstance(element, kinds.Image) and element.slot else element.id


def with_page(filling: Filling, page: str) -> Filling:
    """The filling with its page of pages told."""
    return replace(filling, fields={**filling.fields, "page": page})
