# SPDX-License-Identifier: Apache-2.0
"""Answers, undoing, sections and instances in any order: the screen and the journal keep up."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.number import NumberQuestion
from desktop.ui.forms.questions.one import SelectOne
from desktop.ui.forms.questions.several import SelectSeveral
from desktop.ui.forms.questions.text import TextQuestion
from desktop.ui.forms.repeat import RepeatBlock
from desktop.xforms.codec import to_json
from tests.ui.forms.sitting import Sitting

_STEPS = 90


def answer(sitting: Sitting, chance: random.Random) -> None:
    """Answer one of the questions on the screen, sometimes with what is not allowed."""
    shown = [one for one in sitting.view.findChildren(Question) if one.isVisible()]
    if not shown:
        return
    question = chance.choice(shown)
    if isinstance(question, SelectOne):
        cards = [card for card in question.stops() if card.isEnabled()]
        values = question.view.session.choices(question.control, question.node)
        if cards and values:
            question.show_value(chance.choice(values).value)
            question._give(question._shown)
    elif isinstance(question, SelectSeveral):
        chance.choice(question._cards()).click()
    elif isinstance(question, NumberQuestion | TextQuestion):
        question._line.setText(chance.choice(("", "12", "๑๓๐", "มานี")))
        question.leave()


def step(sitting: Sitting, chance: random.Random) -> None:
    """Do one thing that a facilitator may do."""
    view, dice = sitting.view, chance.random()
    blocks = [one for one in view.findChildren(RepeatBlock) if one.isVisible()]
    if dice < 0.6:
        answer(sitting, chance)
    elif dice < 0.72:
        view.go_to(chance.randrange(3))
    elif dice < 0.8 and blocks:
        view.add_instance(blocks[0].repeat, blocks[0].within)
    elif dice < 0.85 and blocks and blocks[0].rows:
        view.remove_instance(chance.choice(blocks[0].rows).node)
    elif dice < 0.93:
        view.undo()
    elif dice < 0.97:
        view.redo()
    else:
        view.answering.speak(chance.choice(view.session.form.languages))
    QApplication.processEvents()


@pytest.mark.parametrize("seed", [3, 14, 159])
def test_the_screen_shows_what_the_session_holds_and_the_journal_says_the_same(
    sitting: Sitting, seed: int
) -> None:
    """Mutants: ``Shown`` forgets one kind of change; a step is noted in another order."""
    chance = random.Random(seed)
    view = sitting.begin()
    for _step in range(_STEPS):
        step(sitting, chance)
    sitting.settle()
    for question in view.findChildren(Question):
        node = question.node
        if question not in set(view._shown.questions()):
            continue  # its instance is gone
        assert question.isHidden() or node.relevant
        assert question._required == node.required
        if isinstance(question, SelectOne | SelectSeveral | NumberQuestion | TextQuestion):
            assert question.typed() in (None, node.value) or question.trouble()
    kept = to_json(view.session)
    which = view.draft_id
    sitting.page.sheet = None
    assert to_json(sitting.open(which).session) == kept
