# SPDX-License-Identifier: Apache-2.0
"""The forms this laptop can fill: those shipped with the program, each version kept.

A form of the centre's that came later is brought in by ``form_arrival.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Final

from desktop.actions.done import Done
from desktop.paths import shipped
from desktop.store import draft as drafts
from desktop.store import form as forms
from desktop.store.errors import missing_part
from desktop.store.form_list import StoreLists
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.xforms.codec import from_json
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, replay
from desktop.xforms.session import Session

_BETWEEN: Final = " · "
_TITLE: Final = re.compile(rb"<h:title>([^<]*)</h:title>")


def install(store: Store, by: str = "") -> Done:
    """Bring the shipped forms into the store; nothing is written when they are all there.

    Raises :class:`MissingPart` when they are not what was shipped.
    """
    there = _shipped()
    with store.read() as conn:
        known = forms.versions(conn)
    new = [one for one in there if one not in known]
    if not new:
        return Done(frozenset())
    with store.write(by) as write:
        put_shipped(write)
    return Done(frozenset({"forms"}), tuple(new))


def put_shipped(write: Write) -> None:
    """Keep every shipped form that is not kept yet, in the transaction of ``write``."""
    known = forms.versions(write.conn)
    for form_id, version in _shipped():
        if (form_id, version) in known:
            continue
        name = f"{form_id}@{version}.xml"
        try:
            data = shipped("forms", "built", name).read_bytes()
        except OSError as error:
            raise missing_part(name) from error
        forms.put_form(write, form_id, version, _titles(data), data)


def shipped_ids() -> frozenset[str]:
    """The forms the program itself begins and files: these are never retired."""
    return frozenset(form_id for form_id, _version in _shipped())


def _shipped() -> tuple[tuple[str, str], ...]:
    """Form and version of each file in ``forms/built``."""
    names = sorted(path.stem for path in shipped("forms", "built").glob("*@*.xml"))
    if not names:
        raise missing_part("forms")
    found = (name.partition("@") for name in names)
    return tuple((form_id, version) for form_id, _at, version in found)


def _titles(data: bytes) -> tuple[str, str]:
    """Title in Thai and in English. Not by loading the form: that takes a hundred times as long.

    The build writes both into one, ``ไทย · English``.
    """
    found = _TITLE.search(data)
    thai, _between, english = unescape(found[1].decode() if found else "").partition(_BETWEEN)
    return thai, english


def open_form(store: Store, draft_id: str) -> Form:
    """The form of a draft, in the version it was begun with, with its lists. For a thread.

    Loading takes up to a few hundred milliseconds the first time. ``LookupError`` for a draft
    that is not there.
    """
    with store.read() as conn:
        draft = drafts.draft(conn, draft_id)
        data = forms.form(conn, draft.form_id, draft.form_version)
    lists = StoreLists(store, draft.form_id, draft.by, draft.started_at, draft.form_version)
    return Form.load(data, lists)


def open_session(
    store: Store, draft_id: str, properties: Mapping[str, str] | None = None
) -> Session:
    """A draft as it was left: its form, every step of its journal done again. For a thread.

    The session's clock is a ``journal.Clock``: set its ``moment`` before each step. The same
    ``properties`` must be given each time. ``LookupError`` for a draft that is not there.
    """
    form = open_form(store, draft_id)
    with store.read() as conn:
        draft, steps = drafts.draft(conn, draft_id), drafts.steps(conn, draft_id)
        basis = drafts.basis(conn, draft_id)
    return replay(
        form,
        steps,
        record=draft_id,
        clock=Clock(datetime.fromisoformat(draft.clock_at)),
        language=draft.language,
        properties=properties,
        restore=None if basis is None else from_json(form, basis),
        correcting=basis is not None,
    )
