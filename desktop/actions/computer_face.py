# SPDX-License-Identifier: Apache-2.0
"""A typeface that only this computer has becomes the office's when certificates are issued in it.

Otherwise another laptop of the office would print the same certificate in another face, and this
one too when somebody removes the font.
"""

from __future__ import annotations

from desktop.actions.asset import looked_into, named_in, plain_face, put, sealed_file
from desktop.actions.template_choice import template_for
from desktop.errors import Problem
from desktop.model.template import Template
from desktop.store import asset as rows
from desktop.store import event, plan
from desktop.store.asset import Asset
from desktop.store.sealed import Sealed
from desktop.store.store import Store
from desktop.store.write import Write

Face = tuple[Asset, Sealed | None]


def faces_for_issue(store: Store, event_id: str, kind: str | None) -> tuple[Face, ...]:
    """:func:`faces_of_computer` of the template an event's certificates are issued with now;
    ``kind`` is the event's when not given."""
    with store.read() as conn:
        chosen = kind or event.event(conn, event_id).certificate_kind
        if not chosen:
            return ()
        page = template_for(conn, plan.plan(conn, event_id, chosen))
    return faces_of_computer(store, page)


def faces_of_computer(store: Store, template: Template) -> tuple[Face, ...]:
    """The typefaces of a template that neither ship nor are the office's, and are installed here:
    looked into and sealed, before the transaction that keeps them. For a thread.

    A face that may not be put into a PDF is left out: Sarabun stands in for it everywhere.
    """
    from desktop.printing.office_face import shipped_faces, system_faces

    _pictures, faces = named_in(template)
    with store.read() as conn:
        ours = {plain_face(one.label) for one in rows.assets(conn, "font")}
    lacking = [one for one in sorted(faces) if one and one not in shipped_faces()]
    found: list[Face] = []
    for name in lacking:
        # The folders of the computer are looked through only for what the office lacks.
        path = None if plain_face(name) in ours else system_faces().get(plain_face(name))
        if path is None:
            continue
        try:
            data = path.read_bytes()
            one = looked_into("font", name, data)
            found.append((one, sealed_file(store, one, data)))
        except (OSError, Problem):
            continue
    return tuple(found)


def keep_faces(write: Write, faces: tuple[Face, ...]) -> None:
    """Make them the office's, in the transaction that issues."""
    for one, file in faces:
        put(write, one, file)
