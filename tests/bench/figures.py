# SPDX-License-Identifier: Apache-2.0
"""What every benchmark says in the same words: a figure, its floor, its target, met or not."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. ``measured`` and ``limit`` are in ``unit``, or times the floor."""

    name: str
    measured: float
    """What is held against ``limit``: a median, a percentile, or a ratio to the floor."""
    limit: float
    unit: str
    """``ms``, ``s``, ``MB``, or ``x`` for a ratio."""
    said: str = ""
    """The other numbers: percentiles, the floor itself, what was excluded."""

    @property
    def met(self) -> bool:
        return self.measured <= self.limit


def percentile(times: Sequence[float], of: int) -> float:
    """The ``of``-th percentile, between neighbours; the only value when there is one."""
    if len(times) < 2:
        return times[0]
    return statistics.quantiles(times, n=100, method="inclusive")[of - 1]


def told(times: Sequence[float], unit: str = "ms") -> str:
    """Median, 95th and 99th percentile in words."""
    return (
        f"p50 {percentile(times, 50):.2f}, p95 {percentile(times, 95):.2f}, "
        f"p99 {percentile(times, 99):.2f}, most {max(times):.2f} {unit} of {len(times)}"
    )


def arguments(about: str | None) -> argparse.ArgumentParser:
    """The arguments every benchmark has."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help=argparse.SUPPRESS)
    return parser


def surroundings(platform: str = "offscreen") -> dict[str, str]:
    """The environment of a process that is measured: this checkout, and compiled as installed.

    An installed program has its ``.pyc`` files; a machine that forbids to write them beside the
    sources would have every start compile the program anew, and none of the floor.
    """
    found = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": platform,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(each for each in found if each)]),
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / f"bench-pyc-{os.getuid()}"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


@contextmanager
def folder() -> Iterator[Path]:
    """A place for stores that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        yield Path(place)


def conclude(found: Sequence[Figure], chosen: argparse.Namespace) -> int:
    """Print the figures, hand them to whoever runs all; 0 when every target is met."""
    show(found)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps([asdict(one) for one in found]), "utf-8")
    return 0 if all(one.met for one in found) else 1


def read(path: Path) -> list[Figure]:
    """What a benchmark handed over; nothing when it did not come to its end."""
    if not path.is_file() or not path.stat().st_size:
        return []
    return [Figure(**one) for one in json.loads(path.read_text("utf-8"))]


def show(found: Sequence[Figure]) -> None:
    """The table, in plain text that Markdown shows as a table too."""
    print("| figure | measured | target | met | in the same run |")
    print("|---|---|---|---|---|")
    for one in found:
        digits = 2 if one.measured < 100 else 0
        print(
            f"| {one.name} | {one.measured:.{digits}f} {one.unit} | ≤ {one.limit:g} {one.unit} "
            f"| {'yes' if one.met else '**no**'} | {one.said} |"
        )
    sys.stdout.flush()
