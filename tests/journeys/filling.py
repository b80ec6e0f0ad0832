# SPDX-License-Identifier: Apache-2.0
"""A facilitator's hand on a form: from question to question with Tab, each answered by keys.

What is to be answered is told by the words of the questions. A question is left alone when what
is wanted stands there already, and when nothing is wanted of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop.i18n import _
from desktop.thai.digits import to_arabic
from desktop.ui.forms.pad import SignaturePad
from desktop.ui.forms.picture_frame import PictureFrame
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.options import CheckCard, RadioCard
from desktop.ui.forms.questions.people import PeopleQuestion
from desktop.ui.forms.repeat import InstanceRow, RepeatBlock
from desktop.ui.forms.view import FormView
from tests.journeys.hand import CTRL, Hand

W = TypeVar("W", bound=QWidget)
SIGNED: Final = "✍"
"""Somebody signs with the mouse."""
Answer = str | tuple[str, ...] | Path
"""Words; several choices or people; a picture to be chosen."""
Answers = Mapping[str, Answer | Sequence[Answer]]
"""By the words of the question; a list has one answer for each round of a repeat."""
_MOST: Final = 400


@dataclass
class Filled:
    """What a walk through a form came upon."""

    found: list[str] = field(default_factory=list)
    """Questions that held what is wanted already."""
    typed: list[str] = field(default_factory=list)
    """Questions that were answered now."""
    seen: list[str] = field(default_factory=list)
    """Every question the Tab key stopped at."""


@dataclass
class Filling:
    """One walk. ``told`` hears of each answer once it is on the disk; the words of the question
    in ``half`` are typed to their middle, ``halfway`` is called, and nothing more is done.
    """

    hand: Hand
    answers: Answers
    told: Callable[[str], object] = lambda _question: None
    half: str = ""
    halfway: Callable[[], object] = lambda: None
    done: Filled = field(default_factory=Filled)

    def __post_init__(self) -> None:
        self._rounds = {
            question: [*wanted] for question, wanted in self.answers.items() if _is_list(wanted)
        }
        self._begun: set[Question] = set()

    def walk(self) -> Filled:
        """From where the focus is to the end of the last section."""
        for _press in range(_MOST):
            if not self._step():
                break
        else:
            raise AssertionError(f"no end of the form; the last were {self.done.seen[-9:]}")
        missing = [question for question, rounds in self._rounds.items() if rounds]
        missing += [one for one in self.answers if one not in self.done.seen]
        assert not missing, f"never asked: {missing}"
        return self.done

    def _step(self) -> bool:
        """Answer where the focus is, and go on to the next stop; False at the end."""
        stop, hand = _stop(self.hand), self.hand
        question, row = above(stop, Question), above(stop, InstanceRow)
        block = above(stop, RepeatBlock)
        if question is not None:
            if question not in self._begun:
                self._begun.add(question)
                self._come_to(question)
            if above(_stop(hand), Question) is not question:
                return True  # to answer it was to go on
        elif row is not None:
            if stop is row.line and not row.is_open:
                hand.key(Qt.Key.Key_Space)
                return True
        elif block is not None and self._wants_more(block):
            hand.key(Qt.Key.Key_Space)
            hand.settle()
            return True
        elif block is None:
            return self._turn()
        stop = _stop(hand)
        hand.key(Qt.Key.Key_Tab)
        return _stop(hand) is not stop or self._turn()

    def _turn(self) -> bool:
        """Go to the next page; False when there is none."""
        if self.hand.shown(FormView)[0].at_end:
            return False
        self.hand.key(Qt.Key.Key_PageDown, CTRL)
        self.hand.settle()
        return True

    def _wants_more(self, block: RepeatBlock) -> bool:
        """Whether there are answers for one more round of this repeat."""
        asked = {one.name for one in block.findChildren(Question)}
        return any(self._rounds.get(name) for name in asked)

    def _come_to(self, question: Question) -> None:
        name = question.name
        self.done.seen.append(name)
        wanted = self.answers.get(name)
        if wanted is None:
            return
        if _is_list(wanted):
            rounds = self._rounds[name]
            if not rounds:
                return
            wanted = rounds.pop(0)
        assert isinstance(wanted, str | tuple | Path)
        if same(shown(question), wanted):
            self.done.found.append(name)
            return
        if name == self.half:
            assert isinstance(wanted, str)
            commit(_stop(self.hand), wanted[: len(wanted) // 2])
            QApplication.processEvents()
            self.halfway()
            return
        self._answer(question, wanted)
        self.done.typed.append(name)
        self.told(name)

    # ── the kinds of answers ─────────────────────────────────────────────────────────────────

    def _answer(self, question: Question, wanted: Answer) -> None:
        stop, hand = _stop(self.hand), self.hand
        if isinstance(stop, PictureFrame):
            assert isinstance(wanted, Path)
            with hand.file(wanted):
                hand.key(Qt.Key.Key_Space, on=stop)
            hand.until(lambda: shown(question), f"no picture for {question.name}")
            hand.settle()
        elif isinstance(stop, SignaturePad):
            sign(hand, stop)
            hand.key(Qt.Key.Key_Tab)  # to leave it is to keep it
            hand.until(lambda: shown(question), "the signature was not kept")
            hand.settle()
        elif isinstance(stop, RadioCard):
            names = [card.accessibleName() for card in _cards(question)]
            hand.key(Qt.Key(ord("1") + names.index(str(wanted))), on=stop)
            hand.settle()
            assert same(shown(question), wanted), f"{question.name}: {wanted}"
        elif isinstance(question, PeopleQuestion):
            assert isinstance(wanted, tuple)
            for name in wanted:
                self._name_one(question, name)
        elif isinstance(wanted, tuple):
            self._tick(question, wanted)
        else:
            assert isinstance(stop, QLineEdit | QPlainTextEdit), (question.name, stop)
            assert isinstance(wanted, str)
            stop.selectAll()
            commit(stop, wanted)
            hand.settle()  # what is offered has come
            hand.key(Qt.Key.Key_Tab)
            hand.settle()
            said = shown(question)
            assert same(said, wanted), f"{question.name}: {wanted!r} became {said!r}"

    def _name_one(self, question: Question, name: str) -> None:
        line = question.findChildren(QLineEdit)[0]
        self.hand.into(line, name)
        self.hand.settle()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self.hand.key(Qt.Key.Key_Down)
        self.hand.key(Qt.Key.Key_Return, on=line)
        self.hand.settle()
        assert name in shown(question), f"{name} was not named"

    def _tick(self, question: Question, wanted: tuple[str, ...]) -> None:
        """Tick these: found by typing where the list is long, otherwise with the arrows."""
        hand = self.hand
        find = next((one for one in question.findChildren(QLineEdit) if one.isVisible()), None)
        for word in wanted:
            if find is not None:
                hand.into(find, word)
                hand.key(Qt.Key.Key_Return, on=find)
            for _press in range(60):
                if _stop(self.hand).accessibleName() == word:
                    break
                hand.key(Qt.Key.Key_Down)
            else:
                raise AssertionError(f"{question.name} has no {word!r}")
            card = _stop(hand)
            if isinstance(card, CheckCard) and not card.isChecked():
                hand.key(Qt.Key.Key_Space)
            if find is not None:
                hand.into(find, "")
            else:
                for _press in range(60):
                    hand.key(Qt.Key.Key_Up)
        hand.settle()
        assert same(shown(question), wanted), (question.name, wanted, shown(question))


# ── reading ──────────────────────────────────────────────────────────────────────────────────


def shown(question: Question) -> str:
    """What a question shows as its answer, empty for none."""
    cards = [card.accessibleName() for card in _cards(question) if card.isChecked()]
    if cards or _cards(question):
        return " · ".join(cards)
    if isinstance(question, PeopleQuestion):
        chips = [one.text() for one in question.chips.findChildren(QAbstractButton)]
        return " · ".join(chips)
    pictures = question.findChildren(PictureFrame)
    if pictures:
        return pictures[0].accessibleDescription() if pictures[0].image is not None else ""
    pads = question.findChildren(SignaturePad)
    if pads:
        return SIGNED if _("Signed") in pads[0].accessibleDescription() else ""
    lines = [one.text() for one in question.findChildren(QLineEdit) if one.isVisible()]
    texts = [one.toPlainText() for one in question.findChildren(QPlainTextEdit)]
    return " ".join(one for one in (*lines, *texts) if one).strip()


def same(said: str, wanted: Answer) -> bool:
    """Whether what stands there is what is wanted, in whichever digits and punctuation."""
    if isinstance(wanted, Path):
        return bool(said)
    if isinstance(wanted, tuple):
        return sorted(said.split(" · ")) == sorted(wanted)
    return _bare(wanted) in _bare(said) if wanted else not said


def _bare(text: str) -> str:
    return "".join(one for one in to_arabic(text) if one not in " -,.\u200b\u2060")


def _cards(question: Question) -> list[RadioCard | CheckCard]:
    found: list[RadioCard | CheckCard] = list(question.findChildren(RadioCard))
    found += question.findChildren(CheckCard)
    return [card for card in found if not card.isHidden()]


def above(widget: QWidget | None, kind: type[W]) -> W | None:
    """The widget of a kind that ``widget`` stands in."""
    while widget is not None and not isinstance(widget, kind):
        widget = widget.parentWidget()
    return widget


def _stop(hand: Hand) -> QWidget:
    """Where the focus is."""
    hand.wake()
    hand.until(QApplication.focusWidget, "nothing has the focus")
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _is_list(wanted: object) -> bool:
    return isinstance(wanted, list)


# ── doing ────────────────────────────────────────────────────────────────────────────────────


def commit(line: QWidget, text: str) -> None:
    """Give text to a line as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def sign(hand: Hand, pad: SignaturePad) -> None:
    """Sign with the mouse: two strokes."""
    for left in (60, 140):
        points = [QPoint(left + 9 * step, 60 + (step % 3) * 14) for step in range(8)]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
    assert pad.strokes == 2
    hand.settle()


