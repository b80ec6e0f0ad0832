# SPDX-License-Identifier: Apache-2.0
"""The words of a template's text: fields in braces filled in, and what has nothing left out.

``{name}`` is a field, ``{{`` and ``}}`` are braces. A line of which every field is empty is left
out with the words around them; of a text with nothing but such lines nothing is left. Beside an
empty field only one of two spaces stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_PART: Final = re.compile(r"\{\{|\}\}|\{([A-Za-z_][A-Za-z0-9_]*)\}|\{|\}")

Parts = tuple[tuple[str, str], ...]
"""Of each piece of a line: the words as they are, or the name of a field, the other empty."""


class BadText(ValueError):
    """A text has a brace that neither begins nor ends a field; ``place`` is its index from 0."""

    def __init__(self, text: str, place: int) -> None:
        super().__init__("a brace without its other")
        self.text = text
        self.place = place


class UnknownField(KeyError):
    """A text asks for a field that the filling does not have; ``name`` is the field."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@lru_cache(maxsize=1024)
def lines_of(text: str) -> tuple[Parts, ...]:
    """The lines of a text, each in pieces. Raises :class:`BadText`."""
    lines: list[list[tuple[str, str]]] = [[]]
    words = ""

    def say(more: str) -> None:
        nonlocal words
        first, *rest = more.split("\n")
        words += first
        for line in rest:
            lines[-1].append((words, ""))
            lines.append([])
            words = line

    place = 0
    for found in _PART.finditer(text):
        say(text[place : found.start()])
        place = found.end()
        if found[0] in ("{{", "}}"):
            words += found[0][0]
        elif found[1]:
            lines[-1] += [(words, ""), ("", found[1])]
            words = ""
        else:
            raise BadText(text, found.start())
    say(text[place:])
    lines[-1].append((words, ""))
    return tuple(tuple(part for part in line if part != ("", "")) for line in lines)


@lru_cache(maxsize=1024)
def fields_in(text: str) -> tuple[str, ...]:
    """The names of the fields of a text, each once, in order. Raises :class:`BadText`."""
    return tuple(dict.fromkeys(name for line in lines_of(text) for _words, name in line if name))


def filled_text(text: str, fields: Mapping[str, str]) -> str:
    """A text with its fields filled in; "" when there is nothing to say.

    Raises :class:`UnknownField` for a field that is not among ``fields``, :class:`BadText`.
    """
    lines = lines_of(text)
    if len(lines) == 1 and len(lines[0]) == 1 and (alone := lines[0][0][1]) in fields:
        return fields[alone]
    said: list[str] = []
    asked = told = False
    for line in lines:
        words, has_fields, has_values = _line(line, fields)
        asked |= has_fields
        told |= has_values
        if has_values or not has_fields:
            said.append(words)
    return "\n".join(said) if told or not asked else ""


def _line(line: Parts, fields: Mapping[str, str]) -> tuple[str, bool, bool]:
    """The words of a line, whether it has fields, and whether one of them says something."""
    words = ""
    has_fields = has_values = emptied = False
    for plain, name in line:
        if name:
            has_fields = True
            try:
                value = fields[name]
            except KeyError as missing:
                raise UnknownField(name) from missing
            emptied = emptied or not value
            has_values = has_values or bool(value)
            words += value
        else:
            spare = emptied and (not words or words.endswith(" "))
            words += plain.lstrip(" ") if spare else plain
    return (words.strip(" ") if emptied else words), has_fields, has_values
