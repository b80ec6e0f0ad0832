# SPDX-License-Identifier: Apache-2.0
"""The form engine by itself, and beside ODK Web Forms and JavaRosa on the same forms.

    python -m tests.bench.bench_forms [--form FILE.xml] [--rounds N]

The tests' own form of 300 rows, with 50 instances in each of its two repeats; ``--form`` adds
another (the WHO verbal autopsy form, say), which is opened only. The other two are measured in
the same run where Node with ``tests/bench/webforms``'s packages (``npm install``) and Java are.
Each gets the same answers and is told to show the same total at the end.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from desktop.xforms.codec import to_xml
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin
from desktop.xforms.session import Session
from tests.bench import figures
from tests.bench.figures import Figure, percentile, told
from tests.xforms import authored

REPEATS: Final = 50
FOLDER: Final = Path(__file__).with_name("webforms")


@dataclass(slots=True)
class Played:
    """Milliseconds of one engine."""

    open: float = 0.0
    answers: list[float] = field(default_factory=list)
    add: float = 0.0
    finish: float = 0.0
    total: str = ""


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    made = work()
    return (time.perf_counter() - began) * 1000, made


def _opened(xml: bytes) -> Session:
    form = Form.load(xml)
    return begin(form, record="bench", clock=Clock(datetime.now(UTC)), language=None)


def filled(xml: bytes) -> Session:
    """A record of the large form with all its repeats, held."""
    session = _opened(xml)
    for name in ("r0", "r1"):
        control = next(c for c in session.form.controls() if c.path[1:] == (name,))
        for _each in range(REPEATS):
            session.add(control)
    return session


def ours(xml: bytes, repeats: int = REPEATS) -> Played:
    """Our engine."""
    played = Played()
    played.open, session = _timed(lambda: _opened(xml))
    if not repeats:
        return played
    form = session.root.path[0]
    for name in ("r0", "r1"):
        control = next(c for c in session.form.controls() if c.path == (form, name))
        for _each in range(repeats - len(session.instances(control))):
            session.add(control)
        for number, instance in enumerate(session.instances(control)):
            inner = {node.name: node for node in instance.children}
            for question, value in ((f"{name}_q0", "yes"), (f"{name}_q1", str(number + 1))):
                node = inner[question]
                played.answers.append(
                    _timed(lambda node=node, value=value: session.answer(node, value))[0]
                )
    total = session.find(f"/{form}/r0_sum")
    played.total = total.value if total else ""
    grown = next(c for c in session.form.controls() if c.path == (form, "r0"))
    played.add = _timed(lambda: session.add(grown))[0]
    played.finish = _timed(lambda: to_xml(session))[0] + _timed(session.faults)[0]
    return played


def web_forms(path: Path, repeats: int = REPEATS) -> Played | None:
    """ODK Web Forms' engine under Node, in a process of its own."""
    if shutil.which("node") is None or not (FOLDER / "node_modules").is_dir():
        return None
    ran = subprocess.run(
        ["node", str(FOLDER / "play.mjs"), str(path), str(repeats)],
        cwd=FOLDER, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    said = json.loads(ran.stdout.splitlines()[-1])
    return Played(said["open"], said["answers"], said["add"] or 0.0, 0.0, said.get("total", ""))


def java_rosa(xml: bytes, repeats: int = REPEATS) -> Played | None:
    """JavaRosa in this process, after a first opening that warms the machine up."""
    from tests.xforms.javarosa import Oracle, jar

    if jar() is None:
        return None
    Oracle(xml)
    played = Played()
    played.open, oracle = _timed(lambda: Oracle(xml))
    if not repeats:
        return played
    for name in ("r0", "r1"):
        for number in range(2, repeats + 1):
            oracle.add(f"/data/{name}[{number}]")
    shown = {question.reference: question for question in oracle.questions()}
    for name in ("r0", "r1"):
        for number in range(1, repeats + 1):
            first = shown[f"/data/{name}[{number}]/{name}_q0[1]"]
            played.answers.append(_timed(lambda q=first: oracle.answer(q, "yes"))[0])
    shown = {question.reference: question for question in oracle.questions()}
    for name in ("r0", "r1"):
        for number in range(1, repeats + 1):
            second = shown[f"/data/{name}[{number}]/{name}_q1[1]"]
            value = str(number)
            played.answers.append(_timed(lambda q=second, v=value: oracle.answer(q, v))[0])
    played.add = _timed(lambda: oracle.add(f"/data/r0[{repeats + 1}]"))[0]
    return played


def _memory(xml: bytes) -> float:
    """MB by which a process grows that opens the form and fills its repeats."""
    program = (
        "import gc, os, sys\n"
        "from tests.bench import bench_forms as b\n"
        "import desktop.xforms.session\n"
        "def now():\n"
        "    gc.collect()\n"
        "    pages = int(open('/proc/self/statm').read().split()[1])\n"
        "    return pages * os.sysconf('SC_PAGE_SIZE') / 2**20\n"
        "xml = sys.stdin.buffer.read()\n"
        "before = now()\n"
        "kept = b.filled(xml)\n"
        "print(now() - before)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=xml, capture_output=True, check=True,
        cwd=figures.ROOT,
    )  # fmt: skip
    return float(ran.stdout)


def _beside(name: str, mine: list[Played], other: list[Played]) -> list[Figure]:
    """Our time as a share of another engine's, for opening, an answer and one more."""
    found = []
    for what, of in (
        ("open", lambda p: p.open),
        ("an answer, p95", lambda p: percentile(p.answers, 95)),
        ("one more repeat", lambda p: p.add),
    ):
        us = statistics.median(of(each) for each in mine)
        them = statistics.median(of(each) for each in other)
        said = f"{us:.2f} ms here, {them:.2f} ms there"
        found.append(Figure(f"form of 300, {what}, beside {name}", us / them, 1.0, "x", said))
    return found


def measured(rounds: int, extra: Path | None) -> list[Figure]:
    """All figures of the engine."""
    xml = authored.large()
    memory = _memory(xml)
    _opened(xml)
    mine = [ours(xml) for _round in range(rounds)]
    answers = [time for each in mine for time in each.answers]
    opens = [each.open for each in mine]
    found = [
        Figure("open a form of 300 questions, median", statistics.median(opens), 150, "ms",
               told(opens)),
        Figure("an answer with 100 repeat instances, engine, p95", percentile(answers, 95), 2,
               "ms", told(answers)),
        Figure("one more repeat at 50, median", statistics.median(e.add for e in mine), 5, "ms"),
        Figure("check the whole record and write it, median",
               statistics.median(e.finish for e in mine), 30, "ms"),
        Figure("memory for the form with 100 repeat instances", memory, 40, "MB"),
    ]  # fmt: skip
    with figures.folder() as place:
        path = place / "large.xml"
        path.write_bytes(xml)
        theirs = [web_forms(path) for _round in range(min(rounds, 3))]
        if theirs[0] is not None:
            assert float(theirs[0].total) == float(mine[0].total) > 0
            found += _beside("ODK Web Forms", mine, [each for each in theirs if each])
    java = [java_rosa(xml) for _round in range(min(rounds, 3))]
    if java[0] is not None:
        found += _beside("JavaRosa", mine, [each for each in java if each])
    if extra is not None:
        found += _other(extra, rounds)
    return found


def _other(path: Path, rounds: int) -> list[Figure]:
    """Opening another form, here and in the other two."""
    xml = path.read_bytes()
    opens = [ours(xml, 0).open for _round in range(rounds)]
    mine = statistics.median(opens)
    found = [Figure(f"open {path.stem}, median", mine, 500, "ms", told(opens))]
    for name, played in (("ODK Web Forms", web_forms(path, 0)), ("JavaRosa", java_rosa(xml, 0))):
        if played is not None:
            said = f"{mine:.0f} ms here, {played.open:.0f} ms there"
            found.append(
                Figure(f"open {path.stem}, beside {name}", mine / played.open, 1, "x", said)
            )
    return found


def main() -> int:
    """Measure, print, and say whether every target is met."""
    parser = figures.arguments(__doc__)
    parser.add_argument("--form", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    return figures.conclude(measured(chosen.rounds, chosen.form), chosen)


if __name__ == "__main__":
    sys.exit(main())
