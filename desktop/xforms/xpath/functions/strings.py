# SPDX-License-Identifier: Apache-2.0
"""Text (XPath 1.0, section 4.2; ODK XForms, String Functions). Characters are code points."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
import string
import uuid
from collections.abc import Sequence
from typing import Final

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath import pattern
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.functions.registry import function
from desktop.xforms.xpath.values import (
    INFINITY,
    WHITE,
    Value,
    string_value,
    strings,
    to_number,
    to_string,
)

_SPACES: Final = re.compile(f"[{WHITE}]+")
_DIGESTS: Final = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
_LETTERS: Final = string.ascii_letters + string.digits
_LONGEST_ID: Final = 10_000
_LONGEST: Final = 1_000_000
"""Characters of a text put together."""


@function("concat", 0, None)
def _concat(_node: Node, _environment: Environment, *values: Value) -> str:
    """All texts one after the other; of nodes all, not the first alone (ODK)."""
    return _together("", strings(values))


@function("join", 1, None)
def _join(_node: Node, _environment: Environment, between: Value, *values: Value) -> str:
    return _together(to_string(between), strings(values))


def _together(between: str, texts: Sequence[str]) -> str:
    """Texts in one; ExpressionRefused for one longer than ``_LONGEST``.

    A question that writes another one twice, and so on, would fill the memory in thirty of them.
    """
    size = sum(map(len, texts)) + len(between) * max(0, len(texts) - 1)
    if size > _LONGEST:
        raise ExpressionRefused.too_long_text(_LONGEST)
    return between.join(texts)


@function("contains", 2)
def _contains(_node: Node, _environment: Environment, text: Value, part: Value) -> bool:
    return to_string(part) in to_string(text)


@function("starts-with", 2)
def _starts_with(_node: Node, _environment: Environment, text: Value, part: Value) -> bool:
    return to_string(text).startswith(to_string(part))


@function("ends-with", 2)
def _ends_with(_node: Node, _environment: Environment, text: Value, part: Value) -> bool:
    return to_string(text).endswith(to_string(part))


@function("substring-before", 2)
def _substring_before(_node: Node, _environment: Environment, text: Value, part: Value) -> str:
    before, found, _ = to_string(text).partition(to_string(part) or "\0")
    return before if found else ""


@function("substring-after", 2)
def _substring_after(_node: Node, _environment: Environment, text: Value, part: Value) -> str:
    wanted = to_string(part)
    return to_string(text).partition(wanted)[2] if wanted else to_string(text)


def _rounded(number: float) -> float:
    """XPath's ``round``: halves upwards; what is not finite stays."""
    if not math.isfinite(number):
        return number
    return float((number + 0.5) // 1)


@function("substring", 2, 3)
def _substring(
    _node: Node, environment: Environment, text: Value, start: Value, length: Value | None = None
) -> str:
    """From the 1-based ``start`` on, ``length`` characters (XPath 1.0, section 4.2)."""
    whole = to_string(text)
    first = _rounded(to_number(start, environment))
    end = INFINITY if length is None else first + _rounded(to_number(length, environment))
    if math.isnan(first) or math.isnan(end):
        return ""
    begin = max(1.0, first)
    stop = min(len(whole) + 1.0, end)
    return whole[int(begin) - 1 : int(stop) - 1] if begin < stop else ""


def _whole(value: Value, environment: Environment, most: int) -> int | None:
    """A number cut to a whole one between ``-most`` and ``most``; None for NaN."""
    number = to_number(value, environment)
    if math.isnan(number):
        return None
    return int(max(-float(most), min(float(most), number)))


@function("substr", 2, 3)
def _substr(
    _node: Node, environment: Environment, text: Value, start: Value, end: Value | None = None
) -> str:
    """From the 0-based ``start`` to before ``end``; negative counts from the end."""
    whole = to_string(text)
    size = len(whole)
    first = _whole(start, environment, size + 1)
    stop = size if end is None else _whole(end, environment, size + 1)
    if first is None or stop is None:
        return ""
    first = max(0, first + size if first < 0 else first)
    stop = max(0, stop + size if stop < 0 else stop)
    return whole[first:stop]


@function("string-length", 0, 1)
def _string_length(node: Node, _environment: Environment, text: Value | None = None) -> float:
    return float(len(string_value(node) if text is None else to_string(text)))


@function("normalize-space", 0, 1)
def _normalize_space(node: Node, _environment: Environment, text: Value | None = None) -> str:
    """Runs of XPath's white space become one space, those at the ends none."""
    return _SPACES.sub(" ", string_value(node) if text is None else to_string(text)).strip(WHITE)


@function("translate", 3)
def _translate(_node: Node, _environment: Environment, text: Value, old: Value, new: Value) -> str:
    """Each character of ``old`` becomes the one at its place in ``new``, or goes."""
    after = to_string(new)
    table: dict[int, str] = {}
    for place, letter in enumerate(to_string(old)):
        table.setdefault(ord(letter), after[place : place + 1])
    return to_string(text).translate(table)


@function("uuid", 0, 1)
def _uuid(_node: Node, environment: Environment, length: Value | None = None) -> str:
    """A random UUID (RFC 4122, version 4), or ``length`` random letters and digits."""
    if length is None:
        return str(uuid.UUID(int=environment.chance.getrandbits(128), version=4))
    count = _whole(length, environment, _LONGEST_ID) or 0
    return "".join(environment.chance.choice(_LETTERS) for _ in range(count))


@function("digest", 2, 3)
def _digest(
    _node: Node,
    _environment: Environment,
    text: Value,
    algorithm: Value,
    encoding: Value = "base64",
) -> str:
    """A digest of the UTF-8 bytes (XForms 1.1): MD5, SHA-1, SHA-256, SHA-384 or SHA-512."""
    name = _DIGESTS.get(to_string(algorithm).upper())
    if name is None:
        raise ExpressionRefused.wrong_argument("digest", to_string(algorithm))
    # Not for secrecy: a form compares what other tools wrote with these.
    made = hashlib.new(name, _bytes(to_string(text)), usedforsecurity=False)
    match to_string(encoding).lower():
        case "hex":
            return made.hexdigest()
        case "base64":
            return base64.b64encode(made.digest()).decode("ascii")
        case other:
            raise ExpressionRefused.wrong_argument("digest", other)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@function("base64-decode", 1)
def _base64_decode(_node: Node, _environment: Environment, text: Value) -> str:
    """The UTF-8 text within base64; "" for what is not base64."""
    packed = _SPACES.sub("", to_string(text))
    try:
        return base64.b64decode(_bytes(packed), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


@function("regex", 2)
def _regex(_node: Node, _environment: Environment, text: Value, expression: Value) -> bool:
    return pattern.matches(to_string(expression), to_string(text))
