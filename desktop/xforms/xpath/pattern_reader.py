# SPDX-License-Identifier: Apache-2.0
"""A regular expression read into the few shapes the matcher knows.

The language is what ODK's engines (Java, JavaScript) share and forms use: characters, classes
with ranges in any script, ``\\d \\w \\s \\p{L} \\p{IsThai}``, groups, ``|``, ``^ $ \\b``, and
``* + ? {n,m}``, lazy ones too, which decide the same. What needs to go back over the text
(backreferences, looking ahead or behind, possessive and atomic groups) is refused by name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias

from desktop.i18n import _
from desktop.xforms.problem import ExpressionRefused

Test: TypeAlias = Callable[[str], bool]

LONGEST: Final = 2_000
DEEPEST: Final = 50
MOST: Final = 1_000
"""The largest number in ``{n,m}``."""


@dataclass(frozen=True, slots=True)
class Letters:
    """One character for which ``test`` is true."""

    test: Test


@dataclass(frozen=True, slots=True)
class Edge:
    """No character: "start" or "end" of the text, "word" or "no word" boundary."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of the parts."""

    parts: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``part`` from ``least`` to ``most`` times; None: any number of times."""

    part: Shape
    least: int
    most: int | None


Shape: TypeAlias = Letters | Edge | Sequence | Choice | Repeat


def _one(letter: str) -> Test:
    return lambda found: found == letter


def _between(first: str, last: str) -> Test:
    return lambda found: first <= found <= last


def _any_of(tests: list[Test]) -> Test:
    several = tuple(tests)
    return several[0] if len(several) == 1 else lambda found: any(t(found) for t in several)


def _not(test: Test) -> Test:
    return lambda found: not test(found)


def _in(letters: str) -> Test:
    known = frozenset(letters)
    return lambda found: found in known


def _category(begin: str) -> Test:
    return lambda found: unicodedata.category(found).startswith(begin)


def is_word(letter: str) -> bool:
    """``\\w``: in both engines ASCII alone, so no Thai letter."""
    return letter == "_" or (letter.isascii() and letter.isalnum())


def _digit(letter: str) -> bool:
    return "0" <= letter <= "9"


_DOT: Final = _not(_in("\n\r\x85\u2028\u2029"))
_SPACE: Final = _in(" \t\n\r\f\v")
_CLASSES: Final[dict[str, Test]] = {
    "d": _digit,
    "D": _not(_digit),
    "w": is_word,
    "W": _not(is_word),
    "s": _SPACE,
    "S": _not(_SPACE),
}
_CONTROLS: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_SIGNS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_EDGES: Final = {"b": "word", "B": "no word", "A": "start", "z": "end", "Z": "end"}
_THAI: Final = _between("\u0e00", "\u0e7f")
_CATEGORIES: Final = frozenset(
    (
        *("L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No"),
        *("P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"),
        *("S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp"),
    )
)
_PROPERTIES: Final[dict[str, Test]] = {
    "Alpha": lambda c: c.isascii() and c.isalpha(),
    "Digit": _digit,
    "Alnum": lambda c: c.isascii() and c.isalnum(),
    "Upper": lambda c: "A" <= c <= "Z",
    "Lower": lambda c: "a" <= c <= "z",
    "Punct": _in("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    "Space": _SPACE,
    "IsAlphabetic": str.isalpha,
    "IsThai": _THAI,
    "InThai": _THAI,
    "Thai": _THAI,
    "IsLatin": lambda c: c.isalpha() and unicodedata.name(c, "").startswith("LATIN"),
}


def read(source: str) -> Shape:
    """The shape of a pattern; ExpressionRefused names what it cannot have."""
    return _Reader(source).whole()


class _Reader:
    __slots__ = ("at", "depth", "fold", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0
        self.fold = False
        if len(source) > LONGEST:
            self.refuse(_("it is longer than {count} characters").format(count=LONGEST))

    def refuse(self, reason: str) -> NoReturn:
        raise ExpressionRefused.pattern(self.source[:80], reason)

    def whole(self) -> Shape:
        if self.take("(?i)"):
            self.fold = True
        shape = self.choice()
        if self.at < len(self.source):
            self.refuse(_("a bracket “)” has no beginning"))
        return shape

    def take(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def next(self) -> str:
        letter = self.peek()
        if not letter:
            self.refuse(_("it ends too early"))
        self.at += 1
        return letter

    # ── structure ────────────────────────────────────────────────────────────────────────────
    def choice(self) -> Shape:
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(_("it has too many brackets inside one another"))
        parts = [self.sequence()]
        while self.take("|"):
            parts.append(self.sequence())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def sequence(self) -> Shape:
        parts: list[Shape] = []
        while self.at < len(self.source) and self.peek() not in "|)":
            parts.append(self.repeated(self.atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self, part: Shape) -> Shape:
        counted = self.count()
        if counted is None:
            return part
        if self.take("+"):
            self.refuse(_("“++”, “*+” and “?+” are not supported"))
        self.take("?")
        if self.count() is not None:
            self.refuse(_("two signs of repetition follow one another"))
        least, most = counted
        if most is not None and most < least:
            self.refuse(_("the most repetitions are fewer than the least"))
        if max(least, most or 0) > MOST:
            self.refuse(_("a number of repetitions is larger than {count}").format(count=MOST))
        return Repeat(part, least, most)

    def count(self) -> tuple[int, int | None] | None:
        """The sign of repetition that comes next; a ``{`` that is none is a character."""
        sign = self.peek()
        if sign in _SIGNS:
            self.at += 1
            return _SIGNS[sign]
        end = self.source.find("}", self.at)
        if sign != "{" or end < 0:
            return None
        least, comma, most = self.source[self.at + 1 : end].partition(",")
        if not _number(least) or not (most == "" or _number(most)):
            return None
        self.at = end + 1
        if not comma:
            return int(least), int(least)
        return int(least), int(most) if most else None

    def atom(self) -> Shape:
        letter = self.next()
        if letter == "(":
            return self.group()
        if letter == "\\":
            return self.escape()
        if letter in "^$":
            return Edge("start" if letter == "^" else "end")
        if letter == ".":
            return Letters(_DOT)
        if letter in _SIGNS:
            self.refuse(_("“{sign}” has nothing before it").format(sign=letter))
        return self.letters(self.bracket() if letter == "[" else _one(letter))

    def letters(self, test: Test) -> Letters:
        if not self.fold:
            return Letters(test)
        return Letters(lambda found: test(found) or test(found.lower()) or test(found.upper()))

    def group(self) -> Shape:
        if self.take("?"):
            if self.take("<"):
                if self.peek() in ("=", "!"):
                    self.refuse(_("looking ahead or behind is not supported"))
                end = self.source.find(">", self.at)
                if end < 0:
                    self.refuse(_("it ends too early"))
                self.at = end + 1
            elif not self.take(":"):
                if self.peek() in ("=", "!"):
                    self.refuse(_("looking ahead or behind is not supported"))
                self.refuse(_("“(?{sign}” is not supported").format(sign=self.peek()))
        shape = self.choice()
        if not self.take(")"):
            self.refuse(_("a bracket “(” has no end"))
        return shape

    # ── characters ───────────────────────────────────────────────────────────────────────────
    def escape(self) -> Shape:
        letter = self.next()
        if letter in _EDGES:
            return Edge(_EDGES[letter])
        if letter in "123456789k":
            self.refuse(_("what was found before cannot be asked for again"))
        test = self.escaped_class(letter)
        return self.letters(_one(self.escaped(letter)) if test is None else test)

    def escaped_class(self, letter: str) -> Test | None:
        if letter in "pP":
            test = self.property()
            return test if letter == "p" else _not(test)
        return _CLASSES.get(letter)

    def escaped(self, letter: str) -> str:
        """The character an escape stands for."""
        if letter in _CONTROLS:
            return _CONTROLS[letter]
        if letter in "xu":
            size = 2 if letter == "x" else 4
            digits = self.source[self.at : self.at + size]
            try:
                found = chr(int(digits, 16))
            except ValueError:
                found = ""
            if len(digits) < size or not found:
                self.refuse(_("“\\{sign}” needs digits").format(sign=letter))
            self.at += size
            return found
        if letter.isascii() and letter.isalnum():
            self.refuse(_("“\\{sign}” is not supported").format(sign=letter))
        return letter

    def property(self) -> Test:
        name = self.next()
        if name == "{":
            end = self.source.find("}", self.at)
            name = self.source[self.at : end] if end >= 0 else ""
            self.at = end + 1 if end >= 0 else self.at
        plain = name.rpartition("=")[2]
        if plain in _CATEGORIES:
            return _category(plain)
        if plain not in _PROPERTIES:
            self.refuse(_("“\\p{name}” is not supported").format(name=f"{{{name}}}"))
        return _PROPERTIES[plain]

    def bracket(self) -> Test:
        """The test of ``[…]``."""
        negated = self.take("^")
        tests: list[Test] = []
        first = True
        while first or self.peek() != "]":
            first = False
            if self.source.startswith("&&", self.at) or self.peek() == "[":
                self.refuse(_("“[” and “&&” inside [ ] are not supported"))
            low = self.member()
            if not isinstance(low, str):
                tests.append(low)
                continue
            if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.member()
                if not isinstance(high, str) or high < low:
                    self.refuse(_("a range in [ ] is the wrong way round"))
                tests.append(_between(low, high))
            else:
                tests.append(_one(low))
        self.at += 1
        test = _any_of(tests)
        return _not(test) if negated else test

    def member(self) -> str | Test:
        letter = self.next()
        if letter != "\\":
            return letter
        letter = self.next()
        if letter == "b":
            return "\b"
        return self.escaped_class(letter) or self.escaped(letter)


def _number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
