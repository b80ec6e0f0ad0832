# SPDX-License-Identifier: Apache-2.0
"""What came of an action, and how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from desktop.actions.leaning import demand_nothing_leans
from desktop.store.step import Undo
from desktop.store.store import Store
from desktop.store.store import undo as undo_steps
from desktop.store.write import Write

_SHOWN_IN: Final = {
    "programme": {"events"},
    "event": {"events"},
    "day": {"events"},
    "session": {"events"},
    "ceremony_role": {"events"},
    "organisation": {"people"},
    "award": {"awards"},
    "person": {"people", "roster"},
    "person_identifier": {"people", "roster"},
    "enrolment": {"roster"},
    "roster_lock": {"roster", "events"},
    "mark": {"attendance"},
    "sheet": {"sheets"},
    "certificate": {"certificates"},
    "certificate_print": {"certificates"},
    "certificate_step": {"certificates"},
    "certificate_plan": {"certificates"},
    "certificate_field": {"certificates"},
    "register_rule": {"certificates"},
    "template": {"templates"},
    "template_revision": {"templates"},
    "issuer_key": {"office"},
    "claim": {"claims"},
    "claim_plan": {"claims"},
    "household": {"households"},
    "member": {"households"},
    "visit": {"visits", "households"},
    "visit_person": {"visits"},
    "record": {"records"},
    "attachment": {"records"},
    "consent": {"consents"},
    "consent_withdrawal": {"consents"},
    "office": {"office"},
    "facilitator": {"office"},
    "case_file": {"cases"},
    "case_step": {"cases"},
    "assistance": {"cases"},
    "assistance_step": {"cases"},
    "referral": {"referrals"},
    "follow_up": {"follow_ups"},
    "alert": {"alerts"},
    "alert_step": {"alerts"},
    "activity": {"activities"},
    "mentorship": {"activities"},
}
"""Which pages' nouns a table's change touches."""


@dataclass(frozen=True, slots=True)
class Done:
    """One action that is on the disk.

    ``changed`` names what pages must reload: ``events``, ``people``, ``roster``, ``attendance``,
    ``certificates``, ``awards``, ``sheets``, ``office``. ``undo`` takes the action back by new
    changes and returns a ``Done`` whose own ``undo`` does it again; None when nothing was
    changed. It raises ``ChangedSince`` when somebody changed the same thing afterwards, or
    entered what stands on it (``leaning.py``).
    """

    changed: frozenset[str]
    value: Any = None
    undo: Callable[[Store], Done] | None = None


def shown_in(tables: Iterable[str]) -> frozenset[str]:
    """The nouns of pages that show these tables."""
    return frozenset().union(*(_SHOWN_IN.get(table, set()) for table in tables))


def finished(write: Write, value: Any = None) -> Done:
    """The ``Done`` of an ordinary edit, whose undo puts back what was there before.

    Call it after the ``with store.write(…)`` block was left: then it is on the disk.
    """
    return _done(shown_in(write.changed), write.by, write.undo, value)


def _done(changed: frozenset[str], by: str, steps: Undo, value: Any) -> Done:
    if not steps:
        return Done(changed, value)

    def undo(store: Store) -> Done:
        return _done(changed, by, undo_steps(store, by, steps, demand_nothing_leans), None)

    return Done(changed, value, undo)
