# SPDX-License-Identifier: Apache-2.0
"""What more than one story does at the window."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pypdfium2
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QTableView

from desktop.i18n import _, ngettext
from desktop.model.roster import read_sheet_code
from desktop.printing.pdfium import ONE_AT_A_TIME
from desktop.ui.widgets.desk_box import DeskBox
from desktop.ui.widgets.hits import Hits
from desktop.ui.widgets.outcome import Outcome
from desktop.ui.widgets.search_box import SearchBox
from desktop.ui.widgets.sheet_grid import SheetGrid
from desktop.ui.widgets.tiles import Tiles
from tests.journeys.hand import CTRL, Hand
from tests.printing import reading

PASSPHRASE = "ฟ้าเขียวช้างบินข้ามเขา"


def first_start(hand: Hand, folder: Path, office: str, area: str, name: str) -> Path:
    """Play the first start to its end; returns the recovery sheet that was saved."""
    hand.press("Next")
    hand.type("Name of the office", office)
    hand.type("Province, amphoe or tambon it works in", area)
    hand.press("Next")
    hand.type("Name and surname", name)
    hand.type("Short name on the unlock window", name.partition(" ")[0])
    hand.press("Next")
    hand.type("Passphrase", PASSPHRASE)
    hand.type("The same once more", PASSPHRASE)
    hand.press("Make my notebook")
    hand.read("Recovery code")
    sheet = folder / "recovery.pdf"
    with hand.file(sheet):
        hand.press("Save as PDF")
    hand.until(sheet.exists, "the recovery sheet was not saved")
    hand.find(QPushButton, "Start working")
    hand.press("Start working")
    hand.until(lambda: hand.start.frame is not None, "the store did not open")
    hand.settle()
    return sheet


def bring_in(hand: Hand, path: Path, people: int) -> None:
    """Bring a list of ``people`` in from a file and take it in when nothing is to be checked."""
    hand.go("Roster")
    with hand.file(path):
        hand.press("Choose a file")
    add_people(hand, people)


def add_people(hand: Hand, people: int) -> None:
    """Take in the list that is being checked."""
    verb = ngettext("Add {count} person", "Add {count} people", people).format(count=people)
    hand.read(verb)
    hand.settle()
    hand.press(verb)
    said = ngettext("{count} person was added.", "{count} people were added.", people)
    hand.read(said.format(count=people))
    hand.settle()


def lock(hand: Hand, people: int) -> None:
    """Lock the roster."""
    hand.go("Roster")
    hand.press("Lock and give seats")
    hand.read(_("Locked. Seats 1 to {count} are given.").format(count=people))
    hand.settle()


# ── the check-in desk ────────────────────────────────────────────────────────────────────────


def to_the_desk(hand: Hand) -> DeskBox:
    """Open the check-in desk, unless it is open; returns its box."""
    if not hand.shown(DeskBox):
        hand.go("Check-in desk")
    return hand.find(DeskBox, "Type a name, seat or last 4 digits, or scan the badge")


def said_at_desk(hand: Hand) -> str:
    """What the panel of the desk says: head, name, details."""
    shown = hand.shown(Outcome)
    return shown[0].accessibleName() if shown else ""


def came_and_expected(hand: Hand) -> tuple[int, int]:
    """The counter of the desk."""
    from desktop.ui.widgets.figure import Figure

    figure = hand.shown(Figure)[0]
    came, expected = (int("".join(c for c in part if c.isdigit())) for part in _counts(figure))
    return came, expected


def _counts(figure: object) -> tuple[str, str]:
    name = figure.accessibleName()  # type: ignore[attr-defined]
    numbers = [part for part in name.replace("/", " ").split() if part.isdigit()]
    assert len(numbers) >= 2, name
    return numbers[0], numbers[1]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody before the desk: what is typed or scanned, and who that is."""

    keys: str
    name: str
    seat: int = 0
    """0: it does not tell this one from a namesake."""
    scanned: bool = False

    @property
    def shown(self) -> str:
        """The seat as it stands on badge and screen."""
        return f"{self.seat:03d}"

    def is_in(self, words: str) -> bool:
        """Whether ``words`` speak of this one and not of a namesake."""
        return self.name in words and (not self.seat or self.shown in words)


def point_at(hand: Hand, box: DeskBox, one: Person) -> None:
    """Type what one knows of somebody, and go down the list to the right line."""
    hand.into(box, one.keys)
    spoken = int(Qt.ItemDataRole.AccessibleTextRole)

    def place() -> int:
        for hits in hand.shown(Hits):
            model = hits.model()
            for row in range(model.rowCount()):
                if one.is_in(str(model.index(row, 0).data(spoken))):
                    return row
        return -1

    hand.until(lambda: place() >= 0, f"{one.name} is not found by {one.keys!r}")
    for _step in range(place()):
        hand.key(Qt.Key.Key_Down, on=box)


