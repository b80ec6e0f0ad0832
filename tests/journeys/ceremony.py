# SPDX-License-Identifier: Apache-2.0
"""What happens between the issue of certificates and the evening after they were handed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop.i18n import _, ngettext
from desktop.model import proof
from desktop.printing.pdfium import ONE_AT_A_TIME
from desktop.sync import issuer
from desktop.ui.pages.stage import StagePage
from desktop.ui.parts.print_dialog import PrintDialog
from desktop.ui.parts.verify_view import VerifyView
from desktop.ui.widgets.desk_box import DeskBox
from tests.journeys import lists, steps
from tests.journeys.hand import Hand
from tests.printing import reading
from tests.ui.cups import PrintSystem

_INCH = 25.4
_DPI = 120
"""Fewer dots than any scanner is set to."""
_REASON = lists.word("reprint_reason", "spoilt")


# ── before the ceremony ──────────────────────────────────────────────────────────────────────


def signs(hand: Hand, people: Sequence[tuple[str, str]]) -> None:
    """Say who signs, with the names and positions typed over those of the ceremony."""
    hand.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    hand.settle()
    for number, (name, position) in enumerate(people, 1):
        wanted = f"{_('Name with title')}: {number}"
        if not any(line.accessibleName() == wanted for line in hand.shown(QLineEdit)):
            hand.press("Another signatory")
        for word, text in (("Name with title", name), ("Position", position)):
            edit = hand.find(QLineEdit, f"{_(word)}: {number}")
            hand.into(edit, text)
            hand.key(Qt.Key.Key_Return, on=edit)
            hand.settle()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the printer got it."""

    text: str
    code: str
    """What its QR code says."""
    size: tuple[int, int]
    """Width and height, millimetres."""
    turned: int

    def says(self, words: str) -> bool:
        """Whether the words can be taken out of it letter by letter, whatever the lines."""
        return "".join(words.split()) in "".join(self.text.split())


def sheets_of(pdf: Path) -> list[Sheet]:
    """Every page of a PDF: its letters, its size, and its code as a scanner sees it."""
    texts = reading.poppler(pdf)
    found = []
    # The window may be drawing pages meanwhile, and PDFium takes one thread at a time.
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        for page, text in zip(document, texts, strict=True):
            image = page.render(scale=_DPI / 72, grayscale=True).to_pil()
            read = zxingcpp.read_barcodes(image)
            wide, high = (round(side / 72 * _INCH) for side in page.get_size())
            code = read[0].text if len(read) == 1 else ""
            found.append(Sheet(text, code, (wide, high), page.get_rotation()))
    return found


def asked_how_to_print(hand: Hand) -> None:
    """Wait for the print dialog."""
    hand.until(lambda: isinstance(hand.window, PrintDialog), "nobody was asked how to print")


def printed(hand: Hand, cups: PrintSystem, folder: Path, count: int) -> list[Sheet]:
    """Send what the print dialog offers to the printer; returns the sheets it got."""
    cups.sink.jobs.clear()
    words = ngettext("Print {count} sheet", "Print {count} sheets", count).format(count=count)
    asked_how_to_print(hand)
    hand.press(words)
    hand.until(lambda: not isinstance(hand.window, QDialog), "the printer did not take it")
    hand.settle()
    found: list[Sheet] = []
    cups.wait(lambda: _pages(cups) == count)
    for job in cups.sink.jobs:
        place = folder / "job.pdf"
        place.write_bytes(job.pdf)
        found += sheets_of(place)
    return found


def _pages(cups: PrintSystem) -> int:
    count = 0
    for job in cups.sink.jobs:
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(job.pdf) as document:
            count += len(document)
    return count


def save_one(hand: Hand, name: str, place: Path) -> bytes:
    """Save the certificate of a recipient once more as a PDF, with a reason."""
    seek(hand, name)
    hand.press("Print this one")
    asked_how_to_print(hand)
    hand.choose("Why they are printed again", _REASON)
    hand.press("Save as PDF instead")
    hand.read("One PDF with all of them")
    steps.export(hand, place)
    return place.read_bytes()


def seek(hand: Hand, name: str) -> None:
    """Choose a recipient by name on the page of certificates."""
    hand.type("Name, agency or seat", name)
    hand.settle()


# ── on the stage ─────────────────────────────────────────────────────────────────────────────


