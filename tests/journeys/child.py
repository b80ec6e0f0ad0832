# SPDX-License-Identifier: Apache-2.0
"""A window in a process of its own that may be killed: ``python -m tests.journeys.child PLAN``.

PLAN is a JSON file with ``profile``, ``now``, and either ``people`` (see ``steps.Person``) who
come to the check-in desk one after another, or ``codes`` of signed sheets that are taken over one
after another, or ``house``: the number of a household of the highland that is visited. After each
"saved" that could be read on the screen, a line with the place in the list is printed; of a
visit, the question that was answered.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.ui.start import application
from tests.journeys import highland, steps
from tests.journeys.hand import Hand, Watch, open_window

HALF: Final = "…"
"""Said when an answer is typed to its middle."""


def main(plan: Path) -> None:
    """Play the plan; killed from outside at any moment."""
    told = json.loads(plan.read_text("utf-8"))
    app = application()
    hand = open_window(app, Path(told["profile"]), Watch(told["now"]))
    hand.unlock(steps.PASSPHRASE)
    if "house" in told:
        _visit(hand, told)
        return
    if "codes" in told:
        sheets = steps.back_entry(hand)
        for place, code in enumerate(told["codes"]):
            steps.enter_page(hand, sheets, code, {})
            print(place, flush=True)
        return
    box = steps.to_the_desk(hand)
    for place, one in enumerate(told["people"]):
        steps.arrives(hand, box, steps.Person(**one))
        print(place, flush=True)


def _visit(hand: Hand, told: Mapping[str, Any]) -> None:
    """Fill the form of a visit; in the middle of the words of one answer, wait to be killed."""

    def answered(question: str) -> None:
        print(question, flush=True)

    def halfway() -> None:
        print(HALF, flush=True)
        hand.until(lambda: False, "nobody killed it")

    highland.no_network(pytest.MonkeyPatch())
    half = str(told.get("half", ""))
    highland.visit(hand, told["house"], Path(told["folder"]), answered, half, halfway)


def visit_and_kill(
    folder: Path, profile: Path, now: str, house: int, *, half: str = "", after: str = ""
) -> list[str]:
    """Begin a visit in a child, and kill it in the middle of typing the answer to ``half``, or
    right after that to ``after``. Returns the questions whose answers had been kept by then.
    """
    plan = folder / f"visit-{house}.json"
    told = {"profile": str(profile), "now": now, "house": house, "half": half}
    plan.write_text(json.dumps(told | {"folder": str(folder)}, ensure_ascii=False), "utf-8")
    with _child(plan) as child:
        assert child.stdout is not None
        acked: list[str] = []
        for line in child.stdout:
            if line.strip() == HALF:
                child.kill()
                break
            acked.append(line.strip())
            if acked[-1] == after:
                child.kill()
                break
        # What it had said before it was dead.
        acked += [line.strip() for line in child.stdout if line.strip() != HALF]
    return acked


@contextmanager
def _child(plan: Path) -> Iterator[subprocess.Popen[str]]:
    """The window in a process of its own, which must have been killed at the end."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.child", str(plan)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
    )
    assert child.stdout is not None
    assert child.stderr is not None
    yield child
    said = child.stderr.read()
    child.stdout.close()
    child.stderr.close()
    assert child.wait() == -9, said


def play_and_kill(
    folder: Path,
    profile: Path,
    now: str,
    seed: int,
    *,
    people: Sequence[steps.Person] = (),
    codes: Sequence[str] = (),
) -> int:
    """Play people or sheets in a child and kill it at a moment drawn from ``seed``.

    Returns how many of them had been acknowledged on the screen; at most one more was begun.
    """
    plan = folder / f"plan-{seed}.json"
    told: dict[str, object] = {"profile": str(profile), "now": now}
    if codes:
        told["codes"] = list(codes)
    else:
        told["people"] = [asdict(one) for one in people]
    plan.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    drawn = random.Random(seed)
    count = len(codes) or len(people)
    last = drawn.randrange(count // 2, max(count // 2 + 1, count - 3))
    acked = 0
    with _child(plan) as child:
        assert child.stdout is not None
        for line in child.stdout:
            acked = int(line) + 1
            if acked >= last:
                time.sleep(drawn.random() * 0.05)
                child.kill()
                break
        acked += sum(1 for _line in child.stdout)  # what it had said before it was dead
    assert acked < count, "it was killed too late"
    return acked


if __name__ == "__main__":
    main(Path(sys.argv[1]))
