# SPDX-License-Identifier: Apache-2.0
"""What the service counts, as the text Prometheus reads. Counts only: labels come from a fixed
set of words (route, outcome, reason), never from what somebody sent.

Each process counts for itself; with several workers the scraper meets one of them at a time,
which is why gauges of the database (devices, waiting) are asked there and not counted here.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

PAGE: Final = "text/plain; version=0.0.4; charset=utf-8"
_STEPS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_MEANING: Final = {
    "samut_requests_total": "Requests answered, by route and status.",
    "samut_request_seconds": "How long a request was worked on.",
    "samut_received_bytes_total": "Bytes of request bodies.",
    "samut_sent_bytes_total": "Bytes of answers.",
    "samut_ops_total": "Ops taken in, by what became of them.",
    "samut_rows_total": "Rows handed out.",
    "samut_refused_total": "Messages not taken, by reason.",
    "samut_joined_total": "Laptops that joined.",
}


class Metrics:
    """The counters of one process. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
        self._steps: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def add(self, name: str, amount: float = 1, **labels: str) -> None:
        """Count ``amount`` more of ``name``."""
        if name not in _MEANING:
            raise KeyError(name)
        key = name, tuple(sorted(labels.items()))
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + amount

    def took(self, route: str, seconds: float) -> None:
        """A request of ``route`` was worked on for so long."""
        with self._lock:
            steps = self._steps.setdefault(route, [0] * (len(_STEPS) + 1))
            steps[bisect_left(_STEPS, seconds)] += 1
            self._sums[route] = self._sums.get(route, 0.0) + seconds

    def count(self, name: str, **labels: str) -> float:
        """What has been counted under exactly these labels."""
        with self._lock:
            return self._counts.get((name, tuple(sorted(labels.items()))), 0)

    def text(self, gauges: Mapping[str, tuple[str, float]] | None = None) -> str:
        """Everything as Prometheus reads it; ``gauges``: name → (meaning, value)."""
        with self._lock:
            counts = sorted(self._counts.items())
            steps = {route: list(held) for route, held in sorted(self._steps.items())}
            sums = dict(self._sums)
        lines: list[str] = []
        said = ""
        for (name, labels), value in counts:
            if name != said:
                lines += [f"# HELP {name} {_MEANING[name]}", f"# TYPE {name} counter"]
                said = name
            lines.append(f"{name}{_labels(dict(labels))} {value:g}")
        if steps:
            name = "samut_request_seconds"
            lines += [f"# HELP {name} {_MEANING[name]}", f"# TYPE {name} histogram"]
        for route, held in steps.items():
            total = 0
            for bound, count in zip((*_STEPS, "+Inf"), held, strict=True):
                total += count
                lines.append(
                    f"samut_request_seconds_bucket{_labels({'route': route, 'le': str(bound)})}"
                    f" {total}"
                )
            lines.append(f"samut_request_seconds_sum{_labels({'route': route})} {sums[route]:.6f}")
            lines.append(f"samut_request_seconds_count{_labels({'route': route})} {total}")
        for name, (meaning, value) in (gauges or {}).items():
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} gauge", f"{name} {value:g}"]
        return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    inner = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return "{" + inner + "}"
