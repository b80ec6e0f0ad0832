# SPDX-License-Identifier: Apache-2.0
"""What is missing or not allowed in a record, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.xforms.node import ELEMENT, Node

REQUIRED = "required"
CONSTRAINT = "constraint"


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that stops the record from being finished; ``kind`` as above."""

    node: Node
    kind: str
    message: str = field(default="")


class Unfinished(Problem):
    """The record has ``faults``; the sentence says how many."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(
            ngettext(
                "{count} question still needs an answer or another answer.",
                "{count} questions still need an answer or another answer.",
                len(faults),
            ).format(count=len(faults))
        )


class Locked(Problem):
    """The form does not let this answer or this number of entries be changed by hand."""

    @classmethod
    def answer(cls) -> Locked:
        """The question is read-only."""
        return cls(_("This answer cannot be changed by hand."))

    @classmethod
    def entries(cls) -> Locked:
        """The repeat is counted or fixed."""
        return cls(_("The form decides how many entries there are here."))


def kind_of_fault(node: Node) -> str:
    """``required``, ``constraint`` or empty; an answer that is not asked for has no fault."""
    if not node.relevant:
        return ""
    if not node.value:
        return REQUIRED if node.required else ""
    return "" if node.valid else CONSTRAINT


def faulty(root: Node) -> Iterator[tuple[Node, str]]:
    """The relevant leaves with a fault, in document order."""
    pending = [root]
    while pending:
        node = pending.pop()
        if not node.relevant:
            continue
        inside = [one for one in node.children if one.kind == ELEMENT]
        if inside:
            pending.extend(reversed(inside))
        else:
            kind = kind_of_fault(node)
            if kind:
                yield node, kind
