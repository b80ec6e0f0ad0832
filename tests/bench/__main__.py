# SPDX-License-Identifier: Apache-2.0
"""All figures, one after another, as one table.

    python -m tests.bench [--quick] [NAME …]

``NAME`` is a program of this folder without its ``bench_``. ``--quick`` measures fewer people and
fewer rounds, to see that everything runs; its figures are not to be quoted. Ends with 1 when a
target is missed or a program did not come to its end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import figures

QUICK = {
    "window": ["--rounds", "5"],
    "unlock": ["--people", "2000", "--rounds", "3"],
    "checkin": ["--people", "2000", "--rounds", "120"],
    "search": ["--people", "5000", "--rounds", "40"],
    "roster_window": ["--rounds", "1"],
    "form_window": ["--rounds", "1", "--answers", "40"],
    "certificates": ["--rounds", "2"],
    "papers": ["--rounds", "2"],
    "designer": ["--moves", "60"],
    "proof": ["--codes", "40", "--rounds", "2"],
    "forms": ["--rounds", "2"],
    "field": ["--households", "1000", "--rounds", "40"],
    "sync_window": ["--rows", "2000"],
    "memory": [],
    "receive": ["--rows", "2000"],
    "peers": ["--visits", "1000", "--rounds", "1"],
    "link": ["--rounds", "1", "--people", "500"],
    "centre": ["--records", "20000", "--scopes", "100", "--rounds", "100"],
    "crowd": ["--laptops", "100"],
}
"""The programs in the order of the table, and what makes each of them short."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(QUICK))
    parser.add_argument("--quick", action="store_true", help="fewer people, fewer rounds")
    chosen = parser.parse_args()
    unknown = [name for name in chosen.names if name not in QUICK]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(QUICK)}")
    found, lost = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for name in chosen.names or QUICK:
            told = Path(place) / f"{name}.json"
            print(f"… {name} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
            subprocess.run(
                [sys.executable, "-m", f"tests.bench.bench_{name}", "--json", str(told),
                 *(QUICK[name] if chosen.quick else ())],
                cwd=figures.ROOT,
                env=figures.surroundings(),
                stdout=subprocess.DEVNULL,
                check=False,
            )  # fmt: skip
            figures_told = figures.read(told)
            found += figures_told
            lost += [] if figures_told else [name]
    figures.show(found)
    for name in lost:
        print(f"\n**{name} did not come to its end.**")
    return 1 if lost or not all(one.met for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
