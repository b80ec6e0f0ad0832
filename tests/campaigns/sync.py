# SPDX-License-Identifier: Apache-2.0
"""Lives of laptops and a centre: ``python -m tests.campaigns.sync --seeds 0:100000``.

Every seed is one run of ``tests/sync/simulation.py``, in two processes. ``--mutants`` says
instead in how many of the seeds each wrong version of the core is caught, and in which first.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
import traceback
from collections import Counter

from tests.campaigns import seeds
from tests.sync import mutants, simulation

PROCESSES = 2
_SLICE = 250


def live(part: range) -> list[tuple[int, list[str]]]:
    """The seeds of a part that went wrong, and how."""
    bad = []
    for seed in part:
        try:
            faults, _trace = simulation.run(seed)
        except Exception as wrong:  # noqa: BLE001 - a bug of the core is a finding, with its seed
            faults = [f"breaks: {wrong!r} {traceback.format_exc(limit=-1)}"]
        if faults:
            bad.append((seed, faults))
    return bad


def run(chosen: range) -> dict[str, object]:
    """What the oracle said of these seeds."""
    began, done, bad = time.monotonic(), 0, []
    parts = [chosen[at : at + _SLICE] for at in range(0, len(chosen), _SLICE)]
    with multiprocessing.Pool(PROCESSES) as pool:
        for part, found in zip(parts, pool.imap(live, parts), strict=True):
            done += len(part)
            bad += found
            if found or done % 5_000 == 0:
                print(f"{done} lives, {len(bad)} bad {found[:3]}", file=sys.stderr, flush=True)
    kinds = Counter(fault.split(":")[0] for _seed, faults in bad for fault in set(faults))
    took = time.monotonic() - began
    return {
        "lives": done,
        "bad": len(bad),
        "kinds": dict(kinds),
        "faults": [f"seed {seed}: {faults}" for seed, faults in bad[:50]],
        "seconds": round(took, 1),
        "lives_a_second": round(done / took, 1),
    }


def teeth(chosen: range) -> dict[str, object]:
    """In how many of these seeds each mutant is caught."""
    table = {}
    for mutant in (*mutants.MUTANTS, *mutants.HEALED):
        count, first, how = mutants.caught(mutant, chosen)
        table[mutant.name] = [count, first, how]
        print(f"{mutant.name:20} {count:4}/{len(chosen)} first {first}: {how}", file=sys.stderr)
    missed = [one.name for one in mutants.MUTANTS if not table[one.name][0]]
    return {"lives": len(chosen), "mutants": table, "faults": [f"missed: {m}" for m in missed]}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(2_000))
    parser.add_argument("--mutants", action="store_true")
    chosen = parser.parse_args()
    tally = teeth(chosen.seeds) if chosen.mutants else run(chosen.seeds)
    print(json.dumps(tally, ensure_ascii=False))
    return 1 if tally["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
