# SPDX-License-Identifier: Apache-2.0
"""A form of 300 questions in the window: opened, answered, and with 100 instances of a repeat.

    python -m tests.bench.bench_form_window [--answers 200]

The real view over a real encrypted store, offscreen. "Answer to repaint" is from the moment the
answer is given until everything it changed is painted and the loop has nothing left to do; the
journal writes it meanwhile on its own thread. Beside it: the engine alone for the same answers.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop.actions import draft
from desktop.settings import Settings
from desktop.store import form as forms
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.question import Question
from desktop.ui.forms.questions.number import NumberQuestion
from desktop.ui.forms.questions.one import SelectOne
from desktop.ui.forms.questions.text import TextQuestion
from desktop.ui.forms.view import FormView
from desktop.ui.tasks import Tasks
from desktop.xforms import journal
from desktop.xforms.form import Form
from tests.actions.office_ground import BY, NOW, Ground
from tests.bench import figures
from tests.bench.figures import Figure, percentile
from tests.xforms.authored import large

OPEN = 150.0
REPAINT = 16.0
TURN = 100.0
INSTANCES = 100
_WINDOW = (1158, 600)


class Sitting:
    """A desk over a store with the form, and a draft of it."""

    def __init__(self, folder: Path, data: bytes) -> None:
        self.ground, self.tasks = Ground(folder), Tasks()
        self.desk = Desk(self.ground.store, self.tasks, BY, Settings(), lambda: NOW)
        self.data = data
        with self.ground.store.write(BY) as write:
            forms.put_form(write, "large", "1", ("large", "large"), data)
        self.draft_id = draft.begin(self.ground.store, BY, "large").value.id

    def close(self) -> None:
        self.tasks.close()
        self.ground.store.close()


def show(app: QApplication, view: FormView) -> None:
    """Show a view and paint it."""
    view.resize(*_WINDOW)
    view.show()
    paint(app)


def paint(app: QApplication) -> None:
    """Until nothing is left to be laid out or painted."""
    for _turn in range(3):
        # Layouts are asked for in one turn and done in the next; what changed is painted then.
        app.sendPostedEvents()
        app.processEvents()


def opened(app: QApplication, sitting: Sitting, *, one_scroll: bool) -> float:
    """Milliseconds from the form's bytes to its first screen."""
    begun = time.perf_counter()
    form = Form.load(sitting.data)
    session = journal.begin(form, record=sitting.draft_id, clock=journal.Clock(NOW))
    view = FormView(sitting.desk, session, sitting.draft_id, one_scroll=one_scroll)
    view.resize(*_WINDOW)
    view.show()
    app.processEvents()  # laid out and painted; what is below the screen is made after this
    took = (time.perf_counter() - begun) * 1000
    view.close()
    view.deleteLater()
    app.processEvents()
    return took


def value_for(question: Question, chance: random.Random) -> str:
    """An answer this question takes."""
    if isinstance(question, NumberQuestion):
        return str(chance.randint(1, 99))
    if isinstance(question, SelectOne):
        choices = question.view.session.choices(question.control, question.node)
        return chance.choice(choices).value
    return f"ข้อความ {chance.randint(1, 999)}"


def answers(app: QApplication, view: FormView, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each answer to its repaint, and of the engine alone for the same."""
    chance = random.Random(7)
    painted: list[float] = []
    alone: list[float] = []
    kinds = (NumberQuestion, SelectOne, TextQuestion)
    while len(painted) < count:
        there = [
            one
            for one in view.findChildren(Question)
            if isinstance(one, kinds) and one.isVisible() and not one.node.readonly
        ]
        question = chance.choice(there)
        value = value_for(question, chance)
        if value == question.node.value:
            continue
        begun = time.perf_counter()
        question.show_value(value)
        question.commit(value)
        paint(app)
        painted.append((time.perf_counter() - begun) * 1000)
        other = "" if question.node.value != "" else value
        begun = time.perf_counter()
        view.session.answer(question.node, other)
        alone.append((time.perf_counter() - begun) * 1000)
        view.show_changes(view.session.answer(question.node, value))
        paint(app)
    return painted, alone


def grown(app: QApplication, sitting: Sitting) -> tuple[FormView, list[float], list[float]]:
    """A view of the first repeat with 100 instances; how long adding took: shown, engine."""
    form = Form.load(sitting.data)
    session = journal.begin(form, record=sitting.draft_id, clock=journal.Clock(NOW))
    view = FormView(sitting.desk, session, sitting.draft_id)
    show(app, view)
    repeat = next(one for one in form.controls() if one.kind == "repeat")
    place = next(number for number, one in enumerate(form.body) if one.path == repeat.path)
    view.go_to(place)
    paint(app)
    shown: list[float] = []
    alone: list[float] = []
    while len(session.instances(repeat)) < INSTANCES:
        begun = time.perf_counter()
        view.add_instance(repeat, session.root)
        paint(app)
        shown.append((time.perf_counter() - begun) * 1000)
        if len(session.instances(repeat)) == 50:
            begun = time.perf_counter()
            made, _changes = session.add(repeat)
            alone.append((time.perf_counter() - begun) * 1000)
            session.remove(made)
    return view, shown, alone


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply_theme(app, "light")
    data = large()
    with figures.folder() as place:
        sitting = Sitting(place / "profile", data)
        opened(app, sitting, one_scroll=False)  # the imports, once
        paged = [opened(app, sitting, one_scroll=False) for _one in range(chosen.rounds)]
        scrolled = [opened(app, sitting, one_scroll=True) for _one in range(chosen.rounds)]
        view, adding, engine = grown(app, sitting)
        painted, alone = answers(app, view, chosen.answers)
        turning = []
        for step in (0, 1, 2, 3, 4, 5, 6, 7):
            begun = time.perf_counter()
            view.go_to(step)
            paint(app)
            turning.append((time.perf_counter() - begun) * 1000)
        sitting.close()
    many = f"{INSTANCES} instances"
    return figures.conclude(
        [
            Figure("form of 300 opened, a section a page", percentile(paged, 50), OPEN, "ms"),
            Figure("form of 300 opened, one scroll", percentile(scrolled, 50), OPEN, "ms"),
            Figure(
                f"answer to repaint, p95, {many}",
                percentile(painted, 95),
                REPAINT,
                "ms",
                f"median {percentile(painted, 50):.1f} ms; engine alone p95 "
                f"{percentile(alone, 95):.2f} ms",
            ),
            Figure(
                f"an instance added and shown, p95, up to {many}",
                percentile(adding, 95),
                REPAINT * 4,
                "ms",
                f"median {percentile(adding, 50):.1f} ms; engine alone at 50 {engine[0]:.2f} ms",
            ),
            Figure("a section turned to, p95", percentile(turning, 95), TURN, "ms"),
        ],
        chosen,
    )


if __name__ == "__main__":
    sys.exit(main())
