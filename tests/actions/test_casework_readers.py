# SPDX-License-Identifier: Apache-2.0
"""Who may do and read what of a restricted case: every function of casework is in the list.

A new function that is in neither list fails here, so that nobody forgets to ask who reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest

from desktop.actions import alert, assistance, case_file, case_story, follow_up, referral
from desktop.actions.casework import CaseDraft
from desktop.actions.done import Done
from desktop.model.assistance import Assistance
from desktop.model.follow_up import DueList
from desktop.model.referral import Referral
from desktop.store import alert as kept_alerts
from desktop.store import assistance as kept_assistance
from desktop.store import case_file as kept_cases
from desktop.store import case_list
from desktop.store import follow_up as kept_follow_ups
from desktop.store import referral as kept_referrals
from desktop.store.case_file import NotYours
from desktop.store.case_list import CaseFilter
from tests.actions.casework_ground import (
    BY,
    OTHER,
    TAMBON,
    TODAY,
    Ground,
    assert_undone_and_redone,
)
from tests.actions.office_ground import assert_ops_tell_the_rows

Made = SimpleNamespace

ACTIONS: dict[str, Callable[[Any, str, Made], object]] = {
    "case_file.put_case": lambda s, by, m: case_file.put_case(s, by, m.case),
    "case_file.take_case": lambda s, by, m: case_file.take_case(s, by, m.case.id, OTHER),
    "case_file.move_case": lambda s, by, m: case_file.move_case(s, by, m.case.id, "plan"),
    "case_file.close_case": lambda s, by, m: case_file.close_case(s, by, m.case.id, "จบ"),
    "case_file.reopen": lambda s, by, m: case_file.reopen(s, by, m.case.id, "กลับมา"),
    "case_file.allow": lambda s, by, m: case_file.allow(s, by, m.case.id, OTHER),
    "case_file.disallow": lambda s, by, m: case_file.disallow(s, by, m.case.id, BY),
    "case_file.lift": lambda s, by, m: case_file.lift(s, by, m.case.id, "ผิด"),
    "case_story.open_case_file": lambda s, by, m: case_story.open_case_file(s, by, m.case.id),
    "case_story.note_use": lambda s, by, m: case_story.note_use(s, by, m.case.id, "export"),
    "assistance.add": lambda s, by, m: assistance.add(s, by, m.aid),
    "assistance.want": lambda s, by, m: assistance.want(s, by, m.aid),
    "assistance.promise": lambda s, by, m: assistance.promise(s, by, m.aid.id),
    "assistance.give": lambda s, by, m: assistance.give(s, by, m.aid.id),
    "assistance.remove": lambda s, by, m: assistance.remove(s, by, m.aid.id),
    "referral.put_referral": lambda s, by, m: referral.put_referral(s, by, m.letter),
    "referral.send": lambda s, by, m: referral.send(s, by, m.letter.id),
    "referral.acknowledge": lambda s, by, m: referral.acknowledge(s, by, m.letter.id),
    "referral.note_result": lambda s, by, m: referral.note_result(s, by, m.letter.id, "ดี"),
    "referral.remove": lambda s, by, m: referral.remove(s, by, m.letter.id),
    "referral.letter": lambda s, by, m: referral.letter(s, by, m.letter.id),
    "follow_up.plan": lambda s, by, m: follow_up.plan(s, by, m.case.id),
    "follow_up.move": lambda s, by, m: follow_up.move(s, by, m.look.id, TODAY, "ฝน"),
    "follow_up.cancel": lambda s, by, m: follow_up.cancel(s, by, m.look.id),
    "follow_up.done": lambda s, by, m: follow_up.done(
        s, by, m.look.id, method="phone", progress="same", detail=""
    ),
    "alert.note_step": lambda s, by, m: alert.note_step(s, by, m.alert.id, "arrived"),
}
OPEN_TO_ALL = {"case_file.open_case", "alert.raise_alert"}
"""They make something new; of a case they name they are tried in their own tests."""

READS: dict[str, tuple[Callable[[Any, str, Made], object], object]] = {
    "case_file.readable": (lambda c, r, m: None, None),
    "case_file.hidden_cases": (
        lambda c, r, m: kept_cases.hidden_cases(c, r) == {m.case.id}, True,
    ),
    "case_file.is_hidden": (lambda c, r, m: kept_cases.is_hidden(c, r, m.case.id), True),
    "case_file.case_file": (lambda c, r, m: kept_cases.case_file(c, r, m.case.id), NotYours),
    "case_file.find_case": (lambda c, r, m: kept_cases.find_case(c, r, m.case.case_no), None),
    "case_file.open_case_of": (
        lambda c, r, m: kept_cases.open_case_of(c, r, person_id=m.case.person_id), None,
    ),
    "case_file.steps": (lambda c, r, m: kept_cases.steps(c, r, m.case.id), NotYours),
    "case_list.cases": (
        lambda c, r, m: case_list.cases(c, r, CaseFilter(open_only=False)), (),
    ),
    "assistance.one": (lambda c, r, m: kept_assistance.one(c, r, m.aid.id), NotYours),
    "assistance.assistance": (
        lambda c, r, m: kept_assistance.assistance(c, r, m.case.id), NotYours,
    ),
    "assistance.steps": (lambda c, r, m: kept_assistance.steps(c, r, m.aid.id), NotYours),
    "referral.referral": (lambda c, r, m: kept_referrals.referral(c, r, m.letter.id), NotYours),
    "referral.of_case": (lambda c, r, m: kept_referrals.of_case(c, r, m.case.id), NotYours),
    "referral.referrals": (lambda c, r, m: kept_referrals.referrals(c, r, TODAY), ()),
    "follow_up.follow_up": (lambda c, r, m: kept_follow_ups.follow_up(c, r, m.look.id), NotYours),
    "follow_up.follow_ups": (
        lambda c, r, m: kept_follow_ups.follow_ups(c, r, m.case.id), NotYours,
    ),
    "follow_up.due": (lambda c, r, m: kept_follow_ups.due(c, r, TODAY), DueList()),
    "follow_up.calendar": (lambda c, r, m: kept_follow_ups.calendar(c, r, 2026, 11), {}),
    "alert.alert": (lambda c, r, m: kept_alerts.alert(c, r, m.alert.id), NotYours),
    "alert.of_case": (lambda c, r, m: kept_alerts.of_case(c, r, m.case.id), NotYours),
    "alert.alerts": (lambda c, r, m: kept_alerts.alerts(c, r), ()),
}  # fmt: skip


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path)
    yield ground
    ground.store.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, Made]]:
    """One store for all that must not change anything in it."""
    ground = Ground.open(tmp_path_factory.mktemp("readers"))
    yield ground, one_of_everything(ground)
    ground.store.close()


def one_of_everything(ground: Ground) -> Made:
    """A restricted case of BY with one of everything."""
    store = ground.store
    person = ground.person("เด็กหญิงดาว")
    draft = CaseDraft(area=TAMBON, person_id=person, problems=("v_neglect",), urgency="urgent")
    case = case_file.open_case(store, BY, draft).value
    aid = assistance.want(store, BY, Assistance("", case.id, "goods", "wanted", TODAY)).value
    letter = referral.put_referral(
        store, BY, Referral("", case.id, TODAY, to_name="อบต.", person="ดาว")
    ).value
    look = follow_up.plan(store, BY, case.id, TODAY + timedelta(days=1)).value
    alarm = ground.alert(case_id=case.id).value
    return Made(case=ground.case(case.id), aid=aid, letter=letter, look=look, alert=alarm)


def functions(first: str, *modules: ModuleType) -> set[str]:
    """Public functions whose first or second parameter is so called, as ``module.name``."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and first in list(inspect.signature(function).parameters)[:2]
    }


