# SPDX-License-Identifier: Apache-2.0
"""What an addendum changed, question by question in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from desktop.i18n import _, language
from desktop.model.record import Difference, Record
from desktop.store import form as forms
from desktop.store import record as records
from desktop.store.form_list import StoreLists
from desktop.store.store import Store
from desktop.thai.dates import be_date, english_date
from desktop.thai.digits import to_arabic
from desktop.xforms.codec import from_json
from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin
from desktop.xforms.node import Node
from desktop.xforms.session import Session

_BETWEEN: Final = " · "
_NOTHING: Final = "—"


def differences(store: Store, by: str, record_id: str) -> tuple[Difference, ...]:
    """The answers that differ from the record this one corrects, in the order of the form.

    In the language of the moment. Empty for a record that corrects nothing. For a thread: it
    opens the form twice. ``LookupError`` for a record there is not; raises ``NotYours``.
    """
    with store.read() as conn:
        after = records.record(conn, by, record_id)
        before = records.find_record(conn, after.amends) if after.amends else None
        if before is None:
            return ()
        texts = [forms.form(conn, one.form_id, one.form_version) for one in (before, after)]
    old = _opened(store, texts[0], before)
    new = _opened(store, texts[1], after)
    found = _compared(old, new, new.form.body, None, None, "")
    return tuple(one for one in found if not _is_founded(new, one, before))


def _is_founded(new: Session, one: Difference, before: Record) -> bool:
    """Whether it says no more than which household the first visit founded."""
    node = new.find(one.place) if one.place else None
    return node is not None and bool(node.value) and node.value == before.household_id


def _opened(store: Store, data: bytes, record: Record) -> Session:
    lists = StoreLists(store, record.form_id, record.by, record.started_at, record.form_version)
    form = Form.load(data, lists)
    return begin(
        form,
        record=record.id,
        clock=Clock(datetime.fromisoformat(record.finished_at)),
        language=language(),
        restore=from_json(form, record.answers),
    )


def _compared(
    old: Session,
    new: Session,
    controls: tuple[Control, ...],
    was: Node | None,
    now: Node | None,
    where: str,
) -> Iterator[Difference]:
    """The differences below ``controls``; ``was`` and ``now`` are the instances they are in."""
    for control in controls:
        if control.kind == "repeat":
            yield from _instances(old, new, control, was, now, where)
        elif control.kind == "group":
            yield from _compared(old, new, control.children, was, now, where)
        elif control.kind != "trigger":
            yield from _question(old, new, control, was, now, where)


def _instances(
    old: Session, new: Session, repeat: Control, was: Node | None, now: Node | None, where: str
) -> Iterator[Difference]:
    """Instances are the same by their keys, whatever was added or removed between them."""
    theirs = _control(old, repeat)
    there = {} if theirs is None else {one.key: one for one in old.instances(theirs, was)}
    ours = new.instances(repeat, now)
    for number, one in enumerate(ours, 1):
        name = _named(new, repeat, one, number, where)
        yield from _compared(old, new, repeat.children, there.pop(one.key, _GONE), one, name)
    for one in there.values():
        number = old.instances(theirs, was).index(one) + 1 if theirs is not None else 0
        name = _named(old, repeat, one, number, where)
        yield from _compared(old, new, repeat.children, one, _GONE, name)


_GONE: Final = Node(0)
"""Stands for the instance that the other record does not have."""


def _named(session: Session, repeat: Control, one: Node, number: int, where: str) -> str:
    label = session.label(repeat, one)
    if not label and repeat.parent is not None:
        label = session.label(repeat.parent, one)
    said = f"{label} {number}".strip()
    return f"{where}{said}{_BETWEEN}"


def _control(session: Session, control: Control) -> Control | None:
    """The question of the same place in the form of ``session``."""
    if session.form.control(control.path) is control:
        return control
    for one in session.form.controls():
        if one.path == control.path and one.kind == control.kind:
            return one
    return None


def _question(
    old: Session, new: Session, control: Control, was: Node | None, now: Node | None, where: str
) -> Iterator[Difference]:
    theirs = _control(old, control)
    before = None if was is _GONE or theirs is None else old.node(theirs, was)
    after = None if now is _GONE else new.node(control, now)
    if any(node is not None and node.readonly for node in (before, after)):
        return  # a note or a sum: it follows from the answers
    held = [node.value if node is not None and node.relevant else "" for node in (before, after)]
    if to_arabic(held[0]) == to_arabic(held[1]):
        return  # the same, be it in other digits
    asked, at = (new, after) if after is not None else (old, before)
    yield Difference(
        where + asked.label(control if asked is new else theirs or control, at),
        _said(old, theirs or control, before, held[0]),
        _said(new, control, after, held[1]),
        "" if at is None else asked.reference(at),
    )


def _said(session: Session, control: Control, node: Node | None, value: str) -> str:
    """An answer in words."""
    if not value or node is None:
        return _NOTHING
    if control.kind == "upload":
        return _("a file")
    if control.kind in ("select", "select1", "rank"):
        words = {one.value: one.label for one in session.choices(control, node)}
        chosen = [value] if control.kind == "select1" else value.split()
        return ", ".join(words.get(one, one) for one in chosen)
    try:
        if control.data_type == "date":
            return _day(date.fromisoformat(value))
        if control.data_type == "dateTime":
            moment = datetime.fromisoformat(value)
            return f"{_day(moment.date())} {moment:%H:%M}"
    except ValueError:
        pass
    return value


def _day(day: date) -> str:
    return english_date(day) if language() == "en" else be_date(day)
