# SPDX-License-Identifier: Apache-2.0
"""Mentors get their junior volunteers, and lose them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.mentorship import Mentorship
from desktop.store import mentorship as kept
from desktop.store.person import people
from desktop.store.store import Store
from desktop.store.write import Write


class MentorshipProblem(Problem):
    """These two cannot be a pair."""


def pair(
    store: Store,
    by: str,
    mentor_id: str,
    juniors: Sequence[str],
    *,
    event_id: str = "",
    since: date | None = None,
) -> Done:
    """Give a mentor her juniors; the value is the pairs. Raises :class:`MentorshipProblem`."""
    with store.write(by) as write:
        made = make_pairs(write, mentor_id, juniors, event_id, since)
    return finished(write, made)


def make_pairs(
    write: Write, mentor_id: str, juniors: Sequence[str], event_id: str, since: date | None
) -> tuple[Mentorship, ...]:
    """The same inside a transaction."""
    if not juniors:
        raise MentorshipProblem(_("Choose at least one junior volunteer."))
    known = people(write.conn, (mentor_id, *juniors))
    if mentor_id in juniors:
        raise MentorshipProblem(_("Nobody is her own mentor. Choose somebody else."))
    if missing := [one for one in (mentor_id, *juniors) if one not in known]:
        raise LookupError(f"{len(missing)} of these people are not known")
    made = tuple(
        Mentorship(
            kept.mentorship_id(event_id, mentor_id, junior), mentor_id, junior, event_id, since
        )
        for junior in dict.fromkeys(juniors)
    )
    for one in made:
        kept.put(write, one)
    return made


def part(store: Store, by: str, mentorship_id: str) -> Done:
    """Take a pair apart."""
    with store.write(by) as write:
        kept.delete(write, mentorship_id)
    return finished(write)