def test_every_function_of_casework_is_in_the_list() -> None:
    assert (
        functions("store", case_file, case_story, assistance, referral, follow_up, alert)
        == ACTIONS.keys() | OPEN_TO_ALL
    )
    assert functions(
        "reader", kept_cases, case_list, kept_assistance, kept_referrals, kept_follow_ups,
        kept_alerts,
    ) == READS.keys()  # fmt: skip


@pytest.mark.parametrize("name", ACTIONS)
def test_nobody_acts_on_a_restricted_case_of_others(
    shared: tuple[Ground, Made], name: str
) -> None:
    """Fails when an action does not ask who acts."""
    ground, made = shared
    before = ground.everything()
    with pytest.raises(NotYours):
        ACTIONS[name](ground.store, OTHER, made)
    assert ground.everything() == before


@pytest.mark.parametrize("name", READS)
def test_nobody_reads_a_restricted_case_of_others(shared: tuple[Ground, Made], name: str) -> None:
    """Fails when a reading function does not ask who reads."""
    ground, made = shared
    read, nothing = READS[name]
    with ground.store.read() as conn:
        if nothing is NotYours:
            with pytest.raises(NotYours):
                read(conn, OTHER, made)
            assert read(conn, BY, made)
        else:
            assert read(conn, OTHER, made) == nothing


NEED_MORE = {
    "case_file.reopen",
    "case_file.disallow",
    "case_file.lift",
    "case_file.put_case",
    "case_story.open_case_file",
    "case_story.note_use",
    "referral.acknowledge",
    "referral.note_result",
    "referral.put_referral",
    "referral.letter",
}
"""They change nothing of the case as it is made here."""


@pytest.mark.parametrize("name", sorted(ACTIONS.keys() - NEED_MORE))
def test_what_its_owner_does_is_told_by_ops_and_can_be_taken_back(
    ground: Ground, name: str
) -> None:
    """Fails when an action writes beside the op log, or an undo leaves something of it."""
    made = one_of_everything(ground)
    if name in ("assistance.add", "assistance.want"):
        made.aid = Assistance("", made.case.id, "device", "wanted", TODAY)
    before = ground.everything()
    assert_undone_and_redone(ground, before, cast(Done, ACTIONS[name](ground.store, BY, made)))
    assert_ops_tell_the_rows(cast(Any, ground))
