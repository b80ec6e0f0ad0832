# SPDX-License-Identifier: Apache-2.0
"""How hard a passphrase is to guess, told while it is typed.

A floor, not a promise: it counts distinct keys and takes off what a guesser tries first
(repeats, runs along the keyboard, digits alone). The file itself is protected by Argon2id, so
that each guess costs 64 MiB and a fifth of a second.
"""

from __future__ import annotations

from math import log2
from typing import Final, Literal

from desktop.i18n import _

Grade = Literal["short", "weak", "fair", "good"]
LEAST: Final = 10
"""Fewest characters the store accepts (``store.keys.MINIMUM_LENGTH``)."""
_RUNS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_FAIR_BITS: Final = 40.0
_GOOD_BITS: Final = 52.0


def grade(secret: str) -> Grade:
    """The grade of a passphrase in the form the keys make of it (``canonical_secret``)."""
    if len(secret) < LEAST:
        return "short"
    found = bits(secret)
    return "good" if found >= _GOOD_BITS else "fair" if found >= _FAIR_BITS else "weak"


def bits(secret: str) -> float:
    """A low guess of the bits of a passphrase."""
    kinds = sum(
        size
        for size, has in (
            (10, any(letter.isdigit() for letter in secret)),
            (26, any("a" <= letter <= "z" for letter in secret)),
            (26, any("A" <= letter <= "Z" for letter in secret)),
            (33, any(not letter.isalnum() for letter in secret)),
        )
        if has
    )
    # People choose words: a letter is worth about half of one drawn at random.
    each = log2(max(kinds, 2)) * (0.55 if kinds > 10 else 0.7)
    return each * _counted(secret)


def _counted(secret: str) -> float:
    """How many characters count: repeats and steps along a run count a fifth."""
    lowered = secret.lower()
    total = 0.0
    for place, letter in enumerate(lowered):
        before = lowered[place - 1] if place else ""
        repeats = letter == before or lowered[:place].endswith(lowered[place : place + 3] or "\0")
        runs = any(before + letter in run or letter + before in run for run in _RUNS if before)
        seen = (
            len(lowered) >= 6 and place >= 3 and lowered[place - 2 : place + 1] in lowered[:place]
        )
        total += 0.2 if repeats or runs or seen else 1.0
    return total


def words(grade: Grade) -> str:
    """A grade in words."""
    return {
        "short": _("Too short: at least ten characters"),
        "weak": _("Easy to guess: add another word"),
        "fair": _("Fair: one word more makes it strong"),
        "good": _("Strong"),
    }[grade]
