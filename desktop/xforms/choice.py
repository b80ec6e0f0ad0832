# SPDX-License-Identifier: Apache-2.0
"""What a question offers: choices written in it, or taken from a list or from other answers."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.xforms import document, place
from desktop.xforms.control import Control
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.text import Speaker, Text
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.values import to_string

_MEDIA: Final = ("image", "audio", "video", "big-image")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its value, its words, pictures and sounds by kind, the item it comes from."""

    value: str
    label: str
    media: Mapping[str, str] = field(default_factory=dict)
    item: Node | None = field(default=None, repr=False, compare=False)

    @property
    def extra(self) -> Mapping[str, str]:
        """The other columns of the item (``dim``, ``parent`` …)."""
        if self.item is None:
            return {}
        return {
            inside.name: document.words(inside)
            for inside in self.item.children
            if inside.kind == ELEMENT
        }


class Offer:
    """The choices of one record, kept until something they depend on changes."""

    def __init__(self, environment: Environment, speaker: Speaker, seed: str) -> None:
        self._environment = environment
        self._speaker = speaker
        self._seed = seed
        self._made: dict[Node | Control, tuple[Choice, ...]] = {}
        self._values: dict[Control, tuple[str, ...]] = {}

    def forget(self, node: Node | None = None) -> None:
        """Forget the choices of ``node``, or all."""
        if node is None:
            self._made.clear()
        else:
            self._made.pop(node, None)
            if node.bind.control is not None:
                self._made.pop(node.bind.control, None)

    def choices(self, control: Control, node: Node) -> tuple[Choice, ...]:
        """The choices of ``control`` at ``node``, in order."""
        key: Node | Control = control if _same_everywhere(node) else node
        made = self._made.get(key)
        if made is None:
            environment = self._environment
            chance = environment.chance
            if control.itemset is not None and control.itemset.mixed:
                # The same order whenever somebody looks, and nothing drawn from the record's.
                where = place.key_place(node) if key is node else "/".join(control.path)
                environment.chance = random.Random(f"{self._seed}{where}")  # noqa: S311 - an order
            try:
                made = self._made[key] = tuple(self._make(control, node))
            finally:
                environment.chance = chance
        return made

    def _make(self, control: Control, node: Node) -> list[Choice]:
        if control.itemset is None:
            return [
                Choice(
                    item.value,
                    self._words(item.label, node, item.value),
                    self._media(item.label, node),
                )
                for item in control.items
            ]
        environment = self._environment
        itemset = control.itemset
        items = itemset.nodes(node, environment)
        if not isinstance(items, list):
            return []
        found: list[Choice] = []
        before = environment.current
        environment.current = node
        try:
            for item in items:
                value = to_string(itemset.value.within(item, environment))
                found.append(
                    Choice(
                        value,
                        self._item_words(itemset.label, item, value),
                        self._media(itemset.label, item),
                        item,
                    )
                )
        finally:
            environment.current = before
        return found

    def _words(self, label: Text | None, node: Node, value: str) -> str:
        return value if label is None else self._speaker.say(label, node, self._environment)

    def _item_words(self, label: Text | None, item: Node, value: str) -> str:
        if label is None:
            return value
        if len(label.parts) == 1 and not isinstance(label.parts[0], str):
            return to_string(label.parts[0].within(item, self._environment))
        return self._speaker.say(label, item, self._environment)

    def _media(self, label: Text | None, node: Node) -> Mapping[str, str]:
        if label is None or label.name is None:
            return _NO_MEDIA
        return self._speaker.media(label, node, self._environment, _MEDIA) or _NO_MEDIA

    def values(self, control: Control, node: Node) -> Sequence[str]:
        """The values offered, in order."""
        if control.itemset is None:
            fixed = self._values.get(control)
            if fixed is None:
                fixed = self._values[control] = tuple(item.value for item in control.items)
            return fixed
        return [choice.value for choice in self.choices(control, node)]

    def offered(self, control: Control, node: Node, value: str) -> str:
        """The part of an answer that is among the choices, in the order of the choices.

        A rank keeps the person's order. A whole list is asked for the value, not walked.
        """
        if not value:
            return ""
        given = value.split() if control.many else [value]
        itemset = control.itemset
        if itemset is not None and itemset.whole is not None:
            name, path, child = itemset.whole
            held = [
                one
                for one in given
                if (found := self._environment.matching(name, path, child, one)) is None
                or len(found)
            ]
            return " ".join(held)
        values = self.values(control, node)
        if control.kind == "select" and not (itemset is not None and itemset.mixed):
            chosen = set(given)
            return " ".join(dict.fromkeys(one for one in values if one in chosen))
        allowed = set(values)
        return " ".join(one for one in given if one in allowed)


_NO_MEDIA: Final[Mapping[str, str]] = {}


def _same_everywhere(node: Node) -> bool:
    """Whether the choices are the same in every instance of a repeat."""
    choices = node.bind.choices
    if choices is not None and choices.reads:
        return False
    return not node.bind.texts
