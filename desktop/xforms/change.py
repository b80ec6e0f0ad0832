# SPDX-License-Identifier: Apache-2.0
"""What one answer changed, for whoever shows the record."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.xforms.node import Node


@dataclass(frozen=True, slots=True)
class Changes:
    """The nodes one step reached, by what became different about them.

    ``answered`` was given by the step itself; ``values`` has every answer that is now another,
    those included. ``cleared`` lost an answer because its choice is gone: tell the person.
    ``added`` and ``removed`` are instances of repeats. ``texts`` and ``choices`` may have become
    different; ask again.
    """

    answered: frozenset[Node] = frozenset()
    values: frozenset[Node] = frozenset()
    relevance: frozenset[Node] = frozenset()
    required: frozenset[Node] = frozenset()
    readonly: frozenset[Node] = frozenset()
    validity: frozenset[Node] = frozenset()
    choices: frozenset[Node] = frozenset()
    texts: frozenset[Node] = frozenset()
    cleared: frozenset[Node] = frozenset()
    added: tuple[Node, ...] = ()
    removed: tuple[Node, ...] = ()


class Gathering:
    """Changes while they happen."""

    __slots__ = (
        "added",
        "answered",
        "choices",
        "cleared",
        "readonly",
        "relevance",
        "removed",
        "required",
        "texts",
        "validity",
        "values",
    )

    def __init__(self) -> None:
        self.answered: set[Node] = set()
        self.values: set[Node] = set()
        self.relevance: set[Node] = set()
        self.required: set[Node] = set()
        self.readonly: set[Node] = set()
        self.validity: set[Node] = set()
        self.choices: set[Node] = set()
        self.texts: set[Node] = set()
        self.cleared: set[Node] = set()
        self.added: list[Node] = []
        self.removed: list[Node] = []

    def done(self) -> Changes:
        """The changes, to be kept."""
        return Changes(
            frozenset(self.answered),
            frozenset(self.values),
            frozenset(self.relevance),
            frozenset(self.required),
            frozenset(self.readonly),
            frozenset(self.validity),
            frozenset(self.choices),
            frozenset(self.texts),
            frozenset(self.cleared),
            tuple(self.added),
            tuple(self.removed),
        )
