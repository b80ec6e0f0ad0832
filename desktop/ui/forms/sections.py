# SPDX-License-Identifier: Apache-2.0
"""The sections of a form: its groups and repeats of the first level, and what stands loose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A page of the form. ``group`` is the group or repeat it is made of; None for loose
    questions, whose title is the form's.
    """

    controls: tuple[Control, ...]
    group: Control | None = None

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """The paths of its questions."""
        return frozenset(one.path for one in questions(self.controls))


def sections(body: Sequence[Control]) -> tuple[Section, ...]:
    """The sections of a form's body, in order.

    A form that is one group of groups is taken by what is inside that group.
    """
    body = tuple(body)
    while len(body) == 1 and body[0].kind == "group" and not repeat_of(body[0]):
        inside = body[0].children
        if not any(one.kind in ("group", "repeat") for one in inside):
            break
        body = inside
    made: list[Section] = []
    loose: list[Control] = []
    for control in body:
        if control.kind in ("group", "repeat") and _asks(control):
            if loose:
                made.append(Section(tuple(loose)))
                loose = []
            made.append(Section((control,), control))
        elif control.kind not in ("group", "repeat"):
            loose.append(control)
    if loose:
        made.append(Section(tuple(loose)))
    return tuple(made)


def repeat_of(control: Control) -> Control | None:
    """The repeat that a group is written around, as XForms writes every repeat; None for a group
    of its own.
    """
    if control.kind == "repeat":
        return control
    inside = control.children
    if control.kind == "group" and len(inside) == 1 and inside[0].kind == "repeat":
        return inside[0] if inside[0].path == control.path or not control.bound else None
    return None


def questions(controls: Sequence[Control]) -> Iterator[Control]:
    """Every question in these controls and below, in order."""
    for control in controls:
        if control.kind in ("group", "repeat"):
            yield from questions(control.children)
        else:
            yield control


def _asks(control: Control) -> bool:
    return next(questions((control,)), None) is not None


def is_shown(session: Session, control: Control, within: Node) -> bool:
    """Whether a control has anything on the screen now."""
    repeat = repeat_of(control)
    if repeat is not None:
        instances = session.instances(repeat, within)
        return any(one.relevant for one in instances) or session.can_add(repeat, within)
    if control.kind == "group":
        inside = node_of(session, control, within)
        if inside is None or not inside.relevant:
            return False
        return any(is_shown(session, one, inside) for one in control.children)
    node = session.node(control, within)
    return node is not None and node.relevant


def node_of(session: Session, control: Control, within: Node) -> Node | None:
    """The node of a group; what is around it where the group has none of its own."""
    return session.node(control, within) if control.bound else within
