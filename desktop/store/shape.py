# SPDX-License-Identifier: Apache-2.0
"""How the rows of one noun are read and written: values in Python, and as the file holds them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Text

from desktop.model.chain import canonical
from desktop.store.schema import COMMON, nouns

Fields = dict[str, Any]

_LARGEST: Final = 2**63
NUL: Final = "\0"
NUL_IN_JSON: Final = "\\u0000"


class Shape:
    """The columns of one noun, without those that all nouns have."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self.table = nouns[noun]
        self.columns: dict[str, Column[Any]] = {
            column.name: column for column in self.table.columns if column.name not in COMMON
        }
        names = ", ".join(quoted(self.columns))
        # Names of tables and columns come from the declared schema, values are always bound.
        self.select = (
            f'SELECT scope, deleted{", " if names else ""}{names} FROM "{noun}" WHERE id = ?'  # noqa: S608
        )
        self.select_many = (
            f'SELECT id, scope, deleted{", " if names else ""}{names} FROM "{noun}" '  # noqa: S608
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        self.sets = {n for n, c in self.columns.items() if c.info.get("merge") == "set"}
        self.texts = {n for n, c in self.columns.items() if isinstance(c.type, Text)}
        self.merged_texts = {n for n, c in self.columns.items() if c.info.get("merge") == "text"}
        self.kinds = {name: _kind(column) for name, column in self.columns.items()}
        self.bits = {name: 1 << place for place, name in enumerate(self.columns)}
        """Which bit of ``received.mask`` stands for which column."""
        self.empty = {name: _empty(column) for name, column in self.columns.items()}
        """By column: what the file holds where nobody said anything."""

    def encode(self, name: str, value: Any) -> Any:
        """``value`` as the file holds it."""
        column = self.columns.get(name)
        if column is None:
            raise KeyError(f"{self.noun} has no field {name}")
        if value is None:
            return None
        if isinstance(column.type, JSON):
            text = canonical(sorted(set(value)) if name in self.sets else value)
            return text if NUL_IN_JSON not in text else canonical(_plain(json.loads(text)))
        if isinstance(column.type, Boolean):
            return int(bool(value))
        if isinstance(value, str):
            return plain(value)
        if not isinstance(value, int | float):
            raise TypeError(f"{self.noun}.{name}: {type(value).__name__} cannot be kept")
        if isinstance(value, float) and not math.isfinite(value):
            # JSON has no such number: the message that says it would be refused, again and again.
            raise ValueError(f"{self.noun}.{name}: {value} is no number")
        return value

    def decode(self, name: str, raw: Any) -> Any:
        """What the file holds, as a plain value."""
        if raw is None:
            return None
        kind = self.columns[name].type
        if isinstance(kind, JSON):
            return json.loads(raw)
        return bool(raw) if isinstance(kind, Boolean) else raw

    def said(self, fields: Fields) -> Fields:
        """What the op of a new record sets: everything there is, but for the sets."""
        return {
            name: value if not _holds_nul(value) else self.decode(name, self.encode(name, value))
            for name, value in fields.items()
            if value is not None and name not in self.sets
        }

    def exact(self, name: str, value: Any) -> bool:
        """Whether this column gives back exactly ``value``, to the last digit of its JSON."""
        kind = self.kinds[name]
        if kind is Text:
            if type(value) is str:
                return NUL not in value
        elif value is not None:
            return _EXACT[kind](value) and (name not in self.sets or _is_set(value))
        return value is None and bool(self.columns[name].nullable)

    def fitted(self, name: str, value: Any) -> Any:
        """``value`` as the file can hold it: what this column cannot show is shown as nothing."""
        if value is None:
            return self.empty[name]
        if self.exact(name, value):
            return value if self.kinds[name] is Text else self.encode(name, value)
        kind = self.columns[name].type
        if isinstance(kind, Float) and type(value) is int and abs(value) < _LARGEST:
            return float(value)
        if isinstance(kind, Boolean) and value in (0, 1):
            return int(value)
        if isinstance(kind, JSON) and name in self.sets and isinstance(value, list):
            return canonical(sorted({one for one in value if isinstance(one, str)}))
        return self.empty[name]

    def mask(self, fields: Mapping[str, Any]) -> int:
        """The bits of the columns that ``fields`` names; what is no column has none."""
        return sum(self.bits[name] for name in fields if name in self.bits)

    def masked(self, mask: int, raws: Iterable[Any]) -> Fields:
        """The fields of ``mask`` out of a row of all columns."""
        return {
            name: self.decode(name, raw)
            for (name, bit), raw in zip(self.bits.items(), raws, strict=True)
            if mask & bit
        }

    def difference(self, before: Fields, after: Fields) -> Fields:
        """The op's ``set``, and ``add``/``rm`` for the fields that are sets."""
        body: Fields = {"set": {n: v for n, v in after.items() if n not in self.sets}}
        for name in after.keys() & self.sets:
            old, new = set(before[name] or ()), set(after[name] or ())
            if new - old:
                body.setdefault("add", {})[name] = sorted(new - old)
            if old - new:
                body.setdefault("rm", {})[name] = sorted(old - new)
        return body

    def elements(self, body: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        """What an op adds to and takes out of sets, by field."""
        found: dict[str, frozenset[str]] = {}
        for way in ("add", "rm"):
            for name, values in body.get(way, {}).items():
                found[name] = found.get(name, frozenset()) | frozenset(values)
        return found


@cache
def shape_of(noun: str) -> Shape:
    """The shape of a declared noun. ``KeyError`` for a kind that only a newer version knows."""
    return Shape(noun)


def plain(text: str) -> str:
    """A text without U+0000: it stands for nothing, and not every file and database holds it."""
    return text if NUL not in text else text.replace(NUL, "")


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return NUL in value
    return isinstance(value, list | dict | tuple) and NUL_IN_JSON in canonical(value)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(name): _plain(one) for name, one in value.items()}
    return value


def quoted(names: Iterable[str]) -> list[str]:
    """Names of columns as SQL."""
    return [f'"{name}"' for name in names]


def _empty(column: Column[Any]) -> Any:
    """What the table itself puts in where nothing is given, or nothing of the column's type."""
    default = getattr(column.server_default, "arg", None)
    if column.nullable and default is None:
        return None
    if isinstance(column.type, JSON):
        return str(default or "[]")
    if isinstance(column.type, Float):
        return float(str(default or 0))
    if isinstance(column.type, Boolean | Integer):
        return int(str(default or 0))
    return str(default or "")


def _kind(column: Column[Any]) -> type[Any]:
    return next(kind for kind in (JSON, Boolean, Float, Integer, Text) if _is(column, kind))


def _is(column: Column[Any], kind: type[Any]) -> bool:
    return isinstance(column.type, kind)


_EXACT: Final[dict[type[Any], Callable[[Any], bool]]] = {
    JSON: lambda value: NUL_IN_JSON not in canonical(value),
    Boolean: lambda value: type(value) is bool,
    # SQLite keeps no sign of a zero.
    Float: lambda value: type(value) is float and math.isfinite(value) and str(value) != "-0.0",
    Integer: lambda value: type(value) is int and -_LARGEST <= value < _LARGEST,
}
"""Whether a column of this kind gives a value back exactly."""


def _is_set(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(one, str) for one in value)
        and value == sorted(set(value))
    )
