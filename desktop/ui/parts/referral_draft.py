# SPDX-License-Identifier: Apache-2.0
"""The referral form begun for a case, with what the case knows already answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.actions.case_words import state_word
from desktop.model.draft import Subject
from desktop.model.record import REFERRAL
from desktop.model.referral import Referral
from desktop.store import codelist
from desktop.ui.parts.case_terms import in_order

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.actions.case_story import CaseStory
    from desktop.actions.done import Done
    from desktop.store.store import Store


def known_letter(story: CaseStory, contact: str = "") -> Referral:
    """A letter with what the case knows; to whom it goes, and the opinion, are the writer's."""
    case = story.case
    given = [one for one in story.assistance if one.state != "wanted"]
    wanted = [one for one in story.assistance if one.state == "wanted"]
    return Referral(
        "",
        case.id,
        case.opened_on,
        informer=next((line.alert.reporter for line in story.alerts if line.alert.reporter), ""),
        person=story.person,
        summary=case.detail,
        problems=case.problems,
        need=", ".join(codelist.word("aid_kind", one.kind) for one in wanted),
        done=", ".join(
            f"{codelist.word('aid_kind', one.kind)} ({state_word(one.state)})" for one in given
        ),
        urgency=case.urgency,
        contact=contact,
    )


def begin_letter(store: Store, by: str, story: CaseStory, now: datetime, language: str) -> Done:
    """Begin the form and answer what is known; the value is the draft."""
    from desktop.actions.draft import begin, note
    from desktop.actions.form import open_session
    from desktop.xforms.journal import Clock, Step, take

    case, letter = story.case, known_letter(story)
    done = begin(
        store,
        by,
        REFERRAL,
        Subject(event_id=case.event_id, household_id=case.household_id,
                person_id=case.person_id, case_id=case.id),
        language=language,
    )  # fmt: skip
    draft_id = done.value.id
    known = {
        "referral.case_id": case.id,
        "referral.person": letter.person,
        "referral.informer": letter.informer,
        "referral.summary": letter.summary,
        "referral.problems": " ".join(in_order("problem", case.problems)),
        "referral.need": letter.need,
        "referral.done": letter.done,
        "referral.urgency": letter.urgency,
    }
    session = open_session(store, draft_id)
    clock = session.clock
    for path, key in session.form.core.items():
        value, control = known.get(key, ""), session.form.control(path)
        node = session.node(control) if control is not None and value else None
        if node is None or node.readonly or node.value:
            continue
        if isinstance(clock, Clock):
            clock.moment = now
        step = Step("answer", session.place(node), value, now)
        take(session, step)
        note(store, by, draft_id, step)
    return done
