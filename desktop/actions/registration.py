# SPDX-License-Identifier: Apache-2.0
"""What a registration form writes besides its record: the person and her consent.

The roster is not written here: somebody at the desk decides whether this is a walk-in, a
substitute or a person already on it.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.actions import consent as consents
from desktop.actions.finish import Finish
from desktop.actions.told_person import told_person
from desktop.store.event import event_scope
from desktop.store.write import Write


def from_form(write: Write, told: Finish) -> Finish:
    """Keep the person and what she consented to; the record is of the person."""
    core = told.core
    event_id = core.text("enrollment.event_id") or told.event_id
    person = told_person(write, core, told.now.local.date(), told.person_id, ())
    told = replace(
        told,
        event_id=event_id,
        scope=event_scope(event_id) if event_id else told.scope,
        person_id="" if person is None else person.id,
        noun="" if person is None else "person",
        noun_id="" if person is None else person.id,
    )
    consents.keep_told(write, told, told.now.utc)
    return told
