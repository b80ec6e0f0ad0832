# SPDX-License-Identifier: Apache-2.0
"""What two texts do not have in common, word by word.

Words are what the breaker takes for words, so that a vowel or a tone mark is never marked apart
from its consonant. What cannot be broken (a name, a word in no dictionary) is compared whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from desktop.thai.breaking import break_points

_PIECE = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of one text."""

    text: str
    differs: bool


def pieces(text: str) -> list[str]:
    """The words of a text and what stands between them; together they are the text."""
    marks = [0, *break_points(text), len(text)]
    words = [text[start:end] for start, end in pairwise(marks) if end > start]
    return [part for word in words for part in _PIECE.findall(word)]


def compare(left: str, right: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Both texts cut into what they share and what only one of them says."""
    ours, theirs = pieces(left), pieces(right)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    before: list[Span] = []
    after: list[Span] = []
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        differs = kind != "equal"
        if end > start:
            before.append(Span("".join(ours[start:end]), differs))
        if other_end > other_start:
            after.append(Span("".join(theirs[other_start:other_end]), differs))
    return _joined(before), _joined(after)


def combined(texts: list[str]) -> str:
    """A first text that holds all of several: each word that only some say, in its place.

    Where one text is a beginning or a part of another, the longer one; otherwise one under the
    other. A person edits it before it is kept.
    """
    kept: list[str] = []
    for text in texts:
        clean = text.strip()
        if not clean or any(clean in other for other in kept):
            continue
        kept = [other for other in kept if other not in clean] + [clean]
    return "\n".join(kept)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbours of one kind as one; a blank between two differing words differs with them."""
    joined: list[Span] = []
    for place, span in enumerate(spans):
        between = (
            not span.differs
            and not span.text.strip()
            and bool(joined)
            and joined[-1].differs
            and place + 1 < len(spans)
            and spans[place + 1].differs
        )
        differs = span.differs or between
        if joined and joined[-1].differs == differs:
            joined[-1] = Span(joined[-1].text + span.text, differs)
        else:
            joined.append(Span(span.text, differs))
    return tuple(joined)
