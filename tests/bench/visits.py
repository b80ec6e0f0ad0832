# SPDX-License-Identifier: Apache-2.0
"""Home visits as a rival service would keep them: one JSON object of about 1.5 kB each.

The sentences are Thai that people wrote: the catalogue of this program and the labels of its
forms, cut at random and put together anew, so that they pack no better than real notes do.
"""

from __future__ import annotations

import random
import uuid
from functools import cache
from typing import Any, Final

from tests.bench.figures import ROOT

_PROBLEMS: Final = [
    "elder_alone",
    "disability",
    "poverty",
    "debt",
    "drugs",
    "violence",
    "stateless",
    "house",
]
_NEEDS: Final = ["money", "care", "house", "work", "law", "school"]


@cache
def _thai() -> str:
    from babel.messages.pofile import read_po

    with (ROOT / "resources/locale/th/LC_MESSAGES/samut.po").open("rb") as file:
        said = [m.string if isinstance(m.string, str) else "" for m in read_po(file)]
    words = [text for text in said if any("\u0e00" <= letter <= "\u0e7f" for letter in text)]
    random.Random(7).shuffle(words)
    return " ".join(words)


def _cut(chance: random.Random, length: int) -> str:
    """Pieces of a line or less from anywhere, so that no two notes share more than that."""
    text, pieces, left = _thai(), [], length
    while left > 0:
        piece = min(left, chance.randrange(15, 50))
        start = chance.randrange(len(text) - piece)
        pieces.append(text[start : start + piece])
        left -= piece
    return "".join(pieces).strip()


def visit(chance: random.Random) -> dict[str, Any]:
    """One visit; ``id`` and ``kind`` among its fields."""

    def some_id() -> str:
        return str(uuid.UUID(int=chance.getrandbits(128), version=4))

    day = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 28):02}"
    return {
        "id": some_id(),
        "kind": "field_visit",
        "area": "630101",
        "household": some_id(),
        "person": some_id(),
        "facilitator": f"u{chance.randrange(30):05}",
        "visited_at": f"{day}T{chance.randrange(8, 18):02}:{chance.randrange(60):02}:00+07:00",
        "lat": round(16 + chance.random(), 6),
        "lon": round(98 + chance.random(), 6),
        "problems": chance.sample(_PROBLEMS, chance.randrange(1, 4)),
        "needs": chance.sample(_NEEDS, chance.randrange(3)),
        "narrative": _cut(chance, max(40, min(int(chance.lognormvariate(5.6, 0.6)), 3000))),
        "plan": _cut(chance, chance.randrange(20, 200)),
        "next_visit": f"2026-12-{chance.randrange(1, 28):02}",
        "consent": True,
        "score": chance.randrange(30),
        "photos": [],
    }


def visits(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """``count`` visits; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [visit(chance) for _ in range(count)]
