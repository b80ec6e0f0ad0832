# SPDX-License-Identifier: Apache-2.0
"""The written form of templates: canonical JSON, its digest, and back, checked as it is read.

What has its usual value is left out, so that files stay short enough to read, and a property that
a later version brings does not change the digest of older templates.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from desktop.model import template as kinds
from desktop.model.template import AnyElement, Template

_FORMAT: Final = "samut-template/1"
_KINDS: Final[dict[str, type[AnyElement]]] = {
    "text": kinds.Text,
    "column": kinds.Column,
    "image": kinds.Image,
    "ornament": kinds.Ornament,
    "qr": kinds.Qr,
    "signatories": kinds.Signatories,
    "table": kinds.Table,
}
_NAMES: Final = {cls: name for name, cls in _KINDS.items()}
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_ID: Final = re.compile(r"[A-Za-z0-9_.:-]{1,40}")
_HALF: Final = re.compile("[\ud800-\udfff]")
_SHA: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST: Final = 2000.0
"""Millimetres: no paper is larger."""
_MOST: Final = 400
_LONGEST: Final = 4000


class BadTemplate(ValueError):
    """What was read is no template; ``where`` says at which place of it."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where


def write_template(template: Template) -> bytes:
    """A template as canonical JSON: the same bytes for the same template."""
    text = json.dumps({"format": _FORMAT, **_said(template)}, ensure_ascii=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip
    return text.encode()


def template_digest(template: Template) -> str:
    """SHA-256 of what a template says, in hex: the same on every computer.

    What was issued is found again by it: the written form of a template that exists never changes.
    """
    return hashlib.sha256(write_template(template)).hexdigest()


def read_template(data: bytes | str) -> Template:
    """What :func:`write_template` wrote, or a person by hand. Raises :class:`BadTemplate`."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise BadTemplate("file", "no JSON") from wrong
    if not isinstance(said, dict) or said.pop("format", None) != _FORMAT:
        raise BadTemplate("format", f"not {_FORMAT}")
    return _heard(said)


def kind_of(element: AnyElement) -> str:
    """The word for the kind of an element, as in the file."""
    return _NAMES[type(element)]


def _said(template: Template) -> dict[str, Any]:
    """A template as plain values."""
    said: dict[str, Any] = _told(template)
    said["elements"] = [{"kind": kind_of(one), **_told(one)} for one in template.elements]
    return said


def _told(one: Any) -> Any:
    if dataclasses.is_dataclass(one) and not isinstance(one, type):
        said = {}
        for part in dataclasses.fields(one):
            value = getattr(one, part.name)
            usual = part.default
            if part.default_factory is not dataclasses.MISSING:
                usual = part.default_factory()
            if part.name != "elements" and (usual is dataclasses.MISSING or value != usual):
                said[part.name] = _told(value)
        return said
    if isinstance(one, tuple | list):
        return [_told(part) for part in one]
    if isinstance(one, Mapping):
        return {str(key): _told(value) for key, value in one.items()}
    if isinstance(one, float) and one.is_integer():
        return int(one)  # 210 and 210.0 are one length, and must be one digest
    return one


def _heard(said: dict[str, Any]) -> Template:
    """A template from plain values. Raises :class:`BadTemplate`."""
    elements = said.pop("elements", [])
    if not isinstance(elements, list) or len(elements) > _MOST:
        raise BadTemplate("elements", f"a list of at most {_MOST}")
    made: list[AnyElement] = []
    for place, one in enumerate(elements):
        where = f"elements[{place}]"
        if not isinstance(one, dict) or str(one.get("kind")) not in _KINDS:
            raise BadTemplate(where, f"kind is none of {', '.join(_KINDS)}")
        rest = dict(one)
        cls = _KINDS[rest.pop("kind")]
        made.append(_record(cls, rest, where))
    template: Template = _record(Template, {**said, "elements": []}, "template")
    template = dataclasses.replace(template, elements=tuple(made))
    _check(template)
    return template


def _check(template: Template) -> None:
    ids = [one.id for one in template.elements]
    for place, one in enumerate(template.elements):
        where = f"elements[{place}]"
        if not _ID.fullmatch(one.id) or ids.count(one.id) > 1:
            raise BadTemplate(where, "id must be its own, of letters and digits")
        if one.width < 0 or one.height < 0:
            raise BadTemplate(where, "width and height are never negative")
        if isinstance(one, kinds.Image) and one.asset and not _SHA.fullmatch(one.asset):
            raise BadTemplate(where, "asset is the SHA-256 of a file")
        if isinstance(one, kinds.Text) and one.column:
            columns = [c.id for c in template.elements if isinstance(c, kinds.Column)]
            if one.column not in columns:
                raise BadTemplate(where, f"no column {one.column!r}")
    if template.width < 5 or template.height < 5:
        raise BadTemplate("template", "a page is at least 5 mm")
    paper = template.paper
    if paper is not None and not (1 <= paper.columns <= 20 and 1 <= paper.rows <= 40):
        raise BadTemplate("paper", "1 to 20 columns and 1 to 40 rows")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, vars(kinds))


def _record(cls: type, said: Any, where: str) -> Any:
    if not isinstance(said, dict):
        raise BadTemplate(where, "an object is needed")
    parts = {part.name: part for part in dataclasses.fields(cls)}
    if strangers := said.keys() - parts.keys():
        raise BadTemplate(where, f"unknown: {', '.join(sorted(map(str, strangers)))}")
    hints = _hints(cls)
    values = {}
    for name, part in parts.items():
        if name in said:
            values[name] = _value(hints[name], said[name], f"{where}.{name}")
        elif part.default is dataclasses.MISSING and part.default_factory is dataclasses.MISSING:
            raise BadTemplate(where, f"{name} is missing")
    return cls(**values)


def _value(hint: Any, said: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin is Literal:
        return _one_of(get_args(hint), said, where)
    if origin in (Union, types.UnionType):
        inner = [one for one in get_args(hint) if one is not type(None)]
        return None if said is None else _value(inner[0], said, where)
    if origin is tuple:
        return _list(get_args(hint)[0], said, where)
    if dataclasses.is_dataclass(hint):
        return _record(hint, said, where)  # type: ignore[arg-type]
    return _plain(hint, said, where)


def _one_of(words: tuple[Any, ...], said: Any, where: str) -> Any:
    if said not in words:
        raise BadTemplate(where, f"one of {', '.join(map(str, words))}")
    return said


def _list(hint: Any, said: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(said, list) or len(said) > _MOST:
        raise BadTemplate(where, "a list is needed")
    if hint is AnyElement:
        return ()
    return tuple(_value(hint, one, f"{where}[{place}]") for place, one in enumerate(said))


def _plain(hint: Any, said: Any, where: str) -> Any:
    """A truth, a number, a text or the properties of an ornament."""
    if hint is bool:
        if not isinstance(said, bool):
            raise BadTemplate(where, "true or false")
        return said
    if hint in (int, float):
        return _number(hint, said, where)
    if hint is str:
        return _text(said, where)
    if not isinstance(said, dict):
        raise BadTemplate(where, "an object is needed")
    if where.endswith(".titles"):
        return {_text(key, where): _text(title, where) for key, title in said.items()}
    return {_text(key, where): _property(value, where) for key, value in said.items()}


def _property(said: Any, where: str) -> Any:
    """A property of an ornament: what one means only its drawing knows."""
    if isinstance(said, str):
        return _text(said, where)
    if said is None or isinstance(said, bool):
        return said
    if isinstance(said, list) and len(said) <= _MOST:
        return [_property(one, where) for one in said]
    return _number(float, said, where) if isinstance(said, float) else _number(int, said, where)


def _text(said: Any, where: str) -> str:
    if not isinstance(said, str) or len(said) > _LONGEST:
        raise BadTemplate(where, f"a text of at most {_LONGEST} characters")
    if _HALF.search(said):
        raise BadTemplate(where, "half a character")
    if where.endswith(".colour") and not _COLOUR.fullmatch(said):
        raise BadTemplate(where, "a colour like #1E2136")
    return said


def _number(hint: type, said: Any, where: str) -> float | int:
    if isinstance(said, bool) or not isinstance(said, int | float) or not math.isfinite(said):
        raise BadTemplate(where, "a number")
    if abs(said) > _LARGEST:
        raise BadTemplate(where, f"at most {_LARGEST:g}")
    if hint is int:
        if said != int(said):
            raise BadTemplate(where, "a whole number")
        return int(said)
    return float(said)
