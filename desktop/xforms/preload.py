# SPDX-License-Identifier: Apache-2.0
"""Answers the form asks the device for: start and end, today, who and which machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from desktop.xforms import place
from desktop.xforms.binding import Bind
from desktop.xforms.node import ELEMENT, Node

_PROPERTIES: Final = {
    "deviceid": "deviceid",
    "username": "username",
    "phonenumber": "phonenumber",
    "phone number": "phonenumber",
    "email": "email",
}
"""``jr:preloadParams`` of ``property`` and the session's property it means."""


def stamp(moment: datetime) -> str:
    """A moment as XForms writes it: local time, milliseconds, offset with a colon."""
    written = moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"
    offset = moment.strftime("%z")
    return written + (f"{offset[:3]}:{offset[3:5]}" if offset else "")


def preload(
    binds: Mapping[tuple[str, ...], Bind],
    root: Node,
    *,
    clock: Callable[[], datetime],
    ids: Callable[[], str],
    properties: Mapping[str, str],
) -> None:
    """Fill the answers of a new record that the form does not ask a person for."""
    for bind in binds.values():
        if not bind.preload:
            continue
        for node in place.below(root, bind.path):
            value = _value(bind, clock, ids, properties)
            if value:
                node.value = value


def _value(
    bind: Bind,
    clock: Callable[[], datetime],
    ids: Callable[[], str],
    properties: Mapping[str, str],
) -> str:
    kind, detail = bind.preload, bind.preload_parameters
    if kind == "uid":
        return "uuid:" + ids()
    if kind == "timestamp" and detail == "start":
        return stamp(clock())
    if kind == "date" and detail == "today":
        return clock().date().isoformat()
    if kind == "property":
        return properties.get(_PROPERTIES.get(detail, detail), "")
    return ""


def identify(root: Node, ids: Callable[[], str]) -> None:
    """Give the record its ``instanceID`` if the form did not."""
    for meta in root.children:
        if meta.name == "meta":
            for node in meta.children:
                if node.name == "instanceID" and not node.value:
                    node.value = "uuid:" + ids()


def deprecate(root: Node) -> None:
    """Make the record the successor of the one it was."""
    for meta in root.children:
        if meta.name != "meta":
            continue
        named = {node.name: node for node in meta.children}
        identity = named.get("instanceID")
        if identity is None or not identity.value:
            continue
        before = named.get("deprecatedID")
        if before is None:
            before = Node(ELEMENT, "deprecatedID", meta, "", identity.namespace, identity.prefix)
            before.path = (*meta.path, "deprecatedID")
            before.bind = Bind(before.path)
            meta.children.append(before)
        before.value, identity.value = identity.value, ""


def finish(
    binds: Mapping[tuple[str, ...], Bind], clock: Callable[[], datetime]
) -> list[tuple[Bind, str]]:
    """What the end of a record fills in: the end timestamps."""
    return [
        (bind, stamp(clock()))
        for bind in binds.values()
        if bind.preload == "timestamp" and bind.preload_parameters == "end"
    ]
