# SPDX-License-Identifier: Apache-2.0
"""Which rows of a list may be people on file, and what the facilitator said of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from desktop.imports.roster import ReadRow
from desktop.model.person import Likeness

Decision = Literal["", "same", "other"]


class KnownRows:
    """Rows by line. Nothing is joined unless it was decided here."""

    def __init__(self) -> None:
        self._likes: Mapping[int, Sequence[Likeness]] = {}
        self._here: frozenset[int] = frozenset()
        self._decided: dict[int, tuple[Decision, str]] = {}

    def forget(self) -> None:
        """Another list."""
        self._likes, self._here, self._decided = {}, frozenset(), {}

    def learn(
        self,
        likes: Mapping[int, Sequence[Likeness]],
        rows: Iterable[ReadRow],
        here: Mapping[str, tuple[str, str]],
    ) -> None:
        """``likes`` by line; ``here`` are first names and surnames of this roster by person."""
        self._likes = likes
        self._here = frozenset(
            row.line_no for row in rows if _is_here(row, likes.get(row.line_no, ()), here)
        )

    def __len__(self) -> int:
        return len(self._likes)

    def __contains__(self, line: int) -> bool:
        return line in self._likes

    def likes(self, line: int) -> Sequence[Likeness]:
        """Those a row may be."""
        return self._likes.get(line, ())

    def decision(self, line: int) -> tuple[Decision, str]:
        """What was said of a row, and of which person on file."""
        return self._decided.get(line, ("", ""))

    @property
    def open(self) -> frozenset[int]:
        """Lines of which nothing was said yet."""
        return frozenset(self._likes.keys() - self._decided.keys())

    @property
    def here(self) -> frozenset[int]:
        """Lines of people who surely are on this roster, and of whom nothing else was said."""
        return self._here - self._decided.keys()

    def decide(self, line: int, decision: Decision, person_id: str) -> bool:
        """Say it, or take it back by saying the same again; True when it was said."""
        if self._decided.get(line) == (decision, person_id):
            del self._decided[line]
            return False
        self._decided[line] = (decision, person_id)
        return True

    def by_number(self) -> dict[int, str]:
        """Open lines whose identity number is that of exactly one person on file."""
        found: dict[int, str] = {}
        for line in self.open:
            numbers = [like for like in self._likes[line] if like.why == "identifier"]
            if len(numbers) == 1:
                found[line] = numbers[0].person_id
        return found


def _is_here(row: ReadRow, likes: Sequence[Likeness], here: Mapping[str, tuple[str, str]]) -> bool:
    """Whether a row is surely somebody of this roster: by number, or by the very same name."""
    name = (row.person.first, row.person.last)
    return any(
        like.person_id in here and (like.why == "identifier" or here[like.person_id] == name)
        for like in likes
    )
