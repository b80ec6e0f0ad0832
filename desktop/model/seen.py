# SPDX-License-Identifier: Apache-2.0
"""What the author of a change had before her, of ops that no number of the centre tells of yet.

``saw`` names the ops a change stands above. Of a *text* these are the ops whose words are shown,
and what those had replaced: a text that waits beside it was not replaced by writing. Of a
*scalar* and of an *element* of a set they are all that is here and wrote it, whether it is shown
or has lost: nobody chooses between numbers, and an op that has lost here may come to the centre
before the one it lost to.

An op names ops, not fields. One whose number counts for a scalar may hold words that nobody has
seen, in the very text that is written as well: ``unseen`` says, by text, which of ``saw`` do not
hold there. Only then is it written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Changing:
    """What an op is about to change."""

    shown: Mapping[str, Any]
    """The fields it sets, with the values that are shown until now."""
    elements: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of its sets: what it adds and takes out."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The ops a change stands above."""

    saw: frozenset[str] = _NONE
    unseen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By text: those of ``saw`` whose words in it were not replaced."""

    def body(self) -> dict[str, Any]:
        """Its part of the op."""
        said: dict[str, Any] = {}
        if self.saw:
            said["saw"] = sorted(self.saw)
        if self.unseen:
            said["unseen"] = {name: sorted(oids) for name, oids in self.unseen.items()}
        return said


def replaced(
    changing: Changing | None, texts: Set[str], bodies: Sequence[Mapping[str, Any]]
) -> Replaced:
    """What a change stands above. ``bodies``: the ops of the record that its row does not hold
    yet; ``texts``: its fields that are texts; ``changing`` is None for a deletion, whose author
    sees the whole record."""
    if changing is None:
        return Replaced(_above(bodies))
    saw = _NONE
    of_text = {}
    for name, value in changing.shown.items():
        wrote = [body for body in bodies if name in (body.get("set") or ())]
        if name in texts:
            of_text[name] = _above([one for one in wrote if one["set"][name] == value], name)
            saw |= of_text[name]
        else:
            saw |= _above(wrote)
    for name, members in changing.elements.items():
        saw |= _above(
            body
            for body in bodies
            if any(not members.isdisjoint((body.get(way) or {}).get(name, ())) for way in _WAYS)
        )
    return Replaced(saw, {name: saw - seen for name, seen in of_text.items() if saw - seen})


_WAYS: Final = ("add", "rm")


def _above(bodies: Iterable[Mapping[str, Any]], text: str = "") -> frozenset[str]:
    """These ops and what they had replaced, in ``text`` if one is named."""
    found: set[str] = set()
    for body in bodies:
        found.add(body["oid"])
        found |= frozenset(body.get("saw", ())) - frozenset(body.get("unseen", {}).get(text, ()))
    return frozenset(found)
