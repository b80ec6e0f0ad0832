# SPDX-License-Identifier: Apache-2.0
"""A draft or a finished record read from the store and made into a session. For a thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.model.draft import Draft
    from desktop.model.record import Difference, Record
    from desktop.store.store import Store
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft ready to be filled."""

    draft: Draft
    session: Session
    about: str
    """Whose visit it is, as far as the draft knows; may be empty."""
    case_no: str = ""
    """The number of the case it belongs to, for the answer that names it; may be empty."""
    places: tuple[str, ...] = ()
    """Where an answer was given, in order; she goes on at the last."""

    @property
    def last_place(self) -> str:
        """The place of the last answer, or empty."""
        return self.places[-1] if self.places else ""


@dataclass(frozen=True, slots=True)
class Read:
    """A finished record ready to be read."""

    record: Record
    session: Session
    differences: tuple[Difference, ...]
    """What it changed of the record it corrects."""


def open_draft(store: Store, draft_id: str) -> Opened:
    """The draft with all its answers, in the version of the form it was begun with.

    Raises:
        LookupError: It was finished or thrown away.
        FormRefused: The journal does not fit the form.
    """
    from desktop.actions.form import open_form
    from desktop.store import case_file, household
    from desktop.store import draft as drafts
    from desktop.xforms import codec, journal

    with store.read() as conn:
        draft = drafts.draft(conn, draft_id)
        steps = drafts.steps(conn, draft_id)
        basis = drafts.basis(conn, draft_id)
        about = draft.title
        if not about and draft.subject.household_id:
            house = draft.subject.household_id
            about = household.names(conn, [house]).get(house, "")
        case = case_file.find_case(conn, draft.by, draft.subject.case_id)
        case_no = case.case_no if case is not None else ""
    form = open_form(store, draft_id)
    session = journal.replay(
        form,
        steps,
        record=draft.id,
        clock=journal.Clock(datetime.fromisoformat(draft.clock_at)),
        language=draft.language,
        restore=None if basis is None else codec.from_json(form, basis),
        correcting=basis is not None,
    )
    return Opened(
        draft, session, about, case_no, tuple(step.place for step in steps if step.place)
    )


def open_record(store: Store, reader: str, record_id: str, language: str) -> Read:
    """A finished record; its clock stands at the moment it was finished.

    Raises:
        LookupError: There is none with this id.
    """
    from desktop.actions import record as records_done
    from desktop.store import form as forms
    from desktop.store.form_list import StoreLists
    from desktop.xforms import codec, journal
    from desktop.xforms.form import Form

    record = records_done.open_record(store, reader, record_id)
    with store.read() as conn:
        data = forms.form(conn, record.form_id, record.form_version)
    lists = StoreLists(store, record.form_id, record.by, record.started_at, record.form_version)
    form = Form.load(data, lists)
    session = journal.begin(
        form,
        record=record.id,
        clock=journal.Clock(datetime.fromisoformat(record.finished_at)),
        language=language,
        restore=codec.from_xml(form, record.xml.encode()),
    )
    differences = records_done.differences(store, reader, record.id) if record.amends else ()
    return Read(record, session, differences)


def known_answers(opened: Opened) -> tuple[tuple[Node, str], ...]:
    """What the draft's subject answers before anybody asks: the household, the case, the event."""
    session, subject = opened.session, opened.draft.subject
    known = {
        "household_id": subject.household_id,
        # As whoever chooses it from the list answers: its number, which people can read.
        "case_id": opened.case_no or subject.case_id,
        "event_id": subject.event_id,
    }
    found = []
    for path, key in session.form.core.items():
        value = known.get(key.rpartition(".")[2], "")
        control = session.form.control(path)
        node = session.node(control) if control is not None and value else None
        if node is not None and not node.value and not node.readonly:
            found.append((node, value))
    return tuple(found)


def record_name(session: Session) -> str:
    """The form's own name of the record as it stands (instanceName), or empty."""
    for meta in session.root.children:
        if meta.name == "meta":
            for node in meta.children:
                if node.name == "instanceName":
                    return " ".join(node.value.split()).strip("· ")
    return ""


def title_of(form_title: str, language: str) -> str:
    """A form's title in one of its languages, ``English (en)``; ``ไทย · English`` holds both."""
    thai, _between, english = form_title.partition(" · ")
    return english if english and (language == "en" or "(en)" in language) else thai
