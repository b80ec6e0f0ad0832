# SPDX-License-Identifier: Apache-2.0
"""Four hundred lives of some laptops and a centre, each judged by the oracle at its end."""

from __future__ import annotations

import pytest

from tests.sync import simulation

SEEDS = 400
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_whatever_happens(part: int) -> None:
    """The mutants in ``mutants.py`` make it fail; ``test_mutants.py`` holds that against it."""
    bad = {
        seed: faults for seed in range(part, SEEDS, PARTS) if (faults := simulation.run(seed)[0])
    }
    assert not bad


def test_a_seed_is_the_same_life_every_time() -> None:
    """Fails if anything in the core asks the clock, a set's order or chance."""
    for seed in (0, 3, 8, 11):
        assert simulation.run(seed) == simulation.run(seed)


@pytest.mark.parametrize(
    ("seed", "hole"),
    [
        (612_423, "rows that had moved on at the hub were missed between two of its pages"),
        (760_023, "an edit did not name what had been replaced before, in the order of clocks"),
        (768_103, "an element taken away twice came back: who added it was not named"),
        (808_530, "the same, with two wrong clocks"),
        (902_087, "an element that was put aside was let in after it had been taken away"),
        (1_118, "a text that waited went with the number that was saved beside another"),
        (282, "rescued words went when their rescuer wrote there"),
    ],
)
def test_a_hole_that_was_found_stays_mended(seed: int, hole: str) -> None:
    """Seeds of campaigns that failed once."""
    assert simulation.run(seed)[0] == [], hole
