# SPDX-License-Identifier: Apache-2.0
"""``samut form replay TRACE.jsonl[.gz] [--misses FILE]``: recorded sessions, played again.

A trace has one operation a line: ``init`` with the form, ``answer``, ``add`` or ``remove``; then
what changed in the state of the nodes by it. After each operation the whole state is compared
with ours: relevance, read-only, required, answer, constraint, whether a required answer is
there, choices with their words, labels, hints, and which nodes there are. A run goes on after a
miss, so that every state is judged.

Not compared, because a recording cannot hold it: the moment (two times within a day are the
same), what chance draws (ids, ``random()``), white space in words, and what a number has
beyond its sixth decimal (the recordings count days from local midnight, which is no whole day).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from desktop.errors import Problem
from desktop.xforms import codec, place
from desktop.xforms.binding import Bind
from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.journal import seeded
from desktop.xforms.node import ELEMENT, Node
from desktop.xforms.profile import functions
from desktop.xforms.session import Session
from desktop.xforms.writing import write

ZONE: Final = ZoneInfo("America/Phoenix")
"""Where the recordings were made."""
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-07:00")
_UUID: Final = re.compile(r"(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_PREFIX: Final = re.compile(r"/[A-Za-z_][\w.-]*:")
_ABSTRACT: Final = frozenset({"root", "repeat-range:controlled", "repeat-range:uncontrolled"})
_NUMBER: Final = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+")
_CHANCE: Final = frozenset({"random", "uuid", "randomize"})
_DAY: Final = timedelta(days=1)


@dataclass
class _Run:
    """One recorded session and ours beside it."""

    session: Session | None = None
    refused: str = ""
    expected: dict[str, dict[str, Any]] = field(default_factory=dict)


def run(path: Path, misses: Path | None = None) -> int:
    """Play a trace; 0 if every state was the same, else 1."""
    records = list(_records(path))
    moments = _moments(records)
    runs: dict[str, _Run] = {}
    latest: dict[str, _Run] = {}
    passed = failed = 0
    reasons: Counter[str] = Counter()
    lines: list[str] = []
    for record in records:
        identity = str(record.get("sid"))
        test = str(record.get("test"))
        one = runs.get(identity)
        if one is None:
            one = runs[identity] = _Run()
            if record["op"]["op"] != "init" and test in latest:
                moment = moments.get(identity) or moments.get("")
                _resume(one, latest[test], record, moment)
        latest[test] = one
        reason = _play(record, one, moments.get(identity) or moments.get(""))
        _apply(one.expected, record)
        differences: list[Any] = [] if one.session is None else list(_compare(one))
        if one.session is None:
            reason = reason or one.refused or "no form was given for this run"
        elif differences and not reason:
            reason = "state differs: " + " ".join(sorted({str(one[1]) for one in differences}))
        if one.session is not None and not differences:
            passed += 1
            continue
        failed += 1
        reasons[reason] += 1
        lines.append(
            json.dumps(
                {
                    "test": record.get("test"),
                    "sid": identity,
                    "op": {k: v for k, v in record["op"].items() if k != "form"},
                    "differences": differences,
                    "reason": reason,
                },
                ensure_ascii=False,
            )
        )
    if misses is not None:
        misses.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    for reason, count in reasons.most_common():
        print(f"{count:6}  {reason}")
    print(f"{passed} passed, {failed} failed")
    return 0 if not failed else 1


def _records(path: Path) -> Iterator[dict[str, Any]]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    for line in data.decode("utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            if "op" in record:
                yield record


def _moments(records: list[dict[str, Any]]) -> dict[str, datetime]:
    """When each run was recorded, by the first time in it that its clock wrote.

    A run that wrote none took place when the one before it in the file did.
    """
    found: dict[str, datetime] = {}
    latest: datetime | None = None
    for record in records:
        identity = str(record.get("sid"))
        if identity in found:
            continue
        for match in _STAMP.finditer(str(record.get("xml") or "")):
            moment = datetime.fromisoformat(match[0]).astimezone(ZONE)
            if latest is None or abs(moment - latest) < timedelta(days=3):
                found[identity] = latest = moment
                break
    if latest is not None:
        found[""] = latest
    return found


def _play(record: dict[str, Any], one: _Run, moment: datetime | None) -> str:
    """Do the operation with our session; the reason if it could not be done."""
    operation = record["op"]
    kind = operation["op"]
    try:
        if kind == "init":
            one.expected.clear()
            one.session = None
            one.session = _begin(operation, record, moment)
            return ""
        session = one.session
        if session is None:
            return ""
        if kind == "add":
            _add(session, operation["ref"])
            return ""
        node = session.find(operation["ref"])
        if node is None:
            return "a node is missing"
        if kind == "remove":
            session.remove(node)
        else:
            session.answer(node, _value(operation))
    except Problem as problem:
        reason = f"{type(problem).__name__}: {problem}"
        if kind == "init":
            one.refused = reason
        return reason
    return ""


def _resume(one: _Run, before: _Run, record: dict[str, Any], moment: datetime | None) -> None:
    """A run without a beginning is the one before it of the same test, sent and taken up again."""
    if before.session is None:
        return
    form = before.session.form
    kept = codec.from_xml(form, write(form, before.session.root, whole=False))
    correcting = "deprecatedID" in str(record.get("xml"))
    one.session = _session(form, "again", kept, moment, correcting=correcting)


def _begin(operation: dict[str, Any], record: dict[str, Any], moment: datetime | None) -> Session:
    form = Form.load(str(operation["form"]).encode())
    restore = None
    if operation.get("edit"):
        restore = codec.from_xml(form, str(record["xml"]).encode())
    correcting = "deprecatedID" in str(record.get("xml"))
    return _session(form, str(record.get("sid")), restore, moment, correcting=correcting)


def _session(
    form: Form,
    seed: str,
    restore: Node | None,
    moment: datetime | None,
    *,
    correcting: bool = False,
) -> Session:
    clock: Callable[[], datetime] = (lambda: moment) if moment else lambda: datetime.now(ZONE)
    ids, chance = seeded(seed)
    return Session(
        form,
        clock=clock,
        ids=ids,
        chance=chance,
        restore=restore,
        correcting=correcting and restore is not None,
        zone=ZONE,
    )


def _add(session: Session, reference: str) -> None:
    above, _slash, name = reference.rpartition("/")
    parent = session.find(above)
    if parent is None:
        raise Problem("the repeat is missing")
    bind = session.form.binds[(*parent.path, name.partition("[")[0])]
    if bind.repeat is None:
        raise Problem("not a repeat")
    session.add(bind.repeat, parent)


def _value(operation: dict[str, Any]) -> str:
    raw = operation.get("raw")
    if not isinstance(raw, str) or raw.startswith("[object") or raw == "null":
        return str(operation.get("v") or "")
    if raw in ("true", "false") and operation.get("v") in ("1", "0"):
        return str(operation["v"])
    return raw


def _apply(state: dict[str, dict[str, Any]], record: dict[str, Any]) -> None:
    for node in record.get("changed") or record.get("nodes") or ():
        reference = node["ref"] = _PREFIX.sub("/", node["ref"])
        state[f"{reference}|{node['type']}"] = node
    for gone in record.get("gone") or ():
        state.pop(_PREFIX.sub("/", gone), None)


def _compare(one: _Run) -> Iterator[tuple[Any, ...]]:
    """Every difference as (reference, what, recorded, ours)."""
    session = one.session
    if session is None:
        return
    ours = {place.reference(node): node for node in _elements(session.root)}
    for recorded in one.expected.values():
        if recorded["type"] in _ABSTRACT:
            continue
        node = ours.pop(recorded["ref"], None)
        if node is None:
            yield recorded["ref"], "missing", recorded["type"], None
            continue
        for what, theirs, mine in _node(session, node, recorded):
            yield recorded["ref"], what, theirs, mine
    ours.pop("/" + session.root.name, None)
    for reference in ours:
        if not reference.endswith(("/meta/instanceID", "/meta")):
            yield reference, "extra", None, "a node"


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
