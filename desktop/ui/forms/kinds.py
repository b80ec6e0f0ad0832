# SPDX-License-Identifier: Apache-2.0
"""Which class shows a control: by its appearance, then its kind and data type, then its kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from desktop.ui.forms.question import Host, Question
from desktop.ui.forms.questions import CLASSES

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node


def names(control: Control) -> Iterator[str]:
    """The names a control is looked up by, the most particular first."""
    kind, data_type = control.kind, control.data_type
    for word in control.appearance:
        yield f"{kind}:{word}"
    if kind == "upload":
        media = control.parameters.get("mediatype", "")
        yield f"{kind}:{media.partition('/')[0]}"
    yield f"{kind}:{data_type}"
    yield kind


def choose(control: Control) -> type[Question]:
    """The class for a control; every kind of control has one."""
    place = next((CLASSES[name] for name in names(control) if name in CLASSES), "")
    return _load(place or CLASSES["input"])


def make(view: Host, control: Control, node: Node) -> Question:
    """The question for one node, not yet loaded."""
    return choose(control)(view, control, node)


@cache
def _load(place: str) -> type[Question]:
    module, name = place.split(":")
    made: type[Question] = getattr(import_module(module), name)
    return made
