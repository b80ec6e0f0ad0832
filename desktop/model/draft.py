# SPDX-License-Identifier: Apache-2.0
"""A form being filled: what it is about, and what a list of unfinished forms shows of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about, as far as it was known when the form was opened. Ids, or empty."""

    event_id: str = ""
    household_id: str = ""
    person_id: str = ""
    case_id: str = ""
    amends: str = ""
    """The record that this one corrects."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished form. Its answers are the steps of its journal, in order."""

    id: str
    """Also the id of the record it becomes, so that finishing twice makes one record."""
    form_id: str
    form_version: str
    """The version it was begun with, and is finished with."""
    by: str
    started_at: str
    """UTC instant."""
    clock_at: str
    """The same moment as the form's clock showed it, ISO with its offset: for the replay."""
    touched_at: str
    """UTC instant of the last answer."""
    subject: Subject
    title: str
    """One line to know it by, such as the person's name; may be empty."""
    answered: int
    """Questions answered, as last told; for a bar of progress."""
    questions: int
    """Questions that are asked, as last told; 0 while nobody said."""
    language: str
    steps: int
    """Length of its journal."""
    discarded_at: str = ""
    """UTC instant at which it was thrown away, or empty."""
