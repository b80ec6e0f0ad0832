# SPDX-License-Identifier: Apache-2.0
"""How far a printer is off when it meets stock with the border printed on it, kept per printer.

A value of this laptop: it is never synced.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from desktop.actions.done import Done
from desktop.store import setting
from desktop.store.store import Store

MOST_MM: Final = 30.0
LEAST_SCALE: Final = 0.9
MOST_SCALE: Final = 1.1


@dataclass(frozen=True, slots=True)
class Calibration:
    """``right`` and ``up`` in millimetres; ``scale`` about the middle of the page."""

    right: float = 0.0
    up: float = 0.0
    scale: float = 1.0
    text_only: bool = False
    """The stock has its border already."""


def calibration(store: Store, printer: str) -> Calibration:
    """What is kept for a printer; nothing moved when nothing is."""
    with store.read() as conn:
        kept = setting.value(conn, _key(printer))
    if not isinstance(kept, dict):
        return Calibration()
    return Calibration(
        right=_between(kept.get("right"), -MOST_MM, MOST_MM, 0.0),
        up=_between(kept.get("up"), -MOST_MM, MOST_MM, 0.0),
        scale=_between(kept.get("scale"), LEAST_SCALE, MOST_SCALE, 1.0),
        text_only=bool(kept.get("text_only")),
    )


def keep_calibration(store: Store, by: str, printer: str, chosen: Calibration) -> Done:
    """Keep it for a printer. Nothing that was printed changes, so there is nothing to undo."""
    with store.write(by) as write:
        setting.keep(write, _key(printer), {**asdict(chosen)})
    return Done(frozenset())


def _key(printer: str) -> str:
    return f"calibration:{printer}"


def _between(value: object, least: float, most: float, otherwise: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return otherwise
    return float(value) if least <= value <= most else otherwise
