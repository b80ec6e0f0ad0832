# SPDX-License-Identifier: Apache-2.0
"""The referral letter (แบบส่งต่อความช่วยเหลือ): nine items, a signature, a slip to send back.

The nine items stand in the order of the 1300 centre's form, so that whoever receives it finds
them where they are used to. The slip at the foot of the last page says the number of the letter
and of the case and nothing of the person: it goes back by hand, by fax or as a photograph.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from desktop.model.event import DigitStyle
from desktop.printing.box import Box
from desktop.printing.document import MM, Document
from desktop.printing.flow import SOFT, Frame, Strip, gap, print_strips, report_head
from desktop.printing.lines import balance, fit, wrap
from desktop.printing.picture import draw_picture, read_picture
from desktop.printing.prose import LEADING, SIZE, centred, legible, lines_of, paragraph
from desktop.printing.slip import draw_choice, reply_slip
from desktop.printing.typeface import INVISIBLE, typeface
from desktop.printing.watermark import Watermark
from desktop.thai.dates import be_date
from desktop.thai.digits import styled

Urgency = Literal["normal", "urgent", "critical"]

TITLE: Final = "แบบส่งต่อความช่วยเหลือผู้ประสบปัญหาทางสังคม"
ITEMS: Final = (
    "รหัสเรื่อง",
    "ผู้แจ้งข้อมูล",
    "ผู้ขอรับการช่วยเหลือ",
    "ข้อมูลเบื้องต้น",
    "ประเภทปัญหา",
    "รายละเอียดปัญหา/ความต้องการ",
    "การดำเนินงานที่ผ่านมา",
    "ความเห็นนักสังคมสงเคราะห์/ผู้รับผิดชอบ",
    "ความเร่งด่วน",
)
"""The labels of the nine items, in their order (form of the 1300 centre; domain practice §3)."""
_URGENCIES: Final[dict[Urgency, str]] = {
    "normal": "ปกติ",
    "urgent": "ด่วน",
    "critical": "ด่วนที่สุด",
}
_NONE: Final = "ไม่มี"
_FRAME: Final = Frame(left=25, right=20, top=14, bottom=16)
_INDENT: Final = 8 * MM
_SMALL: Final = 10.0
_SIGNING: Final = 12 * MM
_STEP: Final = SIZE * LEADING


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """What the letter says, in words. Texts of any length; empty ones print as ไม่มี."""

    office: str
    to_org: str
    """The agency it goes to."""
    case_no: str
    person: str
    """The person who asks for help: name exactly, and what else identifies them."""
    summary: str
    problems: tuple[str, ...]
    need: str
    opinion: str
    urgency: Urgency
    sent_on: date
    letter_no: str = ""
    informer: str = ""
    done: str = ""
    office_address: str = ""
    emblem: bytes | None = None
    """The office's own emblem, JPEG or PNG. None ships with the program."""
    addressee: str = ""
    """Who is written to, when it is not the agency as a whole: ผู้อำนวยการ…"""
    attachments: tuple[str, ...] = ()
    signatory: str = ""
    position: str = ""
    signature: bytes | None = None
    contact: str = ""
    """Coordinator and telephone."""
    reply_within: int = 3
    """Days in which the slip is hoped for; 0 leaves the sentence out."""
    digits: DigitStyle = "thai"


def referral_pdf(letter: ReferralLetter, *, watermark: Watermark | None) -> bytes:
    """The letter as A4 pages. ``watermark`` is None for a case that is not restricted.

    Raises TextDoesNotFit when the name of the office is longer than three lines.
    """
    document = Document(title=TITLE, subject=letter.letter_no, author=letter.office)
    number = f"ที่ {letter.letter_no}" if letter.letter_no else ""
    case = f"รหัสเรื่อง {letter.case_no}"
    running = " · ".join(each for each in (TITLE, number, case) if each)
    foot = " · ".join(each for each in (letter.office, number) if each)
    strips = [*_opening(letter), *_items(letter), *_closing(letter), *_slip(letter)]
    head = report_head(_FRAME, running, foot)
    return print_strips(document, strips, _FRAME, head, letter.digits, watermark)


