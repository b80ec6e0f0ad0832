# SPDX-License-Identifier: Apache-2.0
"""A record written for good: the bytes that are sent and never written again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.xforms import place
from desktop.xforms.names import Path, shown
from desktop.xforms.node import Node
from desktop.xforms.writing import write

if TYPE_CHECKING:
    from desktop.xforms.session import Session


@dataclass(frozen=True, slots=True)
class Indexed:
    """One answer kept where reports find it; ``repeat`` is the key of its instance or empty."""

    path: str
    repeat: str
    value: str
    data_type: str


@dataclass(frozen=True, slots=True)
class Finished:
    """``xml`` is frozen, ``sha256`` its hash in hexadecimal, ``answers`` the same as JSON.

    ``core`` has the answers the form marks with ``dsdw:core`` by what they are marked with; one
    in a repeat is a tuple, an answer an instance. ``name`` is the ``instanceName``.
    """

    xml: bytes
    answers: str
    sha256: str
    instance_id: str
    name: str
    core: Mapping[str, str | tuple[str, ...]]
    indexed: tuple[Indexed, ...]


def finished(session: Session) -> Finished:
    """What is kept of a record that has no faults."""
    from desktop.xforms.codec import to_json

    xml = write(session.form, session.root, whole=False)
    return Finished(
        xml=xml,
        answers=to_json(session, relevant_only=True),
        sha256=hashlib.sha256(xml).hexdigest(),
        instance_id=_meta(session.root, "instanceID"),
        name=_meta(session.root, "instanceName"),
        core=core(session),
        indexed=tuple(_indexed(session)),
    )


def _meta(root: Node, name: str) -> str:
    for meta in root.children:
        if meta.name == "meta":
            for node in meta.children:
                if node.name == name and node.relevant:
                    return node.value
    return ""


def core(session: Session) -> dict[str, str | tuple[str, ...]]:
    """The answers marked ``dsdw:core`` now; the first that is answered where two say the same."""
    found: dict[str, str | tuple[str, ...]] = {}
    binds = session.form.binds
    for path, meaning in session.form.core.items():
        every = list(place.below(session.root, path))
        nodes = [node for node in every if node.relevant]
        if binds[path].within:
            # One for each instance, also where it is not asked: rows are put together from them.
            found.setdefault(meaning, tuple(node.value if node.relevant else "" for node in every))
        elif not found.get(meaning):
            found[meaning] = nodes[0].value if nodes else ""
    return found


def _indexed(session: Session) -> Iterable[Indexed]:
    for path, wanted in session.form.indexed.items():
        if wanted.strip().lower() not in ("true", "true()", "yes", "1"):
            continue
        data_type = session.form.binds[path].data_type
        for node in place.below(session.root, path):
            if node.relevant and node.value:
                yield Indexed(_shown(path), _key(node), node.value, data_type)


def _shown(path: Path) -> str:
    return shown(path)


def _key(node: Node) -> str:
    at: Node | None = node
    while at is not None:
        if place.is_instance(at):
            return at.key
        at = at.parent
    return ""
