# SPDX-License-Identifier: Apache-2.0
"""What a finished form hands to the nouns it is about, inside the one transaction of finishing.

``record.finish`` makes a :class:`Finish` and gives it to the function of its form
(``record.DISPATCH``): ``from_form(write, finish) -> Finish``. That function writes the rows of
its noun and returns ``finish`` with what it found out: scope, noun, the ids. The record is
written last, with what came back, and nothing at all is kept when any of them fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.model.attachment import Attachment
from desktop.model.draft import Subject
from desktop.model.record import Core
from desktop.store.clock import Instant
from desktop.store.write import Write


@dataclass(frozen=True, slots=True)
class Finish:
    """One form as it is finished. Fields below ``now`` are filled in on the way."""

    record_id: str
    form_id: str
    form_version: str
    core: Core
    subject: Subject
    """What was known when the form was opened; the form's own answers weigh more."""
    attachments: tuple[Attachment, ...]
    """The kept files that the record names; ``attachment.name`` is the answer's text."""
    by: str
    now: Instant
    amends: str = ""
    """The record this one corrects, or empty."""
    first_record: str = ""
    """The first record of the chain of corrections (``record_id`` itself when there is none).

    Rows that a form makes get natural ids of it, ``natural_id("assistance", first_record, "1")``,
    so that an addendum changes them instead of adding more.
    """
    scope: str = ""
    """``t:<tambon>``, ``w:<event>`` or the office's: where everything of this form goes."""
    area: str = ""
    """Tambon code, or empty."""
    household_id: str = ""
    person_id: str = ""
    case_id: str = ""
    event_id: str = ""
    visit_id: str = ""
    noun: str = ""
    """What the record is of (``visit``, ``follow_up`` …); with ``noun_id`` kept in its row."""
    noun_id: str = ""


FromForm = Callable[[Write, Finish], Finish]
