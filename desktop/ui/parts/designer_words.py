# SPDX-License-Identifier: Apache-2.0
"""What the designer calls things: elements, slots of pictures, purposes, troubles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from desktop.i18n import N_, _
from desktop.model.template import (
    AnyElement,
    Column,
    Image,
    Ornament,
    Purpose,
    Qr,
    Signatories,
    Table,
    Text,
)
from desktop.model.template_field import fields_of

PURPOSE_WORDS: Final[Mapping[Purpose, str]] = {
    "certificate": N_("Certificates"),
    "badge": N_("Badges"),
    "tent": N_("Name tents"),
    "envelope": N_("Envelopes"),
    "sheet": N_("Sign-in sheets"),
    "receipt": N_("Receipts"),
}
KINDS: Final[Mapping[type, tuple[str, str]]] = {
    Text: (N_("Text"), "type"),
    Column: (N_("Column of texts"), "rows-3"),
    Image: (N_("Picture"), "image"),
    Ornament: (N_("Ornament"), "flower-2"),
    Qr: (N_("QR code"), "qr-code"),
    Signatories: (N_("Signatories"), "signature"),
    Table: (N_("Table"), "table"),
}
"""Word and icon of each kind of element."""
TROUBLES: Final[Mapping[str, str]] = {
    "overflow": N_("Too long for its place"),
    "collision": N_("Touches something else"),
    "edge": N_("Too near the edge"),
    "missing": N_("Something is missing"),
    "unprintable": N_("Cannot be printed"),
}
_FIELD: Final = re.compile(r"\{(\w+)\}")
_LONGEST: Final = 40


def slot_word(slot: str) -> str:
    """What a slot of the office's pictures is called."""
    stem, _colon, number = slot.partition(":")
    if stem == "signature":
        return _("Signature {number}").format(number=number or "1")
    if stem == "background":
        return _("Background")
    if stem == "emblem":
        return _("Emblem {number}").format(number=number) if number else _("Emblem of the office")
    return _("Picture")


def field_word(purpose: Purpose, name: str) -> str:
    """What people call a field; its name when nobody does."""
    found = fields_of(purpose).get(name)
    return _(found.label) if found is not None else name


def words_of(purpose: Purpose, text: str) -> str:
    """A text with the words of its fields in angle quotes, in one line."""
    said = _FIELD.sub(lambda found: f"‹{field_word(purpose, found[1])}›", text)
    return " ".join(said.replace("{{", "{").replace("}}", "}").split())


def element_word(purpose: Purpose, element: AnyElement) -> str:
    """What the list of layers calls an element."""
    if element.name:
        return element.name
    if isinstance(element, Text):
        said = words_of(purpose, element.text)
        return said[:_LONGEST] or _("Empty text")
    if isinstance(element, Image) and (element.slot or element.id.startswith("background")):
        return slot_word(element.slot or "background")
    if isinstance(element, Ornament):
        return ornament_word(element.drawing)
    return _(KINDS[type(element)][0])


def ornament_word(drawing: str) -> str:
    """What an ornament is called."""
    from desktop.printing.ornament import ORNAMENTS

    found = ORNAMENTS.get(drawing)
    return _(found.label) if found is not None and found.label else _(KINDS[Ornament][0])


def icon_of(element: AnyElement) -> str:
    """The icon of an element's kind."""
    return KINDS[type(element)][1]


def mm(length: float) -> str:
    """A length as people write it: no zeros behind."""
    return f"{length:.2f}".rstrip("0").rstrip(".") or "0"
