# SPDX-License-Identifier: Apache-2.0
"""The oracle sees every mistake it is there for, within a few lives."""

from __future__ import annotations

import pytest

from tests.sync import simulation
from tests.sync.mutants import FIRST, HEALED, MUTANTS, Mutant, alive, caught

LIVES = 12


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_is_caught(mutant: Mutant) -> None:
    """``FIRST`` says from where on to look: most are caught in the first life or two."""
    first = FIRST.get(mutant.name, 0)
    assert caught(mutant, range(first, first + LIVES), enough=1)[0], mutant.why


@pytest.mark.parametrize("mutant", HEALED, ids=lambda one: one.name)
def test_a_mistake_that_another_rule_heals_costs_nothing(mutant: Mutant) -> None:
    with alive(mutant):
        for seed in range(10):
            faults = simulation.run(seed)[0]
            assert not [one for one in faults if "LOST" in one or "never" in one]
