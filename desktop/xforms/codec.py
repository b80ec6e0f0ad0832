# SPDX-License-Identifier: Apache-2.0
"""A record as JSON (kept in the store) and as XML (drafts, exchange): there and back to the byte.

JSON: the children of the root by name; a repeat is an array whose objects have an ``_id`` that
survives the removal of siblings; an attribute is ``@name``; the text of an element that also has
attributes is under the empty name. What is not relevant now is kept with the rest.
"""

from __future__ import annotations

import json
from typing import Any, Final

from desktop.i18n import _
from desktop.xforms import document, place
from desktop.xforms.form import Form
from desktop.xforms.names import OURS
from desktop.xforms.node import ATTRIBUTE, ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.record import Record
from desktop.xforms.restore import KEY
from desktop.xforms.writing import write

IDENTITY: Final = "_id"
_NAMESAKE: Final = "./_id"
"""A question that is called ``_id`` itself."""


def to_json(session: Record, *, relevant_only: bool = False) -> str:
    """The answers; with ``relevant_only`` as they are sent."""
    return json.dumps(
        _value(session.root, relevant_only, outer=True),
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _value(node: Node, relevant_only: bool, *, outer: bool = False) -> Any:
    held = {} if outer else {"@" + one.name: one.value for one in node.attributes}
    if not node.children:
        if place.is_instance(node):
            return {IDENTITY: node.key, **held, "": node.value}
        return {**held, "": node.value} if held else node.value
    found: dict[str, Any] = {IDENTITY: node.key} if place.is_instance(node) else {}
    found.update(held)
    for inside in node.children:
        if inside.kind != ELEMENT:
            if inside.path:
                found.setdefault(inside.path[-1], [])
            continue
        if relevant_only and not inside.relevant:
            continue
        value = _value(inside, relevant_only)
        name = inside.name if inside.name != IDENTITY else _NAMESAKE
        before = found.get(name)
        if isinstance(before, list):
            before.append(value)
        elif name in found:
            found[name] = [before, value]
        else:
            found[name] = value
    return found


def from_json(form: Form, text: str) -> Node:
    """The answers in ``text``, to give to a session as ``restore``.

    Raises:
        FormRefused: It is not a record written by ``to_json``.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict):
        raise FormRefused(_("The kept answers cannot be read."))
    root = Node(ELEMENT, form.primary.name)
    for held in form.primary.attributes:
        root.attributes.append(
            Node(ATTRIBUTE, held.name, root, held.value, held.namespace, held.prefix)
        )
    _fill(root, whole)
    return root


def _fill(node: Node, value: Any) -> None:
    if isinstance(value, str):
        node.value = value
        return
    if not isinstance(value, dict):
        raise FormRefused(_("The kept answers cannot be read."))
    for name, held in value.items():
        if name == IDENTITY:
            node.attributes.append(Node(ATTRIBUTE, KEY, node, str(held), OURS))
        elif name == "":
            node.value = str(held)
        elif name.startswith("@"):
            node.attributes.append(Node(ATTRIBUTE, name[1:], node, str(held)))
        else:
            for one in held if isinstance(held, list) else [held]:
                inside = Node(ELEMENT, name.removeprefix("./"), node)
                node.children.append(inside)
                _fill(inside, one)


def to_xml(session: Record) -> bytes:
    """The whole record, with what is not relevant now and the keys of instances."""
    return write(session.form, session.root, whole=True)


def from_xml(form: Form, data: bytes) -> Node:
    """The record in ``data``, to give to a session as ``restore``.

    Raises:
        FormRefused: It is not XML, or a record of another form.
    """
    root = document.elements(document.read(data))[0]
    if root.name != form.primary.name:
        raise FormRefused(
            _("This record belongs to the form “{other}”, not to “{form}”.").format(
                other=root.name, form=form.primary.name
            )
        )
    return root