def arrives(hand: Hand, box: DeskBox, one: Person) -> str:
    """One person at the desk; returns what the panel says when it is saved."""
    before = said_at_desk(hand)
    if one.scanned:
        hand.scan(box, one.keys)
    else:
        point_at(hand, box, one)
        hand.key(Qt.Key.Key_Return, on=box)

    def told() -> bool:
        now = said_at_desk(hand)
        return now != before and one.is_in(now)

    hand.until(told, f"{one.name} was not checked in by {one.keys!r}")
    return said_at_desk(hand)


def leave_desk(hand: Hand) -> None:
    """Esc, until the rail is there again."""
    box = hand.shown(DeskBox)[0]
    box.clear()
    hand.key(Qt.Key.Key_Escape, on=box)
    hand.until(lambda: not hand.shown(DeskBox), "the desk was not left")
    hand.settle()


# ── a signed sheet ───────────────────────────────────────────────────────────────────────────


def back_entry(hand: Hand) -> SearchBox:
    """Open the page that takes over paper, from the desk by F7; returns the box for the code."""
    if not hand.shown(DeskBox):
        hand.go("Check-in desk")
    hand.key(Qt.Key.Key_F7)
    hand.settle()
    return hand.shown(SearchBox)[0]


def enter_page(hand: Hand, box: SearchBox, code: str, blank: Mapping[int, Sequence[int]]) -> int:
    """Type the code of a page, tick every column but the squares left ``blank``, save.

    ``blank`` has, for a number of the paper, the columns (0 for the first) that are not signed.
    By keyboard alone: ``a`` for the column, Delete on a square. Returns how many were saved.
    """
    hand.into(box, code)
    grid = hand.shown(SheetGrid)[0]
    hand.until(grid.hasFocus, f"no sheet for {code}")
    model = grid.model()
    for column in range(3, model.columnCount()):
        hand.key(Qt.Key.Key_A, on=grid)
        for row in range(model.rowCount()):
            if column - 3 in blank.get(int(model.index(row, 0).data()), ()):
                while grid.currentIndex().row() < row:
                    hand.key(Qt.Key.Key_Down, on=grid)
                hand.key(Qt.Key.Key_Delete, on=grid)
        while grid.currentIndex().row() > 0:
            hand.key(Qt.Key.Key_Up, on=grid)
        if column + 1 < model.columnCount():
            hand.key(Qt.Key.Key_Right, on=grid)
    hand.settle()
    (ticks, *_more) = hand.counts("Save {count} tick", "Save {count} ticks") or (0,)
    if not ticks:
        return 0  # all of it is known already
    hand.key(Qt.Key.Key_Return, CTRL, on=grid)
    day, page = read_sheet_code(code)[1:]  # type: ignore[index]
    said = ngettext(
        "Page {page} of day {day}: {count} tick saved",
        "Page {page} of day {day}: {count} ticks saved",
        ticks,
    )
    hand.read(said.format(page=page, day=day, count=ticks))
    hand.settle()
    return ticks


def enter_day(
    hand: Hand, codes: Sequence[str], blank: Mapping[int, Sequence[int]] | None = None
) -> int:
    """Take over the sheets with these codes; returns how many squares were saved."""
    box = back_entry(hand)
    return sum(enter_page(hand, box, code, blank or {}) for code in codes)


def issue(hand: Hand, count: int) -> None:
    """Issue this many certificates, and say yes to the last question."""
    verb = ngettext("Issue {count} certificate", "Issue {count} certificates", count)
    hand.press(verb.format(count=count))
    hand.until(lambda: isinstance(hand.window, QDialog), "nobody was asked before the issue")
    hand.press(verb.format(count=count))
    said = ngettext("{count} certificate issued", "{count} certificates issued", count)
    hand.read(said.format(count=count))
    hand.settle()


def save_certificates(hand: Hand, place: Path, count: int) -> list[str]:
    """Save those not printed yet as a PDF; returns the text of each page."""
    hand.key(Qt.Key.Key_S, CTRL)
    hand.until(lambda: isinstance(hand.window, QDialog), "nobody was asked how to save")
    export(hand, place, count)
    pages = reading.poppler(place)
    assert len(pages) == count
    return pages


def export(hand: Hand, place: Path, count: int = 1) -> None:
    """Say where to save, in the dialog that saves certificates, and wait until it is done."""
    verb = ngettext(
        "Choose where to save {count} certificate…",
        "Choose where to save {count} certificates…",
        count,
    )
    with hand.file(place):
        hand.press(verb.format(count=count))
    hand.until(lambda: not isinstance(hand.window, QDialog), "it was not saved")
    hand.settle()


