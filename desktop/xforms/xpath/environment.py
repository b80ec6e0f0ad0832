# SPDX-License-Identifier: Apache-2.0
"""What an expression can see besides its context node. The session gives the real one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused

MOST: Final = 2_000_000
"""Nodes that predicates may be tried on in one step: some seconds. Predicates inside predicates
multiply; the longest list of a real form has a hundred thousand."""


class Environment:
    """The surroundings of an evaluation; deterministic when ``clock``, ``chance`` and ``ids`` are.

    ``root`` is what ``/`` means: the parent of the topmost element, a document node (None: the
    topmost node). ``current`` is what ``current()`` means (None: the context node). ``zone`` is
    the time zone of dates without one.

    ``instants`` is how a date counts as a number. False, as in JavaRosa and in every form here:
    whole days of the calendar, a time as the part of its day on the clock of ``zone``. True, as
    in ODK Web Forms: days since 1970 in UTC, so that a date is the instant of its midnight. Only
    recordings of that engine are played with True (DECISIONS.md).
    """

    __slots__ = ("chance", "clock", "current", "ids", "instants", "root", "spent", "zone")

    def __init__(
        self,
        root: Node | None = None,
        *,
        current: Node | None = None,
        clock: Callable[[], datetime] | None = None,
        chance: random.Random | None = None,
        ids: Callable[[], str] | None = None,
        zone: tzinfo | None = None,
        instants: bool = False,
    ) -> None:
        self.root = root
        self.instants = instants
        self.current = current
        self.zone = zone or ZoneInfo("Asia/Bangkok")
        self.clock = clock or (lambda: datetime.now(self.zone))
        self.chance = chance or random.Random()  # noqa: S311 (an order of choices, no secret)
        self.ids = ids
        self.spent = 0

    def spend(self, nodes: int) -> None:
        """Count nodes a predicate is tried on; ExpressionRefused beyond ``MOST``.

        Whoever evaluates sets ``spent`` to 0 where a new piece of work begins.
        """
        self.spent += nodes
        if self.spent > MOST:
            raise ExpressionRefused.too_much(MOST)

    def instance(self, name: str) -> Sequence[Node]:
        """What ``instance('name')`` is: the node whose child is the root of the list.

        In ``instance('cities')/root/item`` it is the ``<instance>`` element above ``root``.
        """
        raise ExpressionRefused.unknown_instance(name)

    # What those that override it are given stands here though nothing is done with it.
    def matching(
        self,
        name: str,  # noqa: ARG002
        path: tuple[str, ...],  # noqa: ARG002
        child: str,  # noqa: ARG002
        value: str,  # noqa: ARG002
    ) -> Sequence[Node] | None:
        """Items at ``path`` below ``instance(name)`` whose ``child`` equals ``value``, in order.

        The compiler asks this for ``instance('n')/root/item[child = …]`` (``path`` is then
        ``("root", "item")``), also where ``and`` says more, so that a list of thousands answers
        from an index or from SQL. None: no index here, walk instead.
        """
        return None

    def itext(self, name: str) -> str | list[Node]:
        """The text ``name`` in the language of the session (or its nodes, the plain one first)."""
        raise ExpressionRefused.unknown_text(name)

    def choice_name(
        self,
        value: str,
        question: str,  # noqa: ARG002
        node: Node,  # noqa: ARG002
    ) -> str:
        """The label of the choice ``value`` of the question at the path ``question``."""
        return value

    def form_version(self) -> str:
        """The version of the form (``version()``)."""
        return ""
