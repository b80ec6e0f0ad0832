# SPDX-License-Identifier: Apache-2.0
"""The same laptops and centre, in orders that Hypothesis thinks of and makes short."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.sync.mutants import MUTANTS, alive
from tests.sync.simulation import World

LAPTOP = st.integers(0, 5)
FEW = settings(
    max_examples=15,
    derandomize=True,
    stateful_step_count=30,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


class Country(RuleBasedStateMachine):
    """Anything in any order; at the end of each story the oracle judges."""

    @initialize(seed=st.integers(0, 40))
    def begin(self, seed: int) -> None:
        self.world = World(seed)
        self.steps = 0

    def do(self, what: Callable[..., None], laptop: int) -> None:
        self.steps += 1
        self.world.now += 60_000
        what(self.world, self.world.laptops[laptop % len(self.world.laptops)], self.steps)

    @rule(laptop=LAPTOP)
    def write(self, laptop: int) -> None:
        self.do(World.work, laptop)

    @rule(laptop=LAPTOP)
    def talk(self, laptop: int) -> None:
        self.do(World.converse, laptop)

    @rule(laptop=LAPTOP)
    def meet(self, laptop: int) -> None:
        self.do(World.hall, laptop)

    @rule(laptop=LAPTOP)
    def carry(self, laptop: int) -> None:
        self.do(World.stick, laptop)

    @rule()
    def mail_arrives(self) -> None:
        mail, self.world.mail = self.world.mail, []
        for _at, deliver in mail:
            deliver()

    @rule(laptop=LAPTOP)
    def keep_image(self, laptop: int) -> None:
        self.do(World.image, laptop)

    @rule(laptop=LAPTOP)
    def go_back(self, laptop: int) -> None:
        self.do(World.roll_back, laptop)

    @rule(laptop=LAPTOP)
    def copy(self, laptop: int) -> None:
        self.do(World.clone, laptop)

    @rule(laptop=LAPTOP)
    def back_up(self, laptop: int) -> None:
        self.do(World.back_up, laptop)

    @rule(laptop=LAPTOP)
    def restore(self, laptop: int) -> None:
        self.do(World.restore, laptop)

    @rule(laptop=LAPTOP)
    def rights_change(self, laptop: int) -> None:
        self.do(World.regrant, laptop)

    @rule(laptop=LAPTOP)
    def let_in(self, laptop: int) -> None:
        self.do(World.release, laptop)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.steps = 0
            assert self.world.run() == []


def test_no_order_of_events_loses_anything() -> None:
    run_state_machine_as_test(Country, settings=FEW)


@pytest.mark.parametrize("name", ["lastpush", "nofork"])
def test_hypothesis_finds_a_mutant_too(name: str) -> None:
    mutant = next(one for one in MUTANTS if one.name == name)
    more = settings(FEW, max_examples=1500, phases=[p for p in FEW.phases if p.name == "generate"])
    with alive(mutant), pytest.raises(AssertionError):
        run_state_machine_as_test(Country, settings=more)
