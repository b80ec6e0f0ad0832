# SPDX-License-Identifier: Apache-2.0
"""What people thought of an event: scores of 1 to 5, and what they knew before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SCALE: Final = range(1, 6)
"""1 the least, 5 the most."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One sheet, which carries no name."""

    scores: Mapping[str, int]
    """By question; only those that were answered."""
    passes_on: bool | None = None
    """Whether she will pass on what she learnt; None when she did not say."""
    reaches: int = 0
    """Children and youth she means to reach."""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The answers to one question."""

    question: str
    counts: tuple[int, int, int, int, int]
    """How many chose 1, 2, 3, 4 and 5."""

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """Of those who answered; None when nobody did."""
        if not self.answered:
            return None
        points = sum(step * count for step, count in zip(SCALE, self.counts, strict=True))
        return points / self.answered


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """All sheets of an event together."""

    sheets: int = 0
    scores: tuple[Score, ...] = ()
    """Every question of the form, in its order, also one nobody answered."""
    before: float | None = None
    after: float | None = None
    """Mean knowledge of those who told both."""
    compared: int = 0
    better: int = 0
    """Of ``compared`` how many know more than before."""
    passes_on: int = 0
    asked_on: int = 0
    """Of so many who said whether they pass it on."""
    reaches: int = 0
    suggestions: tuple[str, ...] = ()

    @property
    def gain(self) -> float | None:
        """What was learnt, in points of the scale."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def summarise(
    sheets: Sequence[Evaluation], questions: Iterable[str], before: str, after: str
) -> EvaluationSummary:
    """Count the sheets. Before and after are compared only on sheets that tell both."""

    def counts(question: str) -> tuple[int, int, int, int, int]:
        said = [one.scores.get(question) for one in sheets]
        return (said.count(1), said.count(2), said.count(3), said.count(4), said.count(5))

    both = [
        (one.scores[before], one.scores[after])
        for one in sheets
        if before in one.scores and after in one.scores
    ]
    return EvaluationSummary(
        sheets=len(sheets),
        scores=tuple(Score(question, counts(question)) for question in questions),
        before=sum(was for was, _is in both) / len(both) if both else None,
        after=sum(now for _was, now in both) / len(both) if both else None,
        compared=len(both),
        better=sum(now > was for was, now in both),
        passes_on=sum(one.passes_on is True for one in sheets),
        asked_on=sum(one.passes_on is not None for one in sheets),
        reaches=sum(one.reaches for one in sheets if one.passes_on),
        suggestions=tuple(one.suggestion for one in sheets if one.suggestion),
    )
