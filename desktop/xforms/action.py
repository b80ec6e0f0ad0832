# SPDX-License-Identifier: Apache-2.0
"""What a form does at events: ``setvalue`` and ``setgeopoint``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.i18n import _
from desktop.xforms import document
from desktop.xforms.binding import Formula
from desktop.xforms.names import EVENTS, Path
from desktop.xforms.node import Node
from desktop.xforms.problem import FormRefused

FIRST_LOAD: Final = "odk-instance-first-load"
LOAD: Final = "odk-instance-load"
NEW_REPEAT: Final = "odk-new-repeat"
VALUE_CHANGED: Final = "xforms-value-changed"
_EVENTS: Final = frozenset({FIRST_LOAD, LOAD, NEW_REPEAT, VALUE_CHANGED})
_SAME: Final = {"xforms-ready": FIRST_LOAD, "xforms-revalidate": "xforms-revalidate"}


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """Set the answer at ``target`` when one of ``events`` reaches ``context``.

    ``kind`` is ``setvalue`` or ``setgeopoint``; ``value`` is the formula of a setvalue, None for
    ``words`` written out. ``declared`` is the path of the repeat or question the action is
    written in, empty for the model; ``chosen`` finds the nodes where predicates pick some.
    """

    kind: str
    events: frozenset[str]
    target: Path
    declared: Path
    value: Formula | None
    words: str
    chosen: Formula | None = None


def read_events(element: Node) -> frozenset[str]:
    """The events an action element waits for.

    Raises:
        FormRefused: It waits for an event that never comes here.
    """
    written = document.attribute(element, "event") or document.attribute(element, "event", EVENTS)
    names = frozenset(_SAME.get(name, name) for name in (written or "").split())
    unknown = names - _EVENTS
    if unknown or not names:
        raise FormRefused(
            _(
                "The action on line {line} waits for the event “{name}”, which does not exist."
            ).format(line=element.line, name=" ".join(sorted(unknown)))
        )
    return names


def common(first: Sequence[str], second: Sequence[str]) -> int:
    """How many names two paths share from the root."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
