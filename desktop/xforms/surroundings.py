# SPDX-License-Identifier: Apache-2.0
"""What the expressions of one record can see: its lists, its texts, its choices, its clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from desktop.xforms import place
from desktop.xforms.control import resolve
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.sharing import SharingEnvironment

if TYPE_CHECKING:
    from desktop.xforms.session import Session


class Surroundings(SharingEnvironment):
    """The environment of a session's expressions."""

    __slots__ = ("_session", "_tops")

    def __init__(
        self,
        session: Session,
        root: Node,
        *,
        clock: Callable[[], datetime],
        chance: random.Random | None,
        ids: Callable[[], str],
        zone: tzinfo | None,
    ) -> None:
        super().__init__(root, clock=clock, chance=chance, ids=ids, zone=zone)
        self.memo = None
        self._session = session
        self._tops: dict[str, list[Node]] = {}

    def instance(self, name: str) -> Sequence[Node]:
        """The element that holds the list ``name``; or the answers, by the form's id."""
        found = self._tops.get(name)
        if found is None:
            form = self._session.form
            listed = form.lists.get(name)
            if listed is None:
                if name == form.id and self.root is not None:
                    return [self.root]
                raise ExpressionRefused.unknown_instance(name)
            top = Node(ELEMENT, "instance")
            top.children = list(listed.all())
            for inside in top.children:
                inside.parent = top
            found = self._tops[name] = [top]
        return found

    def matching(
        self, name: str, path: tuple[str, ...], child: str, value: str
    ) -> Sequence[Node] | None:
        """From the list's own index."""
        listed = self._session.form.lists.get(name)
        return None if listed is None else listed.matching(path, child, value)

    def itext(self, name: str) -> str:
        """A translation in the language of the session, with its values."""
        node = self.current if self.current is not None else self._session.root
        return self._session.speaker.translate(name, node, self)

    def choice_name(self, value: str, question: str, node: Node) -> str:
        """The words of a choice of the question nearest to ``node``."""
        at = self.current if self.current is not None else node
        if not at.path:
            at = self._session.root
        path = resolve(question, at.path)
        control = self._session.form.control(path)
        found = place.nearest(at, path)
        if control is None or not control.choosing or not found:
            return ""
        for choice in self._session.choices(control, found[0]):
            if choice.value == value:
                return choice.label
        return ""

    def form_version(self) -> str:
        """The version of the form."""
        return self._session.form.version
