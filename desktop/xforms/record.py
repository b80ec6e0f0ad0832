# SPDX-License-Identifier: Apache-2.0
"""The instances of repeats: counted, added, taken out, each with a key of its own."""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Iterator
from typing import Final

from desktop.i18n import _
from desktop.xforms import place
from desktop.xforms.binding import Bind, Computation
from desktop.xforms.form import Form
from desktop.xforms.names import shown
from desktop.xforms.node import COMMENT, ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.reading import clone
from desktop.xforms.settling import Settling, index_of
from desktop.xforms.xpath.values import to_number

_MOST: Final = 10_000
"""Instances of one repeat a count may ask for."""
_ALTOGETHER: Final = 50_000
"""Instances all counts of a record may ask for: repeats inside repeats multiply."""


class Record(Settling):
    """A settling tree whose repeats grow and shrink.

    ``spare`` holds, for the marker of a counted repeat, the instances the form or a kept record
    gives for the first places, and those a smaller count took away (``put_by``); the count
    decides how many of them there are.
    """

    def __init__(self, form: Form, identity: str) -> None:
        super().__init__(form)
        self.identity = identity
        self.keys: set[str] = set()
        self._made: dict[str, int] = {}

    def new_key(self, instance: Node) -> str:
        """A key no instance has, by ``identity`` and by how many were made at its place.

        Not by how many there are elsewhere: a list that grew since a draft was begun must not
        move the answers of another repeat.
        """
        above = place.key_place(instance.parent) if instance.parent is not None else ""
        where = f"{above}/{instance.path[-1]}"
        while True:
            number = self._made[where] = self._made.get(where, 0) + 1
            drawn = hashlib.sha256(f"{self.identity}{where}/{number}".encode()).digest()[:16]
            key = str(uuid.UUID(bytes=drawn, version=4))
            if key not in self.keys:
                self.keys.add(key)
                return key

    def _count(self, computation: Computation, node: Node) -> None:
        self.evaluations += 1
        wanted = to_number(computation.formula(node, self.environment), self.environment)
        parent = node.parent
        if parent is None:
            return
        if math.isnan(wanted):
            if not (self.loading and self.restored and self.spare.get(node)):
                return
            wanted = float(len(self.spare[node]))
        number = max(0, int(min(wanted, _MOST + 1.0)))
        if self.loading and self.restored:
            # A list may count fewer by now: what was kept is not lost by looking at it.
            number = max(number, sum(one.kept for one in self.spare.get(node, ())))
        existing = place.instances(parent, node.path)
        most = _MOST if number > _MOST else _ALTOGETHER
        if number > _MOST or len(self.keys) + number - len(existing) > _ALTOGETHER:
            raise FormRefused(
                _("The form asks for more than {count} entries of {path}.").format(
                    count=most, path=shown(node.path)
                )
            )
        for position in range(len(existing), number):
            spare = self.spare.get(node, ())
            source = spare[position] if position < len(spare) else None
            self.insert(parent, node, None, source)
        if number < len(existing):
            # A 12 is typed by way of a 1: what was answered comes back with the count.
            self.spare[node] = [*existing, *self.spare.get(node, ())[len(existing) :]]
            for surplus in reversed(existing[number:]):
                self.put_by.add(surplus)
                self.take_out(surplus)

    def insert(
        self, parent: Node, marker: Node, at: int | None, source: Node | None = None
    ) -> Node:
        """A new instance of the repeat of ``marker``, as the ``at``-th (None: the last)."""
        existing = place.instances(parent, marker.path)
        if at is None or at > len(existing):
            at = len(existing)
        template = source or marker.bind.template
        node = clone(template, parent)
        node.key = source.key if source is not None else ""
        before = existing[at - 1] if at else marker
        parent.children.insert(index_of(parent, before) + 1, node)
        self.prepare(node)
        self._settle_in(node, parent)
        depth = len(node.path)
        for inside in _subtree(node):
            bind: Bind = inside.bind
            if bind.readers:
                self.touch(inside, depth)
            for computation in bind.computations():
                self.due(computation, inside)
        for later in existing[at:]:
            self.touch(later)
        self.changes.added.append(node)
        self.done.append((node, None, -1))
        if not self.loading and source not in self.put_by:
            self.new_instances.append(node)
        return node

    def _settle_in(self, node: Node, parent: Node) -> None:
        node.relevant = parent.relevant
        node.readonly = parent.readonly
        for held in node.attributes:
            held.relevant = node.relevant
        for inside in node.children:
            if inside.kind == ELEMENT:
                self._settle_in(inside, node)
            else:
                self._count_due(inside)

    def _count_due(self, marker: Node) -> None:
        if marker.kind == COMMENT and marker.bind.count is not None:
            self.due(marker.bind.count, marker)

    def prepare(self, node: Node) -> None:
        """Keys for ``node`` and the instances in it; counted repeats begin with none."""
        if place.is_instance(node) and not node.key:
            node.key = self.new_key(node)
        if not node.children:
            return
        kept: list[Node] = []
        markers: dict[tuple[str, ...], Node] = {}
        for inside in node.children:
            if inside.kind == COMMENT:
                markers[inside.path] = inside
            elif inside.bind.repeat is not None and inside.bind.count is not None:
                self.spare.setdefault(markers[inside.path], []).append(inside)
                continue
            kept.append(inside)
        node.children = kept
        for inside in kept:
            if inside.kind == ELEMENT:
                self.prepare(inside)

    def take_out(self, node: Node) -> None:
        """Remove an instance and make due what looked at it."""
        parent = node.parent
        if parent is None:
            return
        depth = len(node.path)
        gone = list(_subtree(node))
        for inside in gone:
            if inside.bind.readers:
                self.touch(inside, depth)
        existing = place.instances(parent, node.path)
        later = existing[existing.index(node) + 1 :]
        self.done.append((node, None, index_of(parent, node)))
        parent.children.remove(node)
        lost = set(gone)
        for nodes in self._due.values():
            if nodes is not None:
                nodes.difference_update(lost)
        for inside in later:
            self.touch(inside)
        self.changes.removed.append(node)


def _subtree(node: Node) -> Iterator[Node]:
    pending = [node]
    while pending:
        at = pending.pop()
        yield at
        pending.extend(at.attributes)
        pending.extend(inside for inside in reversed(at.children) if inside.kind == ELEMENT)
