# SPDX-License-Identifier: Apache-2.0
"""Which class shows a control: by its appearance, then its kind and data type, then its kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from desktop.ui.forms.question import Host, Question
from desktop.ui.forms.questions import AS_TOLD, CLASSES, TOLD

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node


def names(control: Control, node: Node | None = None) -> Iterator[str]:
    """The names a control is looked up by, the most particular first."""
    kind, data_type = control.kind, control.data_type
    if kind == "input" and node is not None and _is_note(node):
        yield f"note:{node.name}"
        yield "input:note"
    for word in control.appearance:
        yield f"{kind}:{word}"
    if kind == "upload":
        media = control.parameters.get("mediatype", "")
        yield f"{kind}:{media.partition('/')[0]}"
    yield f"{kind}:{data_type}"
    yield kind


def choose(control: Control, node: Node | None = None) -> type[Question]:
    """The class for a control; every kind of control has one."""
    place = next((CLASSES[name] for name in names(control, node) if name in CLASSES), "")
    return _load(place or CLASSES["input"])


def _is_note(node: Node) -> bool:
    """Whether nothing can ever be answered here: the form says read-only and computes nothing."""
    bind = node.bind
    if bind is None or bind.readonly is None or bind.calculate is not None or bind.actions:
        return False
    return bool(bind.readonly.formula.constant) and bind.data_type in ("string", "")


def make(view: Host, control: Control, node: Node) -> Question:
    """The question for one node, not yet loaded."""
    chosen = choose(control, node)
    told = f"{chosen.__module__}:{chosen.__name__}" in TOLD
    if view.frozen and (told or (control.kind == "upload" and not node.value)):
        chosen = _load(AS_TOLD)
    return chosen(view, control, node)


@cache
def _load(place: str) -> type[Question]:
    module, name = place.split(":")
    made: type[Question] = getattr(import_module(module), name)
    return made