def _opening(letter: ReferralLetter) -> list[Strip]:
    """Emblem and title, number and office, date, subject, addressee, the first sentence."""
    strips: list[Strip] = []
    if letter.emblem is not None:
        emblem = read_picture(letter.emblem)
        strips.append(Strip(21 * MM, lambda document, top: draw_picture(
            document, emblem, Box(_FRAME.x, top - 20 * MM, _FRAME.width, 20 * MM)
        ), keep=True))  # fmt: skip
    strips += centred(_FRAME, TITLE, 16, max_lines=2)
    strips.append(Strip(2 * MM, keep=True))
    strips += _number_and_office(letter)
    strips.append(Strip(1.5 * MM))
    middle = _FRAME.x + _FRAME.width / 2
    day = styled(be_date(letter.sent_on, "long", letter.digits), letter.digits)
    strips += lines_of([f"วันที่ {day}"], middle, SIZE)
    strips.append(Strip(1.5 * MM))
    attached = [
        styled(f"{number}. ", letter.digits) + text
        for number, text in enumerate(letter.attachments, 1)
    ] if len(letter.attachments) > 1 else list(letter.attachments)  # fmt: skip
    head = (
        ("เรื่อง", "ส่งต่อผู้ประสบปัญหาทางสังคมเพื่อขอรับความช่วยเหลือ"),
        ("เรียน", letter.addressee or letter.to_org),
        ("หน่วยงาน", letter.to_org if letter.addressee else ""),
        ("สิ่งที่ส่งมาด้วย", "\n".join(attached)),
    )
    for label, text in head:
        strips += _hanging(label, text, 27 * MM if attached else 18 * MM)
    strips.append(gap(1.5))
    sentence = (
        f"ด้วย{letter.office} ได้รับเรื่องของผู้ประสบปัญหาทางสังคมตามรายการข้างล่างนี้ "
        "ซึ่งอยู่ในอำนาจหน้าที่ของท่าน จึงขอส่งเรื่องมาเพื่อพิจารณาให้ความช่วยเหลือ"
    )
    return [*strips, *_indented(sentence), gap(1.5)]


def _number_and_office(letter: ReferralLetter) -> list[Strip]:
    """The number at the left, the office and its address at the right, as letters have it."""
    face = typeface("Sarabun-Regular")
    left = f"ที่ {letter.letter_no}" if letter.letter_no else f"ที่ {'.' * 34}"
    half = _FRAME.width * 0.52
    number = fit(face, legible(left), SIZE, _FRAME.width - half - 4 * MM, smallest=8)
    office = [
        line
        for text in (legible(letter.office), legible(letter.office_address))
        if text
        for line in balance(face, text, SIZE, half, 3, spaces=True) or wrap(face, text, SIZE, half)
    ]
    strips = []
    x = _FRAME.x + _FRAME.width - half
    for index in range(max(len(office), len(number.lines))):

        def draw(document: Document, top: float, index: int = index) -> None:
            base = top - SIZE * 1.08
            if index < len(number.lines):
                line = number.lines[index]
                face.draw(
                    document.canvas, _FRAME.x, base, line, number.size, "left", number.condense
                )
            if index < len(office):
                face.draw(document.canvas, x, base, office[index], SIZE)

        strips.append(Strip(_STEP, draw, keep=True))
    return strips


def _hanging(label: str, text: str, indent: float) -> list[Strip]:
    """A word at the margin and its text beside it; nothing for an empty text."""
    strips = paragraph(_FRAME, text, indent=indent)
    if not strips:
        return []
    first = strips[0]

    def draw(document: Document, top: float) -> None:
        face = typeface("Sarabun-SemiBold")
        face.draw(document.canvas, _FRAME.x, top - SIZE * 1.08, label, SIZE)
        first.draw(document, top)

    return [replace(first, draw=draw), *strips[1:]]


def _indented(sentence: str) -> list[Strip]:
    """A sentence of ours whose first line begins further in."""
    face = typeface("Sarabun-Regular")
    text = legible(sentence)
    first = wrap(face, text, SIZE, _FRAME.width - 15 * MM)[0]
    rest = _after(text, len(first)).strip()
    strips = lines_of([first], _FRAME.x + 15 * MM, SIZE, last_keeps=bool(rest))
    if rest:
        strips += lines_of(wrap(face, rest, SIZE, _FRAME.width), _FRAME.x, SIZE)
    return strips


def _after(text: str, count: int) -> str:
    """What follows the first ``count`` characters that are printed; its own steering stays."""
    for place, character in enumerate(text):
        if count == 0:
            return text[place:]
        count -= ord(character) not in INVISIBLE
    return ""


def _items(letter: ReferralLetter) -> list[Strip]:
    many = [
        styled(f"{number}. ", letter.digits) + text
        for number, text in enumerate(letter.problems, 1)
    ]
    beside = " · ".join(letter.problems)
    room = _FRAME.width - _INDENT - 2 * MM
    room -= typeface("Sarabun-SemiBold").width(f"{ITEMS[4]}  ", SIZE)
    short = typeface("Sarabun-Regular").width(legible(beside), SIZE) <= room
    texts = (
        letter.case_no,
        letter.informer,
        letter.person,
        letter.summary,
        beside if short else "\n".join(many if len(many) > 1 else letter.problems),
        letter.need,
        letter.done,
        letter.opinion,
    )
    strips: list[Strip] = []
    for number, (label, text) in enumerate(zip(ITEMS[:-1], texts, strict=True), 1):
        strips += _item(styled(str(number), letter.digits), label, text)
    return [*strips, _urgency(styled(str(len(ITEMS)), letter.digits), letter.urgency)]


