# SPDX-License-Identifier: Apache-2.0
"""An expression cut into tokens (XPath 1.0, section 3.7).

A name, an operator and ``*`` look alike; which it is depends on what stands before it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from desktop.xforms.problem import ExpressionRefused

NUMBER: Final = 0
LITERAL: Final = 1
SYMBOL: Final = 2  # brackets, axes, separators
OPERATOR: Final = 3  # or and = != < <= > >= + - * div mod |
NAME: Final = 4  # name, prefix:name, prefix:*, *
END: Final = 5

_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
# Names of XML 1.0, fifth edition: Thai vowels and tone marks are part of them.
_NCNAME: Final = rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*"
# An exponent is not XPath 1.0; both ODK engines read what a calculation may have written.
_NUMBER: Final = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![A-Za-z]))?"
_TOKEN: Final = re.compile(
    rf"""[ \t\r\n]*(?:
    (?P<number>{_NUMBER})
    |(?P<literal>"[^"]*"|'[^']*')
    |(?P<symbol>::|//|\.\.|[()\[\].@,/$])
    |(?P<operator>!=|<=|>=|[=<>+|-])
    |(?P<name>{_NCNAME}(?::(?!:)(?:{_NCNAME}|\*))?|\*)
    |(?P<end>\Z)
    )""",
    re.VERBOSE,
)
_KINDS: Final = {
    "number": NUMBER,
    "literal": LITERAL,
    "symbol": SYMBOL,
    "operator": OPERATOR,
    "name": NAME,
    "end": END,
}
# After these an operand follows, so that a name is a name and ``*`` any element.
_BEFORE_OPERAND: Final = frozenset(("$", "@", "::", "(", "[", ",", "/", "//"))
_WORD: Final = re.compile(r"(?:and|or|mod|div)(?![A-Za-z_])")


class Token(NamedTuple):
    """One token; ``position`` counts characters from 0."""

    kind: int
    text: str
    position: int


def tokens(source: str) -> list[Token]:
    """Cut ``source``; the last token is an END. ExpressionRefused where nothing fits."""
    found: list[Token] = []
    here = 0
    operand = True
    while True:
        match = _TOKEN.match(source, here)
        if match is None:
            raise ExpressionRefused.unreadable(source, here)
        name = match.lastgroup or ""
        kind = _KINDS[name]
        text = match[name]
        position = match.start(name)
        here = match.end()
        if kind == NAME and not operand:
            # An operator stands here, also where it leans on what follows: ``a or-1``.
            word = _WORD.match(text)
            if text == "*":
                kind = OPERATOR
            elif word is not None:
                here = position + word.end()
                kind, text = OPERATOR, word[0]
            else:
                raise ExpressionRefused.unreadable(source, position)
        elif kind == LITERAL:
            text = text[1:-1]
        found.append(Token(kind, text, position))
        if kind == END:
            return found
        operand = kind == OPERATOR or (kind == SYMBOL and text in _BEFORE_OPERAND)