class Stage:
    """The list of those who come onto the stage, with a finger on the space bar."""

    def __init__(self, hand: Hand, folder: Path, cups: PrintSystem) -> None:
        hand.key(Qt.Key.Key_F10)
        hand.until(lambda: isinstance(hand.frame.page, StagePage), "stage mode did not open")
        hand.settle()
        page = hand.frame.page
        assert isinstance(page, StagePage)
        self._hand, self._folder, self._cups, self._page = hand, folder, cups, page

    @property
    def turns(self) -> dict[int, str]:
        """Whose turns there are, by number, from the first to the last."""
        return {one.stage.order: one.stage.name for one in self._page.model.rows}

    @property
    def waiting(self) -> list[int]:
        """The turns that have not come yet."""
        return [one.stage.order for one in self._page.model.rows if one.waits]

    @property
    def _turn(self) -> int:
        assert self._page.turn is not None
        return self._page.turn.stage.order

    def hand_over_until(self, turn: int) -> None:
        """The space bar until it is somebody's turn."""
        for _press in range(200):
            if self._turn == turn:
                return
            self.hand_over()
        raise AssertionError(f"turn {turn} never came")

    def hand_over(self) -> None:
        """The space bar once."""
        self._hand.key(Qt.Key.Key_Space, on=self._page.table)

    def skip(self) -> None:
        """Whoever is on is not here."""
        self._hand.key(Qt.Key.Key_F7)

    def fix(self, name: str) -> Sheet:
        """Put the name of whoever is on right and print the new paper; it can be handed over."""
        hand, page, turn = self._hand, self._page, self._turn
        hand.key(Qt.Key.Key_F4)
        hand.type("Organisation", name)
        hand.press("Save the name")
        hand.until(lambda: not isinstance(hand.window, QDialog), "the name was not kept")
        hand.settle()
        assert page.turn is not None
        assert (page.turn.stage.order, page.turn.stage.name) == (turn, name)
        hand.key(Qt.Key.Key_Space, on=page.table)
        assert self._turn == turn, "a paper with the wrong name was handed over"
        hand.key(Qt.Key.Key_F9)
        (sheet,) = printed(hand, self._cups, self._folder, 1)
        assert page.turn.state == "waits"
        return sheet

    def void(self) -> None:
        """The paper of whoever is on is spoilt, and there is no other."""
        hand = self._hand
        hand.key(Qt.Key.Key_F8)
        hand.choose("Reason", _REASON)
        hand.press("Declare void")
        hand.until(lambda: not isinstance(hand.window, QDialog), "it was not declared void")
        hand.settle()

    def leave(self) -> None:
        """Esc."""
        self._hand.settle()
        self._hand.key(Qt.Key.Key_Escape)
        self._hand.until(
            lambda: not isinstance(self._hand.frame.page, StagePage), "Esc does not leave"
        )
        self._hand.settle()


def take_back(hand: Hand, name: str, number: str) -> None:
    """A paper that was handed over came back."""
    seek(hand, name)
    hand.press("Returned…")
    hand.press("Note as returned")
    hand.read(_("Number {number} is noted as returned").format(number=number))
    hand.settle()
    seek(hand, "")


# ── after it ─────────────────────────────────────────────────────────────────────────────────


def to_checking(hand: Hand) -> DeskBox:
    """Open the page that checks certificates, from the register; returns its box."""
    hand.go("Certificates")
    hand.press("Register")
    hand.settle()
    hand.key(Qt.Key.Key_F10)
    box = hand.find(DeskBox, "Scan the code on the certificate, or paste it")
    hand.settle()
    return box


def scanned(hand: Hand, box: DeskBox, code: str) -> str:
    """Scan a code; returns the verdict, a word, and what is said of it."""
    hand.scan(box, code)
    hand.settle()
    return verdict(hand)


def verdict(hand: Hand) -> str:
    """What is said of the certificate that was checked last."""
    (view,) = hand.shown(VerifyView)
    return view.accessibleName()


def altered(code: str) -> str:
    """A genuine code under which somebody wrote another name."""
    payload, signature = proof.split(proof.from_digits(code))
    return proof.to_digits(_of_another(payload) + signature)


def of_a_stranger(code: str) -> str:
    """The same content signed with a key that nobody knows."""
    stranger = issuer.Signer(issuer.make_key())
    payload, _signature = proof.split(proof.from_digits(code))
    claim = replace(proof.decode(payload), key=stranger.key_id)
    made = proof.encode(claim)
    return proof.to_digits(made + stranger.sign(made))


def _of_another(payload: bytes) -> bytes:
    return proof.encode(replace(proof.decode(payload), recipient="มูลนิธิปลอม"))
