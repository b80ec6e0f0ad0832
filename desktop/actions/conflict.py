# SPDX-License-Identifier: Apache-2.0
"""Two texts for one field: shown side by side, and one of them, or both combined, chosen.

Each was written without having seen the other. Both are kept until a person chooses, and her
choice is an op like any other: it can be taken back, and then both stand there again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.sync import TwoTexts
from desktop.store import sync_state
from desktop.store.case_file import facilitator_names
from desktop.store.store import Store
from desktop.store.variant import About, about

CHANGED = frozenset({"sync", "conflicts"})
"""What pages reload besides the record itself."""


class ConflictProblem(Problem):
    """The choice cannot be kept as it was made."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with two texts, and whose it is."""

    texts: TwoTexts
    about: About
    names: Mapping[str, str]
    """Of the facilitators this laptop knows, by id."""


def conflicts(store: Store, by: str, noun: str = "", record_id: str = "") -> tuple[Conflict, ...]:
    """All fields with two texts that ``by`` may read; of one record, if one is named."""
    with store.read() as conn:
        found = sync_state.two_texts(conn, noun, record_id)
        if not found:
            return ()
        known = about(conn, by, ((one.kind, one.id) for one in found))
        names = facilitator_names(conn)
    whose = (Conflict(one, known[one.kind, one.id], names) for one in found)
    return tuple(one for one in whose if not one.about.hidden)


def choose(store: Store, by: str, seen: TwoTexts, text: str) -> Done:
    """Keep ``text`` in the field; the texts that were ``seen`` go, others stay.

    ``text`` may be one of them or a new one made of them. Raises :class:`ConflictProblem` when
    it is blank, or when the field no longer shows what was seen.
    """
    if not text.strip():
        raise ConflictProblem(_("Write the text, or choose one of those that are there."))
    with store.write(by) as write:
        now = next(
            (
                one
                for one in sync_state.two_texts(write.conn, seen.kind, seen.id)
                if one.field == seen.field
            ),
            None,
        )
        if now is None:
            raise ConflictProblem(
                _("Somebody has chosen already. There is nothing left to choose here.")
            )
        if now.shown.text != seen.shown.text:
            # Or a text nobody at this laptop has read would be replaced.
            raise ConflictProblem(_("The text was changed meanwhile. Read it again, then choose."))
        oids = [one.oid for one in seen.others]
        write.resolve(seen.kind, seen.id, seen.scope, oids, **{seen.field: text})
    return _also(finished(write))


def _also(done: Done) -> Done:
    """The same, telling the pages of sync too, whichever way it is taken."""
    undo = done.undo
    if undo is None:
        return replace(done, changed=done.changed | CHANGED)
    return replace(done, changed=done.changed | CHANGED, undo=lambda store: _also(undo(store)))
