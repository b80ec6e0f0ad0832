# SPDX-License-Identifier: Apache-2.0
"""The privacy notice that is read aloud before a visit (Personal Data Protection Act, s.23).

A notice is data: a version, its texts in one language, and what stops when somebody takes a
consent back. What an office says of itself (its name, whom to call) is filled in at the moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

BLANKS: Final = ("office", "contact", "dpo", "case_years", "photo_years")
"""What an office fills in: its name, its telephone, its data protection officer, and for how many
years cases and photographs are kept."""

UNKNOWN: Final = "." * 40
"""Stands where an office has not said: on paper it can be written in by hand."""


@dataclass(frozen=True, slots=True)
class NoticePart:
    """One point of the notice: a heading of a few words and what is read aloud."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What happens when one consent is taken back: its name, what stops, what goes on."""

    name: str
    stops: tuple[str, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice in one language. ``version`` is year and number: "2569-1"."""

    version: str
    language: str
    title: str
    parts: tuple[NoticePart, ...]
    """The whole notice; a minute to read aloud."""
    simple_title: str
    simple: tuple[str, ...]
    """The same in short sentences of everyday words, for whom Thai is a second language."""
    withdrawals: Mapping[str, TakenBack]
    """By what is taken back: "photo", "publication", "all" (see ``model.consent``)."""

    def text(self) -> str:
        """The whole notice as it is read aloud."""
        return "\n".join(part.text for part in self.parts)


def filled(notice: Notice, values: Mapping[str, str]) -> Notice:
    """The notice with what the office says of itself; what it does not say is a dotted line.

    ``values`` is by the names of ``BLANKS``; others are not used.
    """
    said = {name: values.get(name, "").strip() or UNKNOWN for name in BLANKS}

    def told(text: str) -> str:
        for name, value in said.items():
            text = text.replace("{" + name + "}", value)
        return text

    return replace(
        notice,
        title=told(notice.title),
        parts=tuple(NoticePart(told(part.heading), told(part.text)) for part in notice.parts),
        simple_title=told(notice.simple_title),
        simple=tuple(told(sentence) for sentence in notice.simple),
        withdrawals={
            what: TakenBack(
                told(each.name),
                tuple(told(text) for text in each.stops),
                tuple(told(text) for text in each.stays),
            )
            for what, each in notice.withdrawals.items()
        },
    )
