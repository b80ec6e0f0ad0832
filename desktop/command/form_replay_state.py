# SPDX-License-Identifier: Apache-2.0
"""The state of a record beside a recorded one.

Not compared, because a recording cannot hold it:

- the moment (two times within a day are the same) and what chance draws (ids, ``random()``);
- what the device gives (properties, the place of ``setgeopoint``);
- answers and choices that come from files beside the form, and what is calculated from them;
- the language, which is switched without a word: the one whose words fit is taken;
- white space in words, and the words of a label written inside ``repeat``, which are dropped;
- what a number has beyond its sixth decimal: days were counted from local midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from desktop.xforms import place
from desktop.xforms.binding import Bind, Formula
from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.profile import functions
from desktop.xforms.session import Session
from desktop.xforms.xpath import syntax

_UUID: Final = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_ABSTRACT: Final = frozenset({"root", "repeat-range:controlled", "repeat-range:uncontrolled"})
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+")
_CHANCE: Final = frozenset({"random", "uuid", "randomize"})
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """At the node ``reference``, ``what`` was ``recorded`` one way and is another with us."""

    reference: str
    what: str
    recorded: Any
    ours: Any


def compare(session: Session, expected: Mapping[str, dict[str, Any]]) -> Iterator[Difference]:
    """Every difference of the whole state; ``expected`` are nodes as recorded."""
    unheld = _unheld(session.form)
    ours = {place.reference(node): node for node in _elements(session.root)}
    for recorded in expected.values():
        if recorded["type"] in _ABSTRACT:
            continue
        reference = recorded["ref"]
        node = ours.pop(reference, None)
        if node is None:
            yield Difference(reference, "missing", recorded["type"], None)
        elif node.bind not in unheld:
            for what, theirs, mine in _node(session, node, recorded):
                yield Difference(reference, what, theirs, mine)
    ours.pop("/" + session.root.name, None)
    for reference in ours:
        if not reference.endswith(("/meta/instanceID", "/meta")):
            yield Difference(reference, "extra", None, "a node")


@lru_cache(4)
def _unheld(form: Form) -> frozenset[Bind]:
    """The answers that depend on what a trace does not have."""
    found = {bind for bind in form.binds.values() if bind.preload == "property"}
    found.update(form.binds[one.target] for one in form.actions if one.kind == "setgeopoint")
    if form.external:
        found.update(
            computation.bind
            for computation in form.computations
            if _looks_outside(form, computation.formula)
        )
    waiting = list(found)
    while waiting:
        bind = waiting.pop()
        for computation, _depth in bind.readers:
            if computation.bind not in found:
                found.add(computation.bind)
                waiting.append(computation.bind)
    return frozenset(found)


def _looks_outside(form: Form, formula: Formula) -> bool:
    for part in syntax.walk(formula.expression):
        if isinstance(part, syntax.Call) and part.name in ("instance", "pulldata"):
            name = part.arguments[0]
            if not isinstance(name, syntax.Literal) or name.value in form.external:
                return True
            if part.name == "pulldata" and name.value not in form.lists:
                return True
    return False


def _node(
    session: Session, node: Node, recorded: dict[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    if node.relevant != recorded["rel"]:
        yield "relevant", recorded["rel"], node.relevant
    if node.readonly != recorded["ro"]:
        yield "readonly", recorded["ro"], node.readonly
    if node.required != recorded["req"]:
        yield "required", recorded["req"], node.required
    yield from _answer(node, recorded)
    yield from _words(session, node, recorded)


def _words(
    session: Session, node: Node, recorded: dict[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    control = _control(node)
    if recorded.get("choices") is not None:
        wanted = [[_plain(value), _plain(label)] for value, label in recorded["choices"]]
        offered = _offered(session, control, node)
        if offered != wanted:
            yield "choices", wanted[:6], offered[:6]
    if control is None:
        if recorded.get("label"):
            yield "label", recorded["label"], None
        return
    label = _plain(session.label(control, node))
    if control.kind == "repeat" and not recorded.get("label"):
        label = ""  # the recordings drop words written inside a repeat; we show them
    if label != _plain(recorded.get("label")):
        yield "label", recorded.get("label"), label
    hint = _plain(session.hint(control, node))
    if "hint" in recorded and hint != _plain(recorded["hint"]):
        yield "hint", recorded["hint"], hint


def _answer(node: Node, recorded: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    if "v" in recorded:
        value = node.value if node.relevant else ""
        if not _same(recorded["v"] or "", value) and not _drawn(node):
            yield "value", recorded["v"], value
        valid = node.valid or not node.value or not node.relevant
        if recorded.get("con") is not None and valid != recorded["con"]:
            yield "constraint", recorded["con"], valid
        answered = bool(node.value) or not node.required or not node.relevant
        if recorded.get("reqok") is not None and answered != recorded["reqok"]:
            yield "answered", recorded["reqok"], answered


def _offered(session: Session, control: Control | None, node: Node) -> list[list[str]]:
    if control is None or not control.choosing:
        return []
    return [[_plain(one.value), _plain(one.label)] for one in session.choices(control, node)]


def _control(node: Node) -> Control | None:
    """The control that has the words of ``node``: of a repeat, the group around it."""
    bind: Bind = node.bind
    control = bind.control
    if bind.repeat is not None and (control is None or control.label is None):
        control = bind.repeat
    return control


def _drawn(node: Node) -> bool:
    """Whether chance or the device decides the answer."""
    calculate = node.bind.calculate
    if calculate is not None and not _CHANCE.isdisjoint(functions(calculate.formula)):
        return True
    return node.name == "instanceID"


def _same(recorded: str, ours: str) -> bool:
    if recorded == ours:
        return True
    if _UUID.match(recorded) and _UUID.match(ours):
        return True
    if _NUMBER.fullmatch(recorded) and _NUMBER.fullmatch(ours):
        return abs(float(recorded) - float(ours)) < 1e-6
    if "T" in recorded and "T" in ours:
        try:
            first, second = datetime.fromisoformat(recorded), datetime.fromisoformat(ours)
            return abs(first - second) < _DAY
        except (ValueError, TypeError):
            return False
    return False


@lru_cache(20_000)
def _plain(words: str | None) -> str:
    return _NUMBER.sub(_rounded, "".join((words or "").split()))


def _rounded(match: re.Match[str]) -> str:
    """A number to the millionth: a recording in a time zone has days that are not whole."""
    if "." not in match[0]:
        return match[0]
    return f"{float(match[0]):.6f}".rstrip("0").rstrip(".")


def _elements(node: Node) -> Iterator[Node]:
    yield node
    for inside in node.children:
        if inside.kind == ELEMENT:
            yield from _elements(inside)
