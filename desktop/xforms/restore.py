# SPDX-License-Identifier: Apache-2.0
"""Putting a kept record back into the shape its form gives it."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.i18n import _
from desktop.xforms import document, place
from desktop.xforms.binding import Bind
from desktop.xforms.names import OURS, Path
from desktop.xforms.node import ATTRIBUTE, COMMENT, ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.reading import clone

KEY = "id"
"""The attribute (of our namespace) that keeps the key of a repeat's instance in a draft."""


class Restoring:
    """Putting one kept record back. ``keys`` are those of its entries; its answers are ``kept``.

    What a finished record left out (it was not relevant) is there again with the form's
    default. What the form does not know is left behind.
    """

    def __init__(self, binds: Mapping[Path, Bind]) -> None:
        self._binds = binds
        self.keys: set[str] = set()

    def merge(self, root: Node, kept: Node) -> None:
        """Take the answers of ``kept`` into the form's own tree.

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
        self._merge(root, kept)

    def _merge(self, node: Node, kept: Node) -> None:
        if node.path[1:]:
            self._merge_attributes(node, kept)
        if not node.children:
            node.value = document.words(kept)
            node.kept = True
            return
        given: dict[str, list[Node]] = {}
        for inside in document.elements(kept):
            given.setdefault(inside.name, []).append(inside)
        merged: list[Node] = []
        for inside in node.children:
            if inside.kind == COMMENT:
                merged.append(inside)
                merged.extend(self._instances(node, inside, given.get(inside.path[-1], [])))
            elif inside.bind.repeat is None:
                found = given.get(inside.name)
                if found:
                    self._merge(inside, found.pop(0))
                merged.append(inside)
        node.children = merged

    def _merge_attributes(self, node: Node, kept: Node) -> None:
        own = {held.name: held for held in node.attributes}
        for given in kept.attributes:
            if given.namespace == OURS:
                continue
            held = own.get(given.name)
            if held is None:
                path = (*node.path, "@" + given.name)
                if path not in self._binds:
                    continue
                held = Node(ATTRIBUTE, given.name, node, "", given.namespace, given.prefix)
                held.path, held.bind = path, self._binds[path]
                node.attributes.append(held)
            held.value = given.value
            held.kept = True

    def _instances(self, parent: Node, marker: Node, kept: list[Node]) -> list[Node]:
        bind: Bind = marker.bind
        own = place.instances(parent, marker.path)
        if bind.repeat is not None and bind.repeat.fixed and not bind.repeat.count:
            for instance, data in zip(own, kept, strict=False):
                self._fill(instance, data)
            return own
        if bind.template is None:
            return []
        return [self._fill(clone(bind.template, parent), data) for data in kept]

    def _fill(self, instance: Node, data: Node) -> Node:
        self._merge(instance, data)
        instance.kept = True
        key = document.attribute(data, KEY, OURS)
        if key and key not in self.keys:
            instance.key = key
            self.keys.add(key)
        return instance
