# SPDX-License-Identifier: Apache-2.0
"""Where everything on a page of a template goes, worked out from ink before anything is drawn.

In a column gaps give way first, then sizes, so that no line touches its neighbour whatever the
names are. Nothing here refuses: what does not fit is set as well as it can be and told as a
fault, because a person who is drawing a template needs to see it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from typing import Any

from desktop.i18n import _
from desktop.model import template as kinds
from desktop.model.certificate import Signer
from desktop.model.template import AnyElement, Filling, Template, TextStyle
from desktop.model.template_field import fields_of
from desktop.model.template_text import BadText, UnknownField, filled_text
from desktop.printing.document import MM
from desktop.printing.lines import TextDoesNotFit
from desktop.printing.qr_symbol import modules
from desktop.printing.template_asset import Assets
from desktop.printing.template_fit import (
    DIGITS,
    SCALES,
    Stack,
    gaps_in,
    in_style,
    set_stack,
    stack,
)
from desktop.printing.template_label import label_of
from desktop.printing.template_mark import (
    Code,
    Decor,
    Mark,
    Part,
    Placement,
    Shown,
    Trouble,
)
from desktop.printing.template_row import in_rows
from desktop.printing.template_sign import sign
from desktop.printing.template_table import table_marks


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


@dataclass(frozen=True, slots=True)
class Batch:
    """What the pages of a batch have in common: elements that show the same on all of them.

    Their marks are worked out once for each place they come to stand in, and are the very same
    objects on every page.
    """

    shared: frozenset[str] = frozenset()
    marks: dict[tuple[str, float, float], tuple[Mark, ...]] = field(default_factory=dict)

    def kept(
        self, element_id: str, y: float, scale: float, work: Callable[[], tuple[Mark, ...]]
    ) -> tuple[Mark, ...]:
        """The marks of an element whose first base line is at ``y`` (of one that is no text of a
        column, whose left edge is there), set at ``scale``."""
        if element_id not in self.shared:
            return work()
        key = (element_id, y, scale)
        found = self.marks.get(key)
        if found is None:
            found = self.marks[key] = work()
        return found


def shared_in(template: Template, said: Sequence[Said]) -> frozenset[str]:
    """The ids of the elements that have the same to show on every page."""
    first = said[0].values
    return frozenset(
        element.id
        for index, element in enumerate(template.elements)
        if not isinstance(element, kinds.Table)
        and all(one.values[index] == first[index] for one in said)
    )


def place(
    template: Template,
    said: Said,
    assets: Assets,
    *,
    rows: Sequence[Mapping[str, str]] = (),
    only: frozenset[str] | None = None,
    batch: Batch | None = None,
) -> Placement:
    """Work a page out. ``rows`` are those of its table on this page; ``only``: these elements."""
    return _Page(template, said, assets, rows, batch or Batch()).placement(only)


class _Page:
    """One page being worked out."""

    def __init__(
        self,
        template: Template,
        said: Said,
        assets: Assets,
        rows: Sequence[Mapping[str, str]],
        batch: Batch,
    ) -> None:
        self._template = template
        self._said = said
        self._assets = assets
        self._rows = rows
        self._batch = batch
        self._faults = list(said.faults)

    def placement(self, only: frozenset[str] | None) -> Placement:
        columns: dict[str, dict[str, tuple[Mark, ...]]] = {}
        parts: list[Part] = []
        pairs = in_rows(self._template, self._said.values)
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
                work = partial(self._marks, element, value)
                marks = self._batch.kept(element.id, element.x, 1, work)
            if marks:
                parts.append(Part(element, marks))
        return Placement(tuple(parts), tuple(self._faults))

    def _marks(  # noqa: PLR0911 - one a kind
        self, element: AnyElement, value: Any
    ) -> tuple[Mark, ...]:
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
            try:
                modules(value)
            except ValueError:
                self._too_full(element, value)
                return ()
            side = min(width, height)
            return (Code(value, left + (width - side) / 2, bottom + (height - side) / 2, side),)
        if isinstance(element, kinds.Signatories):
            return self._signed(element, value[0], value[1], bottom + height)
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

    def _stack(self, style: TextStyle, text: str, width: float, scale: float) -> Stack:
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
        for scale in SCALES:
            made = self._stack(element.style, text, element.width, scale)
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
        tightest = sum(gaps_in([text.gap * MM for text, _value in flowing], 0))
        for scale in SCALES:
            stacks = [self._stack(text.style, value, text.width, scale) for text, value in flowing]
            heights = sum(made.height for made in stacks)
            if heights + tightest <= room:
                break
        else:
            worst, value = max(flowing, key=lambda pair: len(pair[1]))
            if not any(made.fault for made in stacks):
                self._too_full(worst, value)
        for (text, _value), made in zip(flowing, stacks, strict=True):
            self._tell(text, made)
        given = gaps_in([text.gap * MM for text, _value in flowing], room - heights)
        spare = max(0.0, room - heights - sum(given))
        y = (self._template.height - column.y) * MM - spare / 2
        placed: dict[str, tuple[Mark, ...]] = {}
        for (text, _value), made, gap in zip(flowing, stacks, given, strict=True):
            y -= gap + made.rise
            placed[text.id] = self._batch.kept(
                text.id, y, scale, partial(set_stack, made, text.x * MM, text.width * MM, y)
            )
            y -= sum(made.steps) + made.drop
        return placed

    def _signed(
        self,
        element: kinds.Signatories,
        signers: tuple[Signer, ...],
        hands: tuple[str, ...],
        top: float,
    ) -> tuple[Mark, ...]:
        for hand in hands:
            if hand and self._assets.picture(hand) is None:
                self._missing(element)

        marks, stacks, fits = sign(element, signers, hands, top, self._stack)
        for made in stacks:
            self._tell(element, made)
        if not fits:
            self._too_full(element, max((one.position for one in signers), key=len))
        return tuple(marks)


def with_page(filling: Filling, page: str) -> Filling:
    """The filling with its page of pages told."""
    return replace(filling, fields={**filling.fields, "page": page})