def _item(number: str, label: str, text: str) -> list[Strip]:
    """One item: on one line when it is short, else its text under its label."""
    plain = legible(text) or _NONE
    bold, face = typeface("Sarabun-SemiBold"), typeface("Sarabun-Regular")
    heading = f"{label}  "
    taken = _INDENT + bold.width(heading, SIZE)
    beside = "\n" not in plain and taken + face.width(plain, SIZE) <= _FRAME.width

    def draw(document: Document, top: float) -> None:
        base = top - SIZE * 1.08
        bold.draw(document.canvas, _FRAME.x, base, f"{number}.", SIZE)
        bold.draw(document.canvas, _FRAME.x + _INDENT, base, label, SIZE)
        if beside:
            face.draw(document.canvas, _FRAME.x + taken, base, plain, SIZE)

    below = [] if beside else paragraph(_FRAME, plain, indent=_INDENT)
    return [Strip(_STEP, draw, keep=not beside), *below, gap(1.1)]


def _urgency(number: str, urgency: Urgency) -> Strip:
    def draw(document: Document, top: float) -> None:
        canvas = document.canvas
        bold = typeface("Sarabun-SemiBold")
        base = top - SIZE * 1.08
        bold.draw(canvas, _FRAME.x, base, f"{number}.", SIZE)
        bold.draw(canvas, _FRAME.x + _INDENT, base, ITEMS[-1], SIZE)
        x = _FRAME.x + _INDENT + bold.width(ITEMS[-1], SIZE) + 7 * MM
        for value, word in _URGENCIES.items():
            x = draw_choice(canvas, x, base, word, chosen=value == urgency)

    return Strip(_STEP, draw)


def _closing(letter: ReferralLetter) -> list[Strip]:
    """The last sentence and the signature; they stand with the slip on one page."""
    sentence = "จึงเรียนมาเพื่อพิจารณา"
    if letter.reply_within:
        days = styled(str(letter.reply_within), letter.digits)
        sentence += f" และขอให้ส่งใบตอบรับท้ายหนังสือนี้กลับมาภายใน {days} วันทำการ"
    closing = [gap(1.5), *_indented(sentence), gap(1)]
    face = typeface("Sarabun-Regular")
    half = _FRAME.width * 0.6
    middle = _FRAME.x + _FRAME.width - half / 2
    closing += lines_of(["ขอแสดงความนับถือ"], middle, SIZE, align="centre")
    picture = read_picture(letter.signature) if letter.signature is not None else None

    def sign(document: Document, top: float) -> None:
        if picture is not None:
            box = Box(middle - 25 * MM, top - _SIGNING, 50 * MM, _SIGNING)
            draw_picture(document, picture, box)

    closing.append(Strip(_SIGNING, sign))
    name = legible(f"({letter.signatory})") if letter.signatory else f"( {'.' * 50} )"
    right = balance(face, name, SIZE, half, 3, spaces=True) or wrap(face, name, SIZE, half)
    if letter.position:
        position = legible(letter.position)
        right += balance(face, position, SIZE, half, 3) or wrap(face, position, SIZE, half)
    left: list[str] = []
    if letter.contact:
        across = _FRAME.width - half - 4 * MM
        left = ["ผู้ประสานงาน", *wrap(face, legible(letter.contact), _SMALL, across)]
    rows = max(len(left), len(right))
    for index in range(rows):

        def under(document: Document, top: float, index: int = index) -> None:
            base = top - SIZE * 1.08
            if index < len(right):
                face.draw(document.canvas, middle, base, right[index], SIZE, "centre")
            from_end = index - (rows - len(left))
            if from_end >= 0:
                document.canvas.setFillColorRGB(*SOFT)
                face.draw(document.canvas, _FRAME.x, base, left[from_end], _SMALL)

        closing.append(Strip(_STEP, under))
    return [replace(each, keep=True) for each in closing]


def _slip(letter: ReferralLetter) -> list[Strip]:
    """The number of the letter and of the case, and nothing of the person."""
    number = letter.letter_no or "." * 30
    day = be_date(letter.sent_on, "long", letter.digits)
    told = f"ได้รับเรื่องส่งต่อ ที่ {number} ลงวันที่ {day} รหัสเรื่อง {letter.case_no} แล้ว"
    back = (f"ส่งกลับ {letter.office}", letter.office_address, letter.contact)
    return reply_slip(_FRAME, "  ".join(each for each in back if each), told)
