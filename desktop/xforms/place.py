# SPDX-License-Identifier: Apache-2.0
"""Where a node is: by path for the engine, by key for the journal, by position for ODK."""

from __future__ import annotations

from desktop.xforms.names import Path
from desktop.xforms.node import ATTRIBUTE, COMMENT, ELEMENT, Node


def below(node: Node, path: Path) -> list[Node]:
    """All nodes at ``path`` that are ``node`` or below it."""
    found = [node]
    for name in path[len(node.path) :]:
        if name.startswith("@"):
            plain = name[1:]
            found = [held for one in found for held in one.attributes if held.name == plain]
        elif len(found) == 1:
            found = [inside for inside in found[0].children if inside.name == name]
        else:
            found = [inside for one in found for inside in one.children if inside.name == name]
    return found


def nearest(node: Node, path: Path) -> list[Node]:
    """All nodes at ``path`` below the nearest common ancestor with ``node``."""
    while node.path != path[: len(node.path)]:
        if node.parent is None:
            return []
        node = node.parent
    return below(node, path)


def marker(parent: Node, path: Path) -> Node | None:
    """The place of the repeat ``path`` among the children of ``parent``."""
    for inside in parent.children:
        if inside.kind == COMMENT and inside.path == path:
            return inside
    return None


def instances(parent: Node, path: Path) -> list[Node]:
    """The instances of the repeat ``path`` directly below ``parent``."""
    name = path[-1]
    return [inside for inside in parent.children if inside.name == name]


def is_instance(node: Node) -> bool:
    """Whether ``node`` is an instance of a repeat."""
    return node.kind == ELEMENT and node.bind is not None and node.bind.repeat is not None


def key_place(node: Node) -> str:
    """``/data/hh/person[#key]/age``: stays the same when instances before it are removed."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None and at.path:
        name = f"@{at.name}" if at.kind == ATTRIBUTE else at.path[-1]
        parts.append(f"{name}[#{at.key}]" if at.key and is_instance(at) else name)
        at = at.parent
    return "/" + "/".join(reversed(parts))


def reference(node: Node) -> str:
    """``/data/hh/person[2]/age``: ODK's way, by position, counted from 1."""
    parts: list[str] = []
    at: Node | None = node
    while at is not None and at.path:
        name = f"@{at.name}" if at.kind == ATTRIBUTE else at.path[-1]
        if is_instance(at) and at.parent is not None:
            position = instances(at.parent, at.path).index(at) + 1
            name = f"{name}[{position}]"
        parts.append(name)
        at = at.parent
    return "/" + "/".join(reversed(parts))


def find(root: Node, place: str) -> Node | None:
    """The node at a place with keys (``[#key]``) or positions (``[2]``); None where none is."""
    parts = [part for part in place.split("/") if part]
    if not parts or _plain(parts[0])[0] != root.name:
        return None
    node = root
    for part in parts[1:]:
        name, chosen = _plain(part)
        if name.startswith("@"):
            held = [one for one in node.attributes if one.name == name[1:]]
        else:
            held = [one for one in node.children if one.name == name]
        if chosen.startswith("#"):
            held = [one for one in held if one.key == chosen[1:]]
        elif chosen:
            held = held[int(chosen) - 1 : int(chosen)] if chosen.isdigit() else []
        if not held:
            return None
        node = held[0]
    return node


def _plain(part: str) -> tuple[str, str]:
    name, _bracket, rest = part.partition("[")
    return name.rpartition(":")[2], rest.rstrip("]")