def begin_visit(hand: Hand) -> None:
    """Begin a visit to a household that is new, as part of the event in hand."""
    hand.go("Home visits")
    hand.key(Qt.Key.Key_F3)
    hand.until(lambda: hand.window is not hand.start.window, "nobody asked whom to visit")
    hand.settle()
    hand.press("Begin with a new household")
    hand.until(lambda: hand.shown(FormView), "no form was opened")
    hand.settle()


def to_the_first_page(hand: Hand) -> None:
    """Go back to the first section."""
    view = hand.shown(FormView)[0]
    while not view.at_start:
        hand.key(Qt.Key.Key_PageUp, CTRL)
        hand.settle()


def go_on(hand: Hand) -> None:
    """Take up the one visit that is not finished, where it was left."""
    hand.go("Home visits")
    hand.count(
        "{count} visit is not finished. It is kept on this laptop.",
        "{count} visits are not finished. They are kept on this laptop.",
    )
    hand.press("Go on filling")
    hand.until(lambda: hand.shown(FormView), "no form was opened")
    hand.settle()


def file_it(hand: Hand, title: str) -> None:
    """F9: check and file; what is missing fails the story."""
    hand.key(Qt.Key.Key_F9)

    def answered() -> bool:
        return any(one.frozen or one.on_summary for one in hand.shown(FormView))

    hand.until(answered, f"{title} was not filed")
    hand.settle()
    missing = [one.summary.lines for one in hand.shown(FormView) if one.on_summary]
    assert not missing, missing
