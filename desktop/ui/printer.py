# SPDX-License-Identifier: Apache-2.0
"""Printers, and sheets of paper to them.

Where there is a print system of the CUPS kind it is given the PDF itself, so that letters stay
letters; elsewhere pages are drawn at the printer's own resolution (``raster.py``). How a long
batch goes is in ``feeding.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtPrintSupport import QPrinterInfo

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.print_run import How, Quality, Sides
from desktop.ui import cups
from desktop.ui.pdf import POINTS, Pages
from desktop.ui.raster import MM, Margins, device_for, known, paint

__all__ = [
    "Offers", "Printer", "PrinterGone", "lacks", "offers", "outside", "paint", "printers", "send",
    "sentence_of", "settings",
]  # fmt: skip

_TRAYS: Final = ("InputSlot", "HPPaperSource", "EPMediaSource", "media-source", "MediaSource")
_QUALITY_OPTIONS: Final = ("print-quality", "cupsPrintQuality", "OutputMode", "Quality")
_QUALITY_VALUES: Final[dict[Quality, tuple[str, ...]]] = {
    "draft": ("3", "Draft", "FastDraft", "Economy"),
    "normal": ("4", "Normal", "Standard", "Plain"),
    "high": ("5", "High", "Best", "Photo", "HighQuality"),
}
_SIZES: Final = {
    "A3": (297.0, 420.0), "A4": (210.0, 297.0), "A5": (148.0, 210.0), "A6": (105.0, 148.0),
    "EnvDL": (110.0, 220.0), "EnvC5": (162.0, 229.0), "EnvC6": (114.0, 162.0),
    "Letter": (215.9, 279.4), "Legal": (215.9, 355.6),
}  # fmt: skip
_NEAR: Final = 1.5
"""Millimetres in which two paper sizes are the same."""
_LOOKED_AT: Final = 40.0
"""Dots per inch at which it is seen how far the ink of a page goes."""
_INK: Final = 200
_SLACK: Final = 0.7


class PrinterGone(Problem):
    """The printer did not take the pages; nothing of this job was printed."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer that can be chosen. ``queue``: the print system takes PDFs for it."""

    name: str
    default: bool = False
    queue: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen of a printer. Empty where it tells nothing: then it is left alone."""

    trays: tuple[str, ...] = ()
    tray: str = ""
    """The tray it takes by itself."""
    sides: tuple[Sides, ...] = ("one",)
    qualities: tuple[Quality, ...] = ()
    sizes: tuple[str, ...] = ()
    margins: Margins | None = None


def printers() -> tuple[Printer, ...]:
    """Every printer of this computer, the usual one first. May take seconds: not in the GUI."""
    found = [Printer(name, usual, queue=True) for name, usual in cups.queues()]
    if not found:
        usual = QPrinterInfo.defaultPrinterName()
        found = [Printer(name, name == usual) for name in QPrinterInfo.availablePrinterNames()]
    return tuple(sorted(found, key=lambda one: not one.default))


def offers(printer: Printer) -> Offers:
    """What can be chosen of a printer. May take seconds: not in the GUI."""
    told = known(printer.name)
    if not printer.queue:
        return Offers(
            trays=told.trays,
            sides=told.sides,
            qualities=("draft", "normal", "high"),
            margins=told.margins,
        )
    options = cups.options(printer.name)
    trays = next((options[name] for name in _TRAYS if name in options), None)
    quality = next((options[name] for name in _QUALITY_OPTIONS if name in options), None)
    sizes = options.get("PageSize") or options.get("media")
    both = any(
        value in option.values
        for option in (options.get("Duplex"), options.get("sides"))
        if option is not None
        for value in ("DuplexNoTumble", "two-sided-long-edge")
    )
    return Offers(
        trays=trays.values if trays is not None else (),
        tray=trays.usual if trays is not None else "",
        sides=("one", "book", "pad") if both else ("one",),
        qualities=_qualities(quality),
        sizes=sizes.values if sizes is not None else (),
        margins=told.margins,
    )


def _qualities(option: cups.Option | None) -> tuple[Quality, ...]:
    if option is None:
        return ()
    found: tuple[Quality, ...] = ("draft", "normal", "high")
    return tuple(
        one for one in found if any(value in option.values for value in _QUALITY_VALUES[one])
    )


def settings(printer: Printer, pdf: bytes, how: How) -> tuple[str, ...]:
    """A job in the print system's words. Everything is said: queues have usual values of their
    own (American paper, both sides) that would spoil pre-printed stock.
    """
    with Pages(pdf) as pages:
        width, height = pages.sizes[0]
    across = width > height
    options = cups.options(printer.name)
    words = [
        f"media={_media(width, height)}",
        "print-scaling=none",
        "number-up=1",
        "job-sheets=none,none",
        "outputorder=normal",
    ]
    if how.sides == "one":
        words.append("sides=one-sided")
    else:
        long_edge = (how.sides == "book") != across
        words.append(f"sides=two-sided-{'long' if long_edge else 'short'}-edge")
    tray = next((name for name in _TRAYS if name in options), "")
    if how.tray and tray and how.tray in options[tray].values:
        words.append(f"{tray}={how.tray}")
    quality = next((name for name in _QUALITY_OPTIONS if name in options), "")
    if how.quality and quality:
        can = options[quality].values
        value = next((one for one in _QUALITY_VALUES[how.quality] if one in can), "")
        words += [f"{quality}={value}"] if value else []
    return tuple(words)


def _media(width: float, height: float) -> str:
    """The paper of a page of so many points, either way round, as print systems name it."""
    short, long = sorted((width / POINTS * MM, height / POINTS * MM))
    for name, (across, along) in _SIZES.items():
        if abs(short - across) < _NEAR and abs(long - along) < _NEAR:
            return name
    return f"Custom.{short:.1f}x{long:.1f}mm"


def lacks(pdf: bytes, offered: Sequence[str]) -> str:
    """The paper of the first page when a printer does not offer it; empty when it does."""
    if not offered:
        return ""
    with Pages(pdf) as pages:
        wanted = _media(*pages.sizes[0])
    names = {name.split(".", 1)[0] for name in offered}
    return "" if wanted.split(".", 1)[0] in names else wanted.removeprefix("Custom.")


def outside(pdf: bytes, margins: Margins) -> bool:
    """Whether ink of the first page lies where a printer cannot print (``Known.margins``)."""
    with Pages(pdf) as pages:
        image = pages.strip(0, _LOOKED_AT, 0, pages.sizes[0][1])
        width, height = pages.sizes[0]
    left, top, right, bottom = margins
    if width > height:
        # A sheet on its side goes through the printer turned, one way or the other.
        left = right = max(top, bottom)
        top = bottom = max(margins[0], margins[2])
    gray = image.convertToFormat(image.Format.Format_Grayscale8)
    dots, stride = bytes(gray.constBits()), gray.bytesPerLine()
    rows = [dots[row * stride : row * stride + gray.width()] for row in range(gray.height())]
    dark = [row for row, one in enumerate(rows) if min(one) < _INK]
    if not dark:
        return False
    columns = [
        column for column in range(gray.width()) if min(rows[row][column] for row in dark) < _INK
    ]
    dot = MM / _LOOKED_AT
    free = (
        columns[0] * dot,
        dark[0] * dot,
        (gray.width() - 1 - columns[-1]) * dot,
        (gray.height() - 1 - dark[-1]) * dot,
    )
    needed = (left, top, right, bottom)
    return any(room + _SLACK < need for room, need in zip(free, needed, strict=True))


def send(printer: Printer, pdf: bytes, *, title: str, how: How | None = None) -> str:
    """Send one job. ``title`` is seen in the queue: no name of a person. Raises PrinterGone.

    Returns the job's name in the queue, empty where there is none.
    """
    chosen = how or How()
    if printer.queue:
        try:
            return cups.submit(printer.name, pdf, title, settings(printer, pdf, chosen))
        except cups.NoQueue as fault:
            raise _gone(printer.name) from fault
    device = device_for(printer.name, title, chosen)
    if device is None or not paint(device, pdf, chosen):
        raise _gone(printer.name)
    return ""


def _gone(name: str) -> PrinterGone:
    return PrinterGone(
        _(
            "The printer {name} does not answer. Look whether it is on and connected, then "
            "print the rest, or choose another printer."
        ).format(name=name)
    )


def sentence_of(trouble: cups.Trouble, name: str) -> str:
    """What a printer says, as a sentence; empty for nothing."""
    words: dict[cups.Trouble, str] = {
        "stopped": _("The printer {name} has stopped. Look what it shows, then print the rest."),
        "paper": _("The printer {name} has no paper. Load some and it goes on by itself."),
        "jam": _("Paper is jammed in the printer {name}. Take it out; it goes on by itself."),
        "cover": _("A cover of the printer {name} is open. Close it and it goes on by itself."),
        "ink": _("The printer {name} has no ink or toner left."),
        "away": _("The printer {name} does not answer. Look whether it is on and connected."),
        "other": _("The printer {name} has stopped. Look what it shows, then print the rest."),
    }
    return words[trouble].format(name=name) if trouble in words else ""
