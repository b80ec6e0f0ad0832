# SPDX-License-Identifier: Apache-2.0
"""The centre is tried soon after a save, ever more seldom in vain, at once when it can be."""

from __future__ import annotations

import random

import pytest

from desktop.sync import rhythm
from desktop.sync.carrier import Reach
from desktop.sync.rhythm import Portion, Rhythm


def half() -> float:
    return 0.5


def at_rest(now: float = 100) -> Rhythm:
    return Rhythm.start(0, half).began().ended(now, Reach.ANSWERED, half)


def test_the_first_round_comes_after_the_window() -> None:
    started = Rhythm.start(50, half)
    assert started.wait(50) == 6
    assert started.wait(60) == 0
    assert started.began().wait(60) is None
    assert at_rest().wait(100) == rhythm.EVERY


def test_a_save_is_sent_when_the_saving_pauses_and_never_much_later() -> None:
    """Mutants: a round for each save; each save putting the round off without an end."""
    plan = at_rest()
    for at in range(100, 220, 10):
        plan = plan.saved(at)
        expected = min(at + rhythm.AFTER_SAVE, 100 + rhythm.SAVED_LONG_AGO)
        assert plan.due == expected
    assert plan.began().saved_at is None


def test_a_save_does_not_put_off_a_round_that_is_due() -> None:
    plan = Rhythm.start(0, half)
    assert plan.saved(0).due == plan.due


def test_what_is_saved_during_a_round_is_for_the_next() -> None:
    """Mutant: the mark of a save taken away when a round ends."""
    plan = at_rest().saved(100).began().saved(130).ended(140, Reach.ANSWERED, half)
    assert plan.due == 140 + rhythm.AFTER_SAVE
    assert at_rest().saved(100).began().ended(140, Reach.ANSWERED, half).due == 140 + rhythm.EVERY


@pytest.mark.parametrize(
    ("reach", "first", "most"),
    [
        (Reach.UNREACHABLE, rhythm.AFTER_FAULT, rhythm.MOST_FAULT),
        (Reach.PORTAL, rhythm.AFTER_FAULT, rhythm.MOST_FAULT),
        (Reach.REFUSED, rhythm.AFTER_REFUSAL, rhythm.MOST_REFUSAL),
        (Reach.STRANGER, rhythm.AFTER_REFUSAL, rhythm.MOST_REFUSAL),
        (Reach.CLOCK, rhythm.AFTER_REFUSAL, rhythm.MOST_REFUSAL),
    ],
)
def test_trying_in_vain_becomes_rare_and_never_ends(
    reach: Reach, first: float, most: float
) -> None:
    plan, now, pauses = at_rest(), 100.0, []
    for _ in range(40):
        plan = plan.began().ended(now, reach, lambda: 0.0)
        pauses.append(plan.due - now)
        now = plan.due
    assert pauses[:3] == [first, 2 * first, 4 * first]
    assert pauses == sorted(pauses)
    assert pauses[-1] == most
    assert plan.began().ended(now, Reach.ANSWERED, half).faults == 0


def test_saves_do_not_wake_a_laptop_without_a_network() -> None:
    """Mutant: the pause after a fault cut short by every save; the battery pays."""
    plan = at_rest().began().ended(100, Reach.UNREACHABLE, half)
    assert plan.saved(101).due == plan.due
    off = at_rest().network(100, connected=False, metered=False, chance=half)
    assert off.saved(101).due == off.due


def test_when_the_network_comes_back_it_is_tried_at_once() -> None:
    plan = at_rest().network(100, connected=False, metered=False, chance=half)
    for _ in range(9):
        plan = plan.began().ended(100, Reach.UNREACHABLE, half)
    back = plan.network(200, connected=True, metered=False, chance=half)
    assert back.wait(200) == 1
    assert back.faults == 0
    same = back.network(201, connected=True, metered=False, chance=half)
    assert same == back, "the system repeats itself"


def test_a_line_paid_by_the_byte_takes_text_alone_and_photos_follow_on_another() -> None:
    """Mutant: photos on a telephone's line."""
    dear = at_rest().network(100, connected=True, metered=True, chance=half)
    assert (dear.portion, dear.due) == (Portion.TEXT, at_rest().due)
    cheap = dear.network(200, connected=True, metered=False, chance=half)
    assert cheap.portion == Portion.ALL
    assert cheap.wait(200) == 6


def test_what_gave_way_goes_on_and_what_a_person_wants_is_done() -> None:
    assert at_rest().began().ended(300, Reach.ANSWERED, half, more=True).wait(300) == 0
    failing = at_rest().began().ended(100, Reach.UNREACHABLE, half)
    assert failing.wanted(101).wait(101) == 0


def test_the_centre_may_ask_for_patience() -> None:
    """Mutant: Retry-After not heard: a crowd that was sent away is back in half a minute."""
    asked = at_rest().began().ended(100, Reach.UNREACHABLE, half, wait=900)
    assert asked.wait(100) == 900


def test_laptops_that_lost_the_centre_together_do_not_come_back_together() -> None:
    """Mutant: no chance in the pauses. 1,000 laptops: no second of the pause sees 5 % of them."""
    chance = random.Random(7).random
    dues: list[int] = []
    for _ in range(1_000):
        plan = at_rest()
        for _ in range(4):
            plan = plan.began().ended(0, Reach.UNREACHABLE, chance)
        dues.append(int(plan.due))
    assert max(dues.count(second) for second in set(dues)) < 50
