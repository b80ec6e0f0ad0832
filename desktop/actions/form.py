# SPDX-License-Identifier: Apache-2.0
"""The forms this laptop can fill: those shipped with the program, each version kept."""

from __future__ import annotations

from typing import Final

from desktop.actions.done import Done
from desktop.paths import shipped
from desktop.store import form as forms
from desktop.store.draft import draft as draft_of
from desktop.store.errors import missing_part
from desktop.store.form_list import StoreLists
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.xforms.form import Form

_BETWEEN: Final = " · "


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
        thai, _between, english = Form.load(data).title.partition(_BETWEEN)
        forms.put_form(write, form_id, version, (thai, english), data)


def _shipped() -> tuple[tuple[str, str], ...]:
    """Form and version of each file in ``forms/built``."""
    names = sorted(path.stem for path in shipped("forms", "built").glob("*@*.xml"))
    if not names:
        raise missing_part("forms")
    found = (name.partition("@") for name in names)
    return tuple((form_id, version) for form_id, _at, version in found)


def open_form(store: Store, draft_id: str) -> Form:
    """The form of a draft, in the version it was begun with, with its lists. For a thread.

    Loading takes up to a few hundred milliseconds the first time. ``LookupError`` for a draft
    that is not there.
    """
    with store.read() as conn:
        draft = draft_of(conn, draft_id)
        data = forms.form(conn, draft.form_id, draft.form_version)
    return Form.load(data, StoreLists(store, draft.form_id, draft.by, draft.started_at))
