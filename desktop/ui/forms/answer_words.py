# SPDX-License-Identifier: Apache-2.0
"""An answer as people read it, in one short line: the words of choices, dates in พ.ศ."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from desktop.errors import Problem
from desktop.i18n import _, language
from desktop.thai import dates
from desktop.ui.forms.questions.number import is_apart, shown_number

if TYPE_CHECKING:
    from desktop.xforms.control import Control
    from desktop.xforms.node import Node
    from desktop.xforms.session import Session

_LONGEST: Final = 60


def in_short(session: Session, control: Control, node: Node, longest: int = _LONGEST) -> str:
    """The answer of a node; empty when there is none, cut after a whole word."""
    words = _words(session, control, node).replace("\n", " ").strip()
    if len(words) <= longest:
        return words
    from desktop.thai.breaking import with_breaks

    kept = ""
    for part in with_breaks(words).split("\u200b"):
        if len(kept) + len(part) > longest:
            break
        kept += part
    return (kept or words[:1]).rstrip() + "…"


def in_full(session: Session, control: Control, node: Node) -> str:
    """The whole answer of a node, several choices under each other; empty when there is none."""
    return _words(session, control, node, between="\n").strip()


def _words(session: Session, control: Control, node: Node, between: str = ", ") -> str:
    value = node.value
    if not value:
        return ""
    if control.choosing:
        given = value.split() if control.many else [value]
        labels = {choice.value: choice.label for choice in session.choices(control, node)}
        return between.join(labels.get(one, one) for one in given)
    if control.kind == "upload":
        return (
            _("a picture") if "image" in control.parameters.get("mediatype", "") else _("a file")
        )
    if control.kind == "trigger":
        return _("read")
    if control.data_type in ("int", "integer", "long", "decimal"):
        return shown_number(value, apart=is_apart(control))
    return _moment(control.data_type, value)


def _moment(data_type: str, value: str) -> str:
    try:
        if data_type == "date":
            return _day(date.fromisoformat(value[:10]))
        if data_type == "time":
            return dates.clock(int(value[:2]) * 60 + int(value[3:5]))
        if data_type == "dateTime":
            at = datetime.fromisoformat(value)
            return f"{_day(at.date())} {dates.clock(at.hour * 60 + at.minute)}"
    except (ValueError, Problem):
        return value
    return value


def _day(day: date) -> str:
    return dates.english_date(day) if language() == "en" else dates.be_date(day)
