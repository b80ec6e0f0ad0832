# SPDX-License-Identifier: Apache-2.0
"""A window in a process of its own that may be killed: ``python -m tests.journeys.child PLAN``.

PLAN is a JSON file with ``profile``, ``now``, and either ``people`` (see ``steps.Person``) who
come to the check-in desk one after another, or ``codes`` of signed sheets that are taken over one
after another. After each "saved" that could be read on the screen, a line with the place in the
list is printed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from desktop.ui.start import application
from tests.journeys import steps
from tests.journeys.hand import Watch, open_window


def main(plan: Path) -> None:
    """Play the plan; killed from outside at any moment."""
    told = json.loads(plan.read_text("utf-8"))
    app = application()
    hand = open_window(app, Path(told["profile"]), Watch(told["now"]))
    hand.unlock(steps.PASSPHRASE)
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
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.child", str(plan)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
    )
    assert child.stdout is not None
    assert child.stderr is not None
    acked = 0
    for line in child.stdout:
        acked = int(line) + 1
        if acked >= last:
            time.sleep(drawn.random() * 0.05)
            child.kill()
            break
    acked += sum(1 for _line in child.stdout)  # what it had said before it was dead
    said = child.stderr.read()
    child.stdout.close()
    child.stderr.close()
    assert child.wait() == -9, said
    assert acked < count, "it was killed too late"
    return acked


if __name__ == "__main__":
    main(Path(sys.argv[1]))
