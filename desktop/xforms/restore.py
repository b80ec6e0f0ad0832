# SPDX-License-Identifier: Apache-2.0
"""Putting a kept record back into the shape its form gives it."""

from __future__ import annotations

from desktop.i18n import _
from desktop.xforms import document, place
from desktop.xforms.names import OURS
from desktop.xforms.node import COMMENT, ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.reading import clone

KEY = "id"
"""The attribute (of our namespace) that keeps the key of a repeat's instance in a draft."""


def merge(root: Node, kept: Node, keys: set[str]) -> None:
    """Take the answers of ``kept`` into the form's own tree; ``keys`` gathers those in use.

    What a finished record left out (it was not relevant) is there again with the form's
    default. What the form does not know is left behind.

    Raises:
        FormRefused: ``kept`` is a record of another form.
    """
    if kept.kind != ELEMENT:
        kept = document.elements(kept)[0]
    ours, theirs = document.attribute(root, "id"), document.attribute(kept, "id")
    if root.name != kept.name or ours != theirs:
        raise FormRefused(
            _("This record belongs to the form “{other}”, not to “{form}”.").format(
                other=theirs or kept.name, form=ours or root.name
            )
        )
    _merge(root, kept, keys)


def _merge(node: Node, kept: Node, keys: set[str]) -> None:
    for held in node.attributes:
        value = document.attribute(kept, held.name, held.namespace)
        if value is not None and node.parent is not None and node.parent.parent is not None:
            held.value = value
    given: dict[str, list[Node]] = {}
    for inside in kept.children:
        if inside.kind == ELEMENT:
            given.setdefault(inside.name, []).append(inside)
    if not node.children:
        node.value = document.words(kept)
        return
    merged: list[Node] = []
    for inside in node.children:
        if inside.kind == COMMENT:
            merged.append(inside)
            merged.extend(_instances(node, inside, given.get(inside.path[-1], []), keys))
        elif inside.bind.repeat is None:
            found = given.get(inside.name)
            if found:
                _merge(inside, found.pop(0), keys)
            merged.append(inside)
    node.children = merged


def _instances(parent: Node, marker: Node, kept: list[Node], keys: set[str]) -> list[Node]:
    bind = marker.bind
    own = place.instances(parent, marker.path)
    if bind.repeat is not None and bind.repeat.fixed and not bind.repeat.count:
        for instance, data in zip(own, kept, strict=False):
            _merge(instance, data, keys)
            _take_key(instance, data, keys)
        return own
    found: list[Node] = []
    for data in kept:
        if bind.template is None:
            break
        instance = clone(bind.template, parent)
        _merge(instance, data, keys)
        _take_key(instance, data, keys)
        found.append(instance)
    return found


def _take_key(instance: Node, data: Node, keys: set[str]) -> None:
    key = document.attribute(data, KEY, OURS)
    if key and key not in keys:
        instance.key = key
        keys.add(key)
