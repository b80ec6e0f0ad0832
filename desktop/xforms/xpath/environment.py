# SPDX-License-Identifier: Apache-2.0
"""What an expression can see besides its context node. The session gives the real one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused


class Environment:
    """The surroundings of an evaluation; deterministic when ``clock``, ``chance`` and ``ids`` are.

    ``root`` is what ``/`` means (None: the topmost node), ``current`` what ``current()`` means
    (None: the context node), ``zone`` the time zone of dates without one.
    """

    __slots__ = ("chance", "clock", "current", "ids", "root", "zone")

    def __init__(
        self,
        root: Node | None = None,
        *,
        current: Node | None = None,
        clock: Callable[[], datetime] | None = None,
        chance: random.Random | None = None,
        ids: Callable[[], str] | None = None,
        zone: tzinfo | None = None,
    ) -> None:
        self.root = root
        self.current = current
        self.zone = zone or ZoneInfo("Asia/Bangkok")
        self.clock = clock or (lambda: datetime.now(self.zone))
        self.chance = chance or random.Random()
        self.ids = ids

    def instance(self, name: str) -> Sequence[Node]:
        """The root element of the secondary instance ``name``."""
        raise ExpressionRefused.unknown_instance(name)

    def matching(
        self, name: str, path: tuple[str, ...], child: str, value: str
    ) -> Sequence[Node] | None:
        """Items at ``path`` below instance ``name`` whose ``child`` equals ``value``.

        The compiler asks this for ``instance('n')/a/b[child = …]`` so that a list of thousands
        answers from an index or from SQL. None: no index here, walk instead.
        """
        return None

    def itext(self, name: str) -> str:
        """The text ``name`` in the language of the session."""
        raise ExpressionRefused.unknown_text(name)

    def choice_name(self, value: str, question: str, node: Node) -> str:
        """The label of the choice ``value`` of the question at the path ``question``."""
        return value

    def form_version(self) -> str:
        """The version of the form (``version()``)."""
        return ""