def register(hand: Hand, folder: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    """Save the register of the event as a PDF and as a workbook; returns pages and rows."""
    hand.go("Certificates")
    hand.press("Register")
    hand.settle()
    return register_shown(hand, folder)


def register_shown(hand: Hand, folder: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    """The same of the numbers that are shown."""
    book = save_paper(hand, folder / "register.xlsx", "Save as a workbook…")
    hand.press("Print the register")
    pages = reading.poppler(save_paper(hand, folder / "register.pdf"))
    sheet = openpyxl.load_workbook(book).active
    rows = [
        tuple(str(cell or "") for cell in row)
        for row in sheet.iter_rows(min_row=5, values_only=True)  # type: ignore[union-attr]
    ]
    # All numbers of the register are the event's, so it ends in their sum.
    assert rows[-1][0].startswith("เลขที่ "), rows[-1]
    return pages, [row for row in rows if row[1]]


def by_group(hand: Hand, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Who is here, by group: came and expected of each tile, read one after the other."""
    hand.go("Who is here")
    hand.press("Group")
    hand.settle()
    tiles = hand.shown(Tiles)[0]
    tiles.setFocus()
    read: dict[str, tuple[int, int]] = {}
    for _step in names:
        words = tiles.accessibleName()
        name = next((name for name in names if name in words), words)
        came, expected = numbers_in(words.split(name)[-1])[:2]
        read[name] = (came, expected)
        hand.key(Qt.Key.Key_Right, on=tiles)
    return read


def copy_that_is_checked(hand: Hand, place: Path) -> None:
    """Make a backup copy: the program looks through all of it and says that it is right."""
    hand.go("Settings")
    with hand.file(place):
        hand.press("Make a backup copy…")
    hand.read(_("The copy is at {place} and was checked.").format(place=place))


def certificates(hand: Hand) -> dict[str, int]:
    """Open the page of certificates; returns how many stand in each of its three states."""
    hand.go("Certificates")
    hand.settle()
    parts = ("Passed", "Must come on", "Did not pass")
    return {part: hand.count(_(part) + " {count}") for part in parts}


def rows_of(table: QTableView) -> int:
    """How many rows a table shows."""
    return table.model().rowCount()


def says(words: str, template: str) -> bool:
    """Whether ``words`` hold a sentence of the program, whatever stands in its gaps."""
    parts = re.split(r"\{\w+\}", _(template))
    return all(part.strip() in words for part in parts)


# ── papers ───────────────────────────────────────────────────────────────────────────────────


def save_paper(hand: Hand, place: Path, verb: str = "Save as PDF…") -> Path:
    """Save the paper that is shown, once it can be saved."""
    with hand.file(place):
        hand.press(verb)
    hand.until(lambda: place.exists() and place.stat().st_size, f"{place.name} was not saved")
    hand.settle()
    return place


def roster_paper(hand: Hand, words: str, place: Path) -> Path:
    """Print-menu of the roster: save one of its papers as a PDF."""
    hand.go("Roster")
    hand.press("Print")
    hand.menu(words)
    return save_paper(hand, place)


def sheet_paper(hand: Hand, day: int, folder: Path) -> list[str]:
    """Save the sign-in sheet of a day; returns the text of each page."""
    words = _("Sign-in sheet, day {number}").format(number=day)
    return reading.poppler(roster_paper(hand, words, folder / f"sheet-{day}.pdf"))


def pages_of(paper: Path) -> list[str]:
    """The text of each page."""
    return reading.poppler(paper)


def codes_on(pages: Sequence[str]) -> list[str]:
    """The twelve digits that stand on each page of a sign-in sheet."""
    found = [re.search(r"(?<!\d)(\d{4}) ?(\d{4}) ?(\d{4})(?!\d)", page) for page in pages]
    assert all(found), pages[0]
    return ["".join(hit.groups()) for hit in found if hit]


def badges_on(paper: Path) -> list[str]:
    """What a scanner reads off the badges, in the order they are printed."""
    read: list[str] = []
    # The window may be drawing pages meanwhile, and PDFium takes one thread at a time.
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(paper) as document:
        for page in document:
            image = page.render(scale=3, grayscale=True).to_pil()
            found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
            places = [
                (one.position.top_left.y, one.position.top_left.x, one.text) for one in found
            ]
            rows = sorted({round(y / 90) for y, _x, _text in places})
            read += [
                text
                for _row, _x, text in sorted(
                    (rows.index(round(y / 90)), x, text) for y, x, text in places
                )
            ]
    return read


def numbers_in(words: str) -> list[int]:
    """The numbers that stand in a sentence, in order."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]
