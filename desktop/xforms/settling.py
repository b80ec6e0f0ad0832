# SPDX-License-Identifier: Apache-2.0
"""The answers of one record as a tree, and how a change settles through it.

An answer makes the computations that read it due, each for the instances it reaches and no
others; they are evaluated in the form's order until none is due. Nothing here knows of people,
pages or journals: that is ``session``.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Final

from desktop.i18n import _
from desktop.xforms import binding, place
from desktop.xforms.binding import Bind, Computation
from desktop.xforms.change import Gathering
from desktop.xforms.form import Form
from desktop.xforms.node import ATTRIBUTE, DOCUMENT, ELEMENT, Node
from desktop.xforms.problem import FormRefused
from desktop.xforms.sharing import SharingEnvironment
from desktop.xforms.value import calculated
from desktop.xforms.xpath.values import to_boolean, to_string

_ROUNDS: Final = 2_000
"""How often one computation may become due in one step; more is a form that never settles."""


class Settling:
    """A tree of answers that keeps itself consistent."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.document = Node(DOCUMENT)
        self.changes = Gathering()
        self.evaluations = 0
        self.loading = True
        self.restored = False
        self.environment: SharingEnvironment = SharingEnvironment()
        self.spare: dict[Node, list[Node]] = {}
        self.put_by: set[Node] = set()
        self.done: list[tuple[Node, str | None, int]] = []
        """What the step did so far, the last last: a node and the answer it had; or None and
        the place it was taken from (-1: it is new)."""
        self.changed_values: list[Node] = []
        self.new_instances: list[Node] = []
        self._due: dict[Computation, set[Node] | None] = {}
        self._heap: list[tuple[int, Computation]] = []
        self._evaluate = {
            binding.CALCULATE: self._calculate,
            binding.RELEVANT: self._relevant,
            binding.READONLY: self._readonly,
            binding.REQUIRED: self._required,
            binding.CONSTRAINT: self._constraint,
            binding.COUNT: self._count,
            binding.CHOICES: self._choices,
            binding.TEXT: self._text,
        }

    # -- for the session to fill in

    def fit(self, node: Node, value: str) -> str:
        """``value`` as ``node`` can hold it."""
        normalise = node.bind.normalise
        return value if normalise is None or not value else str(normalise(value))

    def still_offered(self, node: Node) -> str:
        """The part of the node's answer that is still among its choices."""
        return node.value

    def forget_choices(self, node: Node) -> None:
        """The choices of ``node`` may be others now."""

    def _count(self, computation: Computation, node: Node) -> None:
        """Give the repeat marked by ``node`` the number of instances its count asks for."""
        raise NotImplementedError

    # -- making computations due

    def touch(self, node: Node, above: int = 1 << 30) -> None:
        """Make due what reads ``node``, within scopes less deep than ``above``."""
        due = self._due
        for computation, depth in node.bind.readers:
            if depth >= above:
                continue
            held = due.get(computation, _NONE)
            if held is None:
                continue
            if depth == 0:
                self._make_due(computation, None)
                continue
            anchor = node
            while len(anchor.path) > depth and anchor.parent is not None:
                anchor = anchor.parent
            self._make_due(computation, self.targets(computation, anchor))

    def targets(self, computation: Computation, anchor: Node) -> Iterable[Node]:
        """The nodes ``computation`` is about at or below ``anchor``."""
        path = computation.bind.path
        if computation.kind != binding.COUNT:
            return place.below(anchor, path)
        if len(anchor.path) >= len(path) and anchor.parent is not None:
            anchor = anchor.parent
        parents = place.below(anchor, path[:-1])
        return [found for parent in parents if (found := place.marker(parent, path))]

    def due(self, computation: Computation, node: Node) -> None:
        """Make ``computation`` due for ``node``."""
        self._make_due(computation, (node,))

    def everything_due(self) -> None:
        """Make every computation due everywhere."""
        self.all_due(self.form.computations)

    def all_due(self, computations: Iterable[Computation]) -> None:
        """Make some computations due everywhere."""
        for computation in computations:
            self._make_due(computation, None)

    def take_back(self) -> None:
        """Undo what ``done`` says, and settle all that follows from the answers there were."""
        self._heap.clear()
        self._due.clear()
        for node, value, index in reversed(self.done):
            above = node.parent
            if value is not None:
                node.value = value
            elif above is not None and index < 0:
                above.children.remove(node)
            elif above is not None:
                above.children.insert(index, node)
        self.done.clear()
        self.changed_values.clear()
        self.new_instances.clear()
        for computation in self.form.computations:
            if computation.kind not in (binding.CALCULATE, binding.COUNT):
                self._make_due(computation, None)
        self.settle()

    def _make_due(self, computation: Computation, nodes: Iterable[Node] | None) -> None:
        held = self._due.get(computation, _NONE)
        if held is _NONE:
            heapq.heappush(self._heap, (computation.order, computation))
            self._due[computation] = None if nodes is None else set(nodes)
        elif held is not None:
            if nodes is None:
                self._due[computation] = None
            else:
                held.update(nodes)

    # -- settling

    @property
    def root(self) -> Node:
        """The outermost answer element."""
        return self.document.children[0]

    def settle(self) -> None:
        """Evaluate what is due until nothing is.

        Raises:
            FormRefused: It never ends (relevance that turns itself on and off).
        """
        rounds: dict[Computation, int] = {}
        while self._heap:
            computation = heapq.heappop(self._heap)[1]
            nodes = self._due.pop(computation, _NONE)
            if nodes is _NONE:
                continue
            count = rounds[computation] = rounds.get(computation, 0) + 1
            if count > _ROUNDS:
                self._heap.clear()
                self._due.clear()
                raise FormRefused(
                    _("The form never settles: {path} keeps changing.").format(
                        path="/" + "/".join(computation.bind.path)
                    )
                )
            self._round(computation, nodes)

    def _round(self, computation: Computation, nodes: set[Node] | None) -> None:
        """Evaluate one computation where it is due, the first in the document first."""
        evaluate = self._evaluate[computation.kind]
        if nodes is not None and len(nodes) == 1:
            for node in nodes:
                evaluate(computation, node)
            return
        if nodes is None:
            ordered = list(self.targets(computation, self.root))
        else:
            ordered = sorted(nodes, key=_position)
        shares = computation.shares and len(ordered) > 1
        self.environment.memo = {} if shares else None
        try:
            for node in ordered:
                evaluate(computation, node)
        finally:
            self.environment.memo = None

    def _boolean(self, computation: Computation, node: Node) -> bool:
        if computation.constant is not None:
            return computation.constant
        self.evaluations += 1
        return to_boolean(computation.formula(node, self.environment))

    def _calculate(self, computation: Computation, node: Node) -> None:
        if not node.relevant or (node.kept and self.loading):
            return
        if node.value and computation.drawn:
            return
        self.evaluations += 1
        value = computation.formula(node, self.environment)
        text: str | None = None
        if isinstance(value, float | str):
            text = calculated(value, node.bind.data_type)
        if self.set_value(node, to_string(value) if text is None else text):
            choices = node.bind.choices
            if choices is not None:
                self.due(choices, node)

    def set_value(self, node: Node, value: str) -> bool:
        """Give ``node`` the value as it can hold it; tell what that touches. False: the same."""
        value = self.fit(node, value)
        before = node.value
        if before == value:
            return False
        node.value = value
        self.done.append((node, before, -1))
        changes = self.changes
        changes.values.add(node)
        if node.required and (not before or not value):
            changes.validity.add(node)
        self.touch(node)
        bind: Bind = node.bind
        if bind.constraint is not None:
            self.due(bind.constraint, node)
        if bind.actions and not self.loading:
            self.changed_values.append(node)
        return True

    def _relevant(self, computation: Computation, node: Node) -> None:
        own = self._boolean(computation, node)
        if own == node.own_relevant:
            return
        node.own_relevant = own
        parent = node.parent
        relevant = own and (parent is None or parent.relevant)
        if relevant != node.relevant:
            self._spread_relevance(node, relevant)

    def _spread_relevance(self, node: Node, relevant: bool) -> None:
        node.relevant = relevant
        self.changes.relevance.add(node)
        self.touch(node)
        bind: Bind = node.bind
        if bind.calculate is not None and relevant:
            self.due(bind.calculate, node)
        if bind.constraint is not None:
            self.due(bind.constraint, node)
        if bind.choices is not None and relevant:
            self.due(bind.choices, node)
        for held in node.attributes:
            held.relevant = relevant
            if held.bind.readers:
                self.touch(held)
            if relevant and held.bind.calculate is not None:
                self.due(held.bind.calculate, held)
        for inside in node.children:
            if inside.kind != ELEMENT:
                continue
            now = relevant and inside.own_relevant
            if now != inside.relevant:
                self._spread_relevance(inside, now)

    def _readonly(self, computation: Computation, node: Node) -> None:
        own = self._boolean(computation, node)
        if own != node.own_readonly:
            node.own_readonly = own
            self._spread_readonly(node, own or (node.parent is not None and node.parent.readonly))

    def _spread_readonly(self, node: Node, readonly: bool) -> None:
        if readonly == node.readonly:
            return
        node.readonly = readonly
        self.changes.readonly.add(node)
        for inside in node.children:
            if inside.kind == ELEMENT:
                self._spread_readonly(inside, readonly or inside.own_readonly)

    def _required(self, computation: Computation, node: Node) -> None:
        required = self._boolean(computation, node)
        if required != node.required:
            node.required = required
            self.changes.required.add(node)
            if not node.value:
                self.changes.validity.add(node)

    def _constraint(self, computation: Computation, node: Node) -> None:
        valid = not node.value or not node.relevant or self._boolean(computation, node)
        if valid != node.valid:
            node.valid = valid
            self.changes.validity.add(node)

    def _choices(self, _computation: Computation, node: Node) -> None:
        self.forget_choices(node)
        self.changes.choices.add(node)
        if not node.value or not node.relevant or (node.kept and self.loading):
            return
        kept = self.still_offered(node)
        if kept != node.value:
            self.changes.cleared.add(node)
            self.set_value(node, kept)

    def _text(self, computation: Computation, node: Node) -> None:
        self.changes.texts.add(node)
        if computation.control is not None and computation.control.choosing:
            self.forget_choices(node)


_NONE: Final[set[Node]] = set()


def index_of(parent: Node, child: Node) -> int:
    """Where ``child`` is among the children of ``parent``, itself and not its like."""
    for index, inside in enumerate(parent.children):
        if inside is child:
            return index
    raise ValueError("not a child")


def _position(node: Node) -> tuple[int, ...]:
    """Where a node is in the document, to evaluate the rows of a repeat from the top."""
    found: list[int] = []
    at = node
    while at.parent is not None:
        found.append(-1 if at.kind == ATTRIBUTE else index_of(at.parent, at))
        at = at.parent
    found.reverse()
    return tuple(found)
