# SPDX-License-Identifier: Apache-2.0
"""``samut form replay TRACE.jsonl[.gz] [--misses FILE]``: recorded sessions, played again.

A trace has one operation a line: ``init`` with the form, ``answer``, ``add`` or ``remove``; then
what changed in the state of the nodes by it. After each operation the whole state is compared
with ours: relevance, read-only, required, answer, constraint, whether a required answer is
there, choices with their words, labels, hints, and which nodes there are. A run goes on after a
miss, so that every state is judged.

``form_replay_state`` says what of a state is not compared because no recording holds it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from desktop.command.form_replay_state import Difference, compare
from desktop.errors import Problem
from desktop.xforms import codec
from desktop.xforms.form import Form
from desktop.xforms.journal import seeded
from desktop.xforms.node import Node
from desktop.xforms.session import Session
from desktop.xforms.writing import write

ZONE: Final = ZoneInfo("America/Phoenix")
"""Where the recordings were made."""
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-07:00")
_PREFIX: Final = re.compile(r"/[A-Za-z_][\w.-]*:")


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
        differences = _compare(one)
        if one.session is None:
            reason = reason or one.refused or "no form was given for this run"
        elif differences and not reason:
            reason = "state differs: " + " ".join(sorted({one.what for one in differences}))
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
                    "differences": [astuple(one) for one in differences],
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


def _compare(one: _Run) -> list[Difference]:
    """What differs, in the language of ours that comes nearest: none is recorded."""
    session = one.session
    if session is None:
        return []
    found = list(compare(session, one.expected))
    if not any(difference.what in ("label", "hint", "choices") for difference in found):
        return found
    spoken = session.language
    for language in session.form.languages:
        session.language = language
        other = list(compare(session, one.expected))
        if len(other) < len(found):
            found, spoken = other, language
    session.language = spoken
    return found


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
