# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet: one page with the code that opens a store when passphrases are forgotten.

It says what it is, whose it is and where to keep it, in the language of the moment, and nothing
of what is in the store.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from desktop.i18n import _, language
from desktop.printing.document import MM, Document
from desktop.printing.lines import balance, fit
from desktop.printing.qr import draw_qr
from desktop.printing.typeface import typeface
from desktop.thai.dates import be_date, english_date

_INK: Final = (0.08, 0.08, 0.16)
_MARGIN: Final = 25.0
_LEADING: Final = 1.6


def recovery_sheet(office: str, code: str, made_on: date) -> bytes:
    """The sheet as a PDF. ``code`` as ``str(RecoveryCode)`` gives it; groups stay whole.

    Raises ``TextDoesNotFit`` when the name of the office does not fit on three lines, and
    ``Unprintable`` for a character no font has.
    """
    document = Document(title=_("Recovery sheet"), language=f"{language()}-TH")
    canvas = document.canvas
    canvas.setFillColorRGB(*_INK)
    canvas.setStrokeColorRGB(*_INK)
    bold, regular = typeface("Sarabun-Bold"), typeface("Sarabun-Regular")
    semi = typeface("Sarabun-SemiBold")
    centre, width = document.width / 2, document.width - 2 * _MARGIN * MM
    y = document.height - 38 * MM
    bold.draw(canvas, centre, y, _("Recovery sheet"), 26, "centre")
    y -= 11 * MM
    regular.draw(canvas, centre, y, _("Samut Sanam"), 14, "centre")
    y -= 14 * MM
    fitted = fit(semi, office, 16, width, smallest=11, max_lines=3)
    for line in fitted.lines:
        semi.draw(canvas, centre, y, line, fitted.size, "centre", fitted.condense)
        y -= fitted.size * _LEADING
    made = english_date(made_on) if language() == "en" else be_date(made_on)
    regular.draw(canvas, centre, y, _("Made on {day}").format(day=made), 13, "centre")
    y -= 14 * MM
    y = _code(document, code, y)
    y -= 12 * MM
    draw_qr(canvas, code, centre - 17 * MM, y - 34 * MM, 34)
    canvas.setFillColorRGB(*_INK)
    y -= 48 * MM
    for number, sentence in enumerate(_sentences(), start=1):
        lines = balance(regular, sentence, 14, width - 10 * MM, 4) or [sentence]
        regular.draw(canvas, _MARGIN * MM, y, f"{number}.", 14)
        for line in lines:
            regular.draw(canvas, (_MARGIN + 9) * MM, y, line, 14)
            y -= 14 * _LEADING
        y -= 2 * MM
    return document.save()


def _code(document: Document, code: str, top: float) -> float:
    """Draw the code in a frame, at most four groups a line; returns where the frame ends."""
    canvas, face = document.canvas, typeface("Sarabun-Bold")
    groups = code.split("-")
    lines = ["  –  ".join(groups[start : start + 4]) for start in range(0, len(groups), 4)]
    height = (len(lines) * 13 + 9) * MM
    left, width = _MARGIN * MM, document.width - 2 * _MARGIN * MM
    canvas.setLineWidth(1.2)
    canvas.roundRect(left, top - height, width, height, 3 * MM)
    y = top - 14 * MM
    for line in lines:
        face.draw(canvas, document.width / 2, y, line, 24, "centre")
        y -= 13 * MM
    return top - height


def _sentences() -> tuple[str, ...]:
    return (
        _("This code opens everything kept on the computer, without any passphrase."),
        _("Keep this sheet locked away at the office, never together with the computer."),
        _(
            "To use it: start the program, press “Forgotten passphrase”, type the code and "
            "choose a new passphrase."
        ),
        _("When a new sheet is made in the settings, this one opens nothing any more."),
    )
