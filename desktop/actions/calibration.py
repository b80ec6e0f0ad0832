# SPDX-License-Identifier: Apache-2.0
"""How far a printer is off when it meets stock with the border printed on it.

Kept per printer and tray: trays draw paper in differently. A value of this laptop, never synced.
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
MARK_MM: Final = 20.0
"""The lines of the test page lie so far from the left and from the upper edge of the paper."""
RULER_MM: Final = 180.0
"""The line of the test page that tells the size is so long."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """``right`` and ``up`` in millimetres; ``scale`` about the middle of the page."""

    right: float = 0.0
    up: float = 0.0
    scale: float = 1.0
    text_only: bool = False
    """The stock has its border already."""


def calibration(store: Store, printer: str, tray: str = "") -> Calibration:
    """What is kept for a printer and tray, or for the printer; nothing moved when nothing is."""
    with store.read() as conn:
        kept = setting.value(conn, _key(printer, tray))
        if kept is None and tray:
            kept = setting.value(conn, _key(printer, ""))
    if not isinstance(kept, dict):
        return Calibration()
    return Calibration(
        right=_between(kept.get("right"), -MOST_MM, MOST_MM, 0.0),
        up=_between(kept.get("up"), -MOST_MM, MOST_MM, 0.0),
        scale=_between(kept.get("scale"), LEAST_SCALE, MOST_SCALE, 1.0),
        text_only=bool(kept.get("text_only")),
    )


def keep_calibration(
    store: Store, by: str, printer: str, chosen: Calibration, tray: str = ""
) -> Done:
    """Keep it for a printer and tray. Nothing that was printed changes: nothing to undo."""
    with store.write(by) as write:
        setting.keep(write, _key(printer, tray), {**asdict(chosen)})
    return Done(frozenset())


def adjusted(
    used: Calibration,
    size: tuple[float, float],
    left: float,
    top: float,
    ruler: float | None = None,
) -> Calibration:
    """What to use after measuring a test page that was printed with ``used``.

    ``left`` and ``top``: millimetres from the edges of the paper to the two lines, which should
    lie at ``MARK_MM``; ``ruler``: length of the line that should be ``RULER_MM`` long. ``size``
    is the page's. With the answer a new test page measures right.
    """
    width, height = size
    stretch = 1.0 if ruler is None else ruler / (RULER_MM * used.scale)
    scale = used.scale if ruler is None else 1 / stretch

    def shift(length: float, moved: float, measured: float) -> float:
        middle = length / 2
        # Where the printer put the point it was given, so what it adds by itself.
        given = middle + used.scale * (MARK_MM - middle) + moved
        added = measured - stretch * given
        return (MARK_MM - added) / stretch - middle - scale * (MARK_MM - middle)

    return Calibration(
        right=round(shift(width, used.right, left), 2),
        up=round(-shift(height, -used.up, top), 2),
        scale=round(scale, 4),
        text_only=used.text_only,
    )


def _key(printer: str, tray: str) -> str:
    return f"calibration:{printer}:{tray}" if tray else f"calibration:{printer}"


def _between(value: object, least: float, most: float, otherwise: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return otherwise
    return float(value) if least <= value <= most else otherwise
