# SPDX-License-Identifier: Apache-2.0
"""Regular expressions of a form, which can never hang the window.

Python's ``re`` tries one way after the other, and a form may hold ``(a+)+b``, which has more ways
than there are seconds. Here all ways are followed at once (Thompson's simulation): the work is at
most the length of the text times the size of the pattern, and the sets of ways met are kept, so
that a usual pattern costs one look-up a character. Both sizes are bounded, and what is still too
much work is refused by counted steps, never by the clock.

A pattern must match the whole text, as in JavaRosa and in ODK's documentation.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from desktop.i18n import _
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.pattern_reader import (
    Choice,
    Edge,
    Letters,
    Repeat,
    Sequence,
    Shape,
    Test,
    is_word,
    read,
)

MOST_STATES: Final = 4_000
MOST_STEPS: Final = 1_000_000
_MOST_PLACES: Final = 1_000
_MOST_MOVES: Final = 512


class _Place:
    """A set of ways through the pattern, and where each character leads from it."""

    __slots__ = ("at_start", "ends", "moves", "states", "word_before")

    def __init__(self, states: frozenset[int], *, at_start: bool, word_before: bool) -> None:
        self.states = states
        self.at_start = at_start
        self.word_before = word_before
        self.moves: dict[str, _Place] = {}
        self.ends: bool | None = None


class Matcher:
    """One pattern; calling it with a text says whether the whole text is what it describes.

    ``steps`` counts the work of the last call.
    """

    __slots__ = ("_begin", "_edges", "_first", "_places", "_splits", "_tests", "source", "steps")

    def __init__(self, source: str) -> None:
        self.source = source
        self.steps = 0
        # State 0 is the end. A state has a test and one successor, or an edge, or only successors.
        self._tests: list[Test | None] = [None]
        self._edges: list[str] = [""]
        self._splits: list[tuple[int, ...]] = [()]
        self._begin = self._build(read(source), 0)
        self._places: dict[tuple[frozenset[int], bool, bool], _Place] = {}
        self._first = _Place(frozenset((self._begin,)), at_start=True, word_before=False)

    # ── the pattern as states ────────────────────────────────────────────────────────────────
    def _state(self, test: Test | None, edge: str, after: tuple[int, ...]) -> int:
        if len(self._tests) >= MOST_STATES:
            raise ExpressionRefused.pattern(self.source[:80], _("it repeats too much"))
        self._tests.append(test)
        self._edges.append(edge)
        self._splits.append(after)
        return len(self._tests) - 1

    def _build(self, shape: Shape, after: int) -> int:
        """The first state of ``shape`` followed by ``after``."""
        match shape:
            case Letters(test):
                return self._state(test, "", (after,))
            case Edge(kind):
                return self._state(None, kind, (after,))
            case Sequence(parts):
                for part in reversed(parts):
                    after = self._build(part, after)
                return after
            case Choice(parts):
                return self._state(None, "", tuple(self._build(part, after) for part in parts))
            case Repeat(part, least, most):
                return self._repeat(part, least, most, after)

    def _repeat(self, part: Shape, least: int, most: int | None, after: int) -> int:
        if not _consumes(part):
            # Of nothing once is as good as often.
            once = self._build(part, after)
            return once if least else self._state(None, "", (once, after))
        begin = after
        if most is None:
            begin = self._state(None, "", ())
            self._splits[begin] = (self._build(part, begin), after)
        else:
            for _time in range(most - least):
                begin = self._state(None, "", (self._build(part, begin), after))
        for _time in range(least):
            begin = self._build(part, begin)
        return begin

    # ── following all ways at once ───────────────────────────────────────────────────────────
    def __call__(self, text: str) -> bool:
        """Whether the whole of ``text`` matches; ExpressionRefused past a million steps."""
        self.steps = 0
        place = self._first
        for letter in text:
            after = place.moves.get(letter)
            if after is None:
                after = self._move(place, letter)
            if not after.states:
                return False
            place = after
        if place.ends is None:
            place.ends = 0 in self._reached(place, None)
        return place.ends

    def _reached(self, place: _Place, letter: str | None) -> set[int]:
        """All states reached before ``letter`` (None: the end) without a character."""
        word_after = letter is not None and is_word(letter)
        held = {
            "start": place.at_start,
            "end": letter is None,
            "word": place.word_before != word_after,
            "no word": place.word_before == word_after,
        }
        found: set[int] = set()
        waiting = list(place.states)
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            found.add(state)
            edge = self._edges[state]
            if self._tests[state] is None and (not edge or held[edge]):
                waiting.extend(self._splits[state])
        self.steps += len(found)
        if self.steps > MOST_STEPS:
            raise ExpressionRefused.pattern(self.source[:80], _("it is too costly for this text"))
        return found

    def _move(self, place: _Place, letter: str) -> _Place:
        states: set[int] = set()
        for state in self._reached(place, letter):
            test = self._tests[state]
            if test is not None and test(letter):
                states.add(self._splits[state][0])
        key = (frozenset(states), False, is_word(letter))
        after = self._places.get(key)
        if after is None:
            if len(self._places) >= _MOST_PLACES:
                self._places.clear()
                self._first.moves.clear()
            after = _Place(key[0], at_start=False, word_before=key[2])
            self._places[key] = after
        if len(place.moves) < _MOST_MOVES:
            place.moves[letter] = after
        return after


def _consumes(shape: Shape) -> bool:
    """Whether there is a character anywhere in the shape."""
    match shape:
        case Letters():
            return True
        case Edge():
            return False
        case Sequence(parts) | Choice(parts):
            return any(_consumes(part) for part in parts)
        case Repeat(part, _least, _most):
            return _consumes(part)


@lru_cache(512)
def matcher(expression: str) -> Matcher:
    """The matcher of a pattern; ExpressionRefused says what in it is not supported."""
    return Matcher(expression)


def matches(expression: str, text: str) -> bool:
    """Whether the whole ``text`` is what the pattern describes."""
    return matcher(expression)(text)
