# SPDX-License-Identifier: Apache-2.0
"""Forms being filled: begun, every answer kept at once, put aside and taken up again.

``note`` is called at every answer and returns when it is on the disk: one insert, no op, no
audit row. What is still open when a battery dies is there again, to the last answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.actions.done import Done
from desktop.actions.form import put_shipped
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.attachment import THUMB, Attachment, answer_name, kind_of_bytes
from desktop.model.draft import Draft, Subject
from desktop.store import attachment, sealed
from desktop.store import draft as drafts
from desktop.store import form as forms
from desktop.store.ids import new_id
from desktop.store.sealed import Sealed
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from desktop.xforms.journal import Step

DRAFTS = frozenset({"drafts"})
LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; a photo is shrunk to far less before it comes here."""


class DraftProblem(Problem):
    """A form being filled cannot take this."""


def begin(
    store: Store,
    by: str,
    form_id: str,
    subject: Subject | None = None,
    *,
    language: str = "th",
) -> Done:
    """Begin to fill the newest version of a form. The value is the :class:`Draft`.

    The draft stays with this version. ``LookupError`` for a form that is not known; raises
    :class:`DraftProblem` for one that was retired.
    """
    with store.write(by) as write:
        put_shipped(write)
        newest = forms.latest(write.conn, form_id)
        if newest.retired_at:
            raise DraftProblem(
                _("This form was retired. In the settings, under Forms, it can be used again.")
            )
        draft = open_draft(write, form_id, newest.version, subject or Subject(), language)
    return Done(DRAFTS, draft, _discards(by, draft.id))


def open_draft(write: Write, form_id: str, version: str, subject: Subject, language: str) -> Draft:
    """A new draft in the transaction of ``write``."""
    now = write.now()
    draft = Draft(
        id=new_id(),
        form_id=form_id,
        form_version=version,
        by=write.by,
        started_at=now.utc,
        clock_at=now.local.isoformat(timespec="milliseconds"),
        touched_at=now.utc,
        subject=subject,
        title="",
        answered=0,
        questions=0,
        language=language,
        steps=0,
    )
    drafts.put_draft(write, draft)
    return draft


def note(store: Store, by: str, draft_id: str, step: Step) -> Done:
    """Keep one answer, or a repeat added or removed; durable when this returns.

    The value is its number in the journal. Raises :class:`DraftProblem` for a draft that was
    finished or thrown away.
    """
    try:
        with store.write(by) as write:
            number = drafts.put_step(write, draft_id, step)
    except LookupError as error:
        raise _closed() from error
    return Done(frozenset(), number)


def _closed() -> DraftProblem:
    return DraftProblem(_("This form was finished or thrown away. Open the list of forms again."))


def describe(
    store: Store,
    by: str,
    draft_id: str,
    *,
    title: str | None = None,
    answered: int | None = None,
    questions: int | None = None,
    language: str | None = None,
) -> Done:
    """Say what the list of drafts shows of one; what is not given stays."""
    given = {"title": title, "answered": answered, "questions": questions, "language": language}
    said = {name: value for name, value in given.items() if value is not None}
    if not said:
        return Done(frozenset())
    with store.write(by) as write:
        drafts.describe(write, draft_id, said)
    return Done(DRAFTS)


def discard(store: Store, by: str, draft_id: str) -> Done:
    """Throw a draft away. It can be brought back for thirty days."""
    with store.write(by) as write:
        changed = drafts.set_discarded(write, draft_id, write.now().utc)
        if changed:
            write.audit("discard", "draft", draft_id)
    return Done(DRAFTS, None, _restores(by, draft_id)) if changed else Done(frozenset())


def restore(store: Store, by: str, draft_id: str) -> Done:
    """Bring a draft back that was thrown away.

    Raises :class:`DraftProblem` for a correction whose record was corrected otherwise since:
    filed after it, it would take those answers back.
    """
    with store.write(by) as write:
        draft = drafts.find_draft(write.conn, draft_id)
        if draft is None:
            raise _closed()
        if draft.discarded_at and drafts.is_overtaken(write.conn, draft.subject.amends):
            raise DraftProblem(
                _("This form was corrected again meanwhile. Go on with the newer correction.")
            )
        changed = drafts.set_discarded(write, draft_id, "")
        if changed:
            write.audit("restore", "draft", draft_id)
    return Done(DRAFTS, None, _discards(by, draft_id)) if changed else Done(frozenset())


def _discards(by: str, draft_id: str) -> Callable[[Store], Done]:
    return lambda store: discard(store, by, draft_id)


def _restores(by: str, draft_id: str) -> Callable[[Store], Done]:
    return lambda store: restore(store, by, draft_id)


def keep_photo(  # noqa: PLR0913 - each is a fact of the file
    store: Store,
    by: str,
    draft_id: str,
    place: str,
    content: bytes,
    *,
    kind: str = "photo",
    width: int = 0,
    height: int = 0,
    taken_at: str = "",
    thumb: bytes = b"",
) -> Done:
    """Keep a photo, a signature or another file for a question of a draft.

    ``thumb`` is a small JPEG of a photo, to travel before it; empty for none. The value is the
    :class:`Attachment`; its ``name`` is what stands as the answer, and says
    nothing of the file's own name. Raises :class:`DraftProblem` for a file that is no picture,
    PDF, sound or film (by its first bytes), or is too large.
    """
    mime = kind_of_bytes(content)
    if mime is None:
        raise DraftProblem(
            _("This file is not a picture, a PDF, a sound or a film. Choose another one.")
        )
    if len(content) > LARGEST_FILE:
        raise DraftProblem(_("This file is larger than 32 MB. Choose a smaller one."))
    # On the disk before anything speaks of them; a crash leaves files that nobody can read.
    file = _sealed(store, content)
    digest = file.sha256
    one = Attachment(
        digest, answer_name(digest, mime), mime, len(content), kind, place, width, height, taken_at
    )
    kept = [(file, one)]
    if thumb:
        small = _sealed(store, thumb)
        name = answer_name(small.sha256, "image/jpeg")
        kept.append(
            (small, Attachment(small.sha256, name, "image/jpeg", small.size, THUMB, digest))
        )
    with store.write(by) as write:
        draft = drafts.find_draft(write.conn, draft_id)
        if draft is None or draft.discarded_at:
            raise _closed()
        for each, told in kept:
            if attachment.kept(write.conn, told.sha256) is None:
                attachment.keep_row(write, each)
            drafts.put_file(write, draft_id, told)
    return Done(frozenset(), one)


def _sealed(store: Store, content: bytes) -> Sealed:
    """The sealed file of ``content``, the one that is here already if it is sound."""
    digest = hashlib.sha256(content).hexdigest()
    with store.read() as conn:
        known = attachment.kept(conn, digest)
    if known is None:
        return sealed.write(store.folder, content)
    if not sealed.opens(store.folder, known):  # as after a backup without its attachments
        sealed.mend(store.folder, known, content)
    return known
