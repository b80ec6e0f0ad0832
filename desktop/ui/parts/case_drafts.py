# SPDX-License-Identifier: Apache-2.0
"""Forms begun for a case, with what the case knows already answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.actions.case_words import state_word
from desktop.model.draft import Subject
from desktop.model.record import REFERRAL
from desktop.model.referral import Referral
from desktop.store import codelist
from desktop.ui.parts.case_terms import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from desktop.actions.case_story import CaseStory
    from desktop.actions.done import Done
    from desktop.model.case_file import CaseFile
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
    """Begin the letter of nine items and answer what is known; the value is the draft."""
    letter = known_letter(story)
    return begin_form(
        store,
        by,
        REFERRAL,
        story.case,
        {
            "referral.case_id": story.case.case_no,
            "referral.person": letter.person,
            "referral.informer": letter.informer,
            "referral.summary": letter.summary,
            "referral.problems": " ".join(in_order("problem", letter.problems)),
            "referral.need": letter.need,
            "referral.done": letter.done,
            "referral.urgency": letter.urgency,
        },
        now,
        language,
    )


def begin_form(
    store: Store,
    by: str,
    form_id: str,
    case: CaseFile,
    known: Mapping[str, str],
    now: datetime,
    language: str,
) -> Done:
    """Begin a form of a case with answers by their core keys; the value is the draft."""
    from desktop.actions.draft import begin, note
    from desktop.actions.form import open_session
    from desktop.xforms.journal import Clock, Step, take

    about = Subject(
        event_id=case.event_id,
        household_id=case.household_id,
        person_id=case.person_id,
        case_id=case.id,
    )
    done = begin(store, by, form_id, about, language=language)
    draft_id = done.value.id
    session = open_session(store, draft_id)
    clock = session.clock
    # Backwards, because a draft is opened where the last answer was given: at its beginning.
    for path, key in reversed(tuple(session.form.core.items())):
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
