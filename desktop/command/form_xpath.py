# SPDX-License-Identifier: Apache-2.0
"""``samut form xpath ASSERTIONS.jsonl[.gz] [--misses FILE]``: play recorded XPath assertions.

A line says what ODK Web Forms made of one expression (``conformance/README.md``): ``xml`` the
document, ``ctx`` and ``root`` the way to the context node and to what ``/`` means, ``expr``,
``kind`` the type asked for, ``expected``, ``file`` and ``test`` where it is from.

The recordings were made in one place at one moment, which are part of what they say: the zone
America/Phoenix, and the day they give for ``today()`` (a file without that assertion is of the
evening of 2026-11-19, as the others). They also count a date as the instant of its midnight,
where every form here counts whole days (DECISIONS.md, XPath); they are played as they were
recorded (``Environment.instants``), and the last line but one says how many depend on it.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

from desktop.command.form_xpath_document import Document, read
from desktop.errors import Problem
from desktop.i18n import _
from desktop.xforms.node import Node
from desktop.xforms.problem import ExpressionRefused
from desktop.xforms.xpath.compiler import Compiler
from desktop.xforms.xpath.environment import Environment
from desktop.xforms.xpath.values import Value, to_boolean, to_number, to_string

ZONE: Final = ZoneInfo("America/Phoenix")
MOMENT: Final = datetime(2026, 11, 19, 21, 46, 45, tzinfo=ZONE)
# What a name without prefix means besides no namespace, and prefixes known undeclared.
_XFORMS: Final = "http://www.w3.org/2002/xforms"
_NAMESPACES: Final = {
    "": _XFORMS,
    "xf": _XFORMS,
    "h": "http://www.w3.org/1999/xhtml",
    "html": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "odk": "http://www.opendatakit.org/xforms",
    "orx": "http://openrosa.org/xforms",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_LANGUAGE: Final = re.compile(r"in language '([^']*)'")


class _Recorded(Environment):
    """The surroundings of one assertion."""

    __slots__ = ("document", "language")

    def __init__(
        self,
        document: Document,
        root: Node | None,
        at: datetime,
        language: str | None,
        *,
        instants: bool,
    ) -> None:
        super().__init__(root, clock=lambda: at, zone=ZONE, instants=instants)
        self.document = document
        self.language = language

    def instance(self, name: str) -> list[Node]:
        found = self.document.instances.get(name)
        return [] if found is None else [found]

    def itext(self, name: str) -> list[Node]:
        """The values of the text, the plain one before its other forms (image, short)."""
        for text in self.document.texts(self.language):
            if text.attribute("id") == name:
                values = sorted(text.elements("value"), key=lambda v: v.attribute("form") != "")
                return [value.node for value in values]
        return []


def _lines(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            record = None
        if not isinstance(record, dict) or not {"xml", "expr", "kind"} <= record.keys():
            raise Problem(
                _("Line {number} of the file is no recorded assertion.").format(number=number)
            )
        yield record


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as packed:
                return list(_lines(packed))
        with path.open(encoding="utf-8") as plain:
            return list(_lines(plain))
    except (OSError, EOFError, UnicodeDecodeError):
        raise Problem(_("The file cannot be read. Check its name.")) from None


def _moment(records: list[dict[str, Any]]) -> datetime:
    """When the file was recorded, by what it says of ``today()``."""
    for record in records:
        if record["expr"] == "today()" and record["kind"] == "StringValue":
            try:
                day = datetime.fromisoformat(str(record["expected"])).date()
            except ValueError:
                continue
            return datetime.combine(day, time(21, 46, 45), ZONE)
    return MOMENT


def run(path: Path, misses: Path | None) -> int:
    """Play the file: 0 when it was played, whatever came of it; 2 when it cannot be read."""
    try:
        records = _records(path)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    at = _moment(records)
    print(
        _("Recorded on {day} in {zone}; dates count as the instants of their midnights.").format(
            day=at.date().isoformat(), zone=ZONE.key
        )
    )
    documents: dict[str, Document] = {}
    missed: list[dict[str, Any]] = []
    reading = 0
    for record in records:
        got, reason = _played(record, documents, at, instants=True)
        if _agrees(record, got, documents, instants=True):
            ours, _refused = _played(record, documents, at, instants=False)
            reading += not _agrees(record, ours, documents, instants=False)
            continue
        missed.append(
            {
                "file": record.get("file", ""),
                "test": record.get("test", ""),
                "expr": record["expr"],
                "kind": record["kind"],
                "expected": record.get("expected"),
                "got": _shown(got),
                "reason": reason or "another value: see DECISIONS.md, XPath",
            }
        )
    if misses is not None:
        with misses.open("w", encoding="utf-8") as out:
            for miss in missed:
                out.write(json.dumps(miss, ensure_ascii=False) + "\n")
    print(
        _(
            "{count} of those that pass are told otherwise by a form here: it counts whole days."
        ).format(count=reading)
    )
    print(f"{len(records) - len(missed)} passed, {len(missed)} failed")
    return 0


def _expected(record: dict[str, Any]) -> Any:
    expected = record.get("expected")
    if isinstance(expected, dict) and "num" in expected:
        return float(str(expected["num"]).replace("Infinity", "inf"))
    return expected


def _document(record: dict[str, Any], documents: dict[str, Document]) -> Document:
    source = str(record["xml"])
    document = documents.get(source)
    if document is None:
        document = documents[source] = read(source)
    return document


def _played(
    record: dict[str, Any], documents: dict[str, Document], at: datetime, *, instants: bool
) -> tuple[Value | None, str]:
    """The value of the expression, or None and why there is none."""
    try:
        document = _document(record, documents)
        context = document.node(record.get("ctx", []))
        root = (
            document.node(record["root"]) if record.get("xforms") and record.get("root") else None
        )
        language = _LANGUAGE.search(str(record.get("test", "")))
        environment = _Recorded(
            document, root, at, language[1] if language else None, instants=instants
        )
        namespaces = {**_NAMESPACES, **document.namespaces}
        evaluate = Compiler(namespaces, late=True).compile(str(record["expr"]))
        return evaluate(context, 1, 1, environment), ""
    except ExpressionRefused as refused:
        return None, str(refused)
    except (Problem, LookupError) as problem:
        return None, f"the recording cannot be read: {problem}"


def _agrees(  # noqa: C901, PLR0911 (one for each kind)
    record: dict[str, Any], got: Value | None, documents: dict[str, Document], *, instants: bool
) -> bool:
    """Whether ``got``, as the type asked for, is what was recorded."""
    if got is None:
        return False
    expected = _expected(record)
    plain = Environment(zone=ZONE, instants=instants)
    match record["kind"]:
        case "BooleanValue":
            return to_boolean(got) is expected
        case "NumberValue":
            number = to_number(got, plain)
            if math.isnan(number):
                return isinstance(expected, float) and math.isnan(expected)
            return bool(number == expected)
        case "NumberRounded":
            factor = record["factor"]
            number = to_number(got, plain)
            if not math.isfinite(number):
                return False
            return bool(math.floor(number * factor + 0.5) / factor == expected)
        case "StringValue":
            return bool(to_string(got) == expected)
        case "StringLength":
            return bool(len(to_string(got)) == expected)
        case "StringMatches":
            # The pattern is the recording's own, of JavaScript, and is played from a test file.
            return re.search(str(expected), to_string(got)) is not None
        case kind:
            if not isinstance(got, list) or not isinstance(expected, list):
                return False
            document = _document(record, documents)
            try:
                wanted = [id(document.node(place)) for place in expected]
            except LookupError:
                return False
            found = [id(node) for node in got]
            return found == wanted if kind == "NodeSet" else set(found) == set(wanted)


def _shown(got: Value | None) -> object:
    if isinstance(got, list):
        return [repr(node) for node in got]
    if isinstance(got, float) and not math.isfinite(got):
        return str(got)
    return got
