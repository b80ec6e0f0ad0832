# SPDX-License-Identifier: Apache-2.0
"""The evaluation sheets of an event together: scores, knowledge before and after, suggestions.

A sheet carries no name, so what is shown of it is shown to everybody of the office.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from desktop.actions.paper_filling import NothingToPrint
from desktop.i18n import _
from desktop.model.evaluation import SCALE, Evaluation, EvaluationSummary, Score, summarise
from desktop.model.event import DigitStyle
from desktop.model.record import EVALUATION, Core, Record
from desktop.store import event as events
from desktop.store import form as forms
from desktop.store import record as records
from desktop.store.facilitator import office
from desktop.store.form_list import StoreLists
from desktop.store.store import Store
from desktop.thai.digits import styled
from desktop.xforms.form import Form
from desktop.xforms.journal import Clock, begin

if TYPE_CHECKING:
    from desktop.printing.listing import Cell, ListRow

Kind = Literal["pdf", "xlsx"]
_PREFIX: Final = "evaluation.e_"
BEFORE: Final = "evaluation.e_know_before"
AFTER: Final = "evaluation.e_know_after"


@dataclass(frozen=True, slots=True)
class EvaluationStory:
    """The summary, and how the form words its questions."""

    summary: EvaluationSummary = field(default_factory=EvaluationSummary)
    words: Mapping[str, str] = field(default_factory=dict)


def evaluation_story(
    store: Store, by: str, event_id: str = "", language: str = "th"
) -> EvaluationStory:
    """The sheets of an event, or of all. For a thread: it opens the form.

    Questions are worded as the newest version of the form that was used words them.
    """
    with store.read() as conn:
        found = records.of_form(conn, by, EVALUATION, event_id)
        versions = {one.form_version for one in found}
        data = {one: forms.form(conn, EVALUATION, one) for one in versions}
    if not found:
        return EvaluationStory()
    known = {
        version: Form.load(data[version], StoreLists(store, EVALUATION, by, "", version))
        for version in sorted(versions)
    }
    words: dict[str, str] = {}
    for form in known.values():
        words |= _words(form, language, found[0])
    sheets = [_sheet(known[one.form_version], one) for one in found]
    return EvaluationStory(summarise(sheets, words, BEFORE, AFTER), words)


def evaluation_paper(store: Store, by: str, event_id: str = "", *, kind: Kind = "pdf") -> bytes:
    """Report 18: how the event was judged. Raises :class:`NothingToPrint`."""
    from desktop.printing.heading import Heading
    from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx

    story = evaluation_story(store, by, event_id)
    found = story.summary
    if not found.sheets:
        raise NothingToPrint(_("There is nothing to print yet."))
    with store.read() as conn:
        event = events.event(conn, event_id) if event_id else None
        ours = office(conn).name
    digits: DigitStyle = event.digits if event is not None else "arabic"
    name = "" if event is None else " ".join(e for e in (event.name, event.batch) if e)
    heading = Heading(
        "สรุปผลการประเมิน ก่อน–หลัง",
        name or "ทุกกิจกรรมของหน่วยงาน",
        styled(f"ผู้ตอบแบบประเมิน {found.sheets:,} คน", digits),
        ours,
    )
    columns = [
        ListColumn("ข้อ", 14, "centre"),
        ListColumn(styled("รายการประเมิน (1 น้อยที่สุด 5 มากที่สุด)", digits), 131),
        *(ListColumn(styled(str(step), digits), 18, "right") for step in SCALE),
        ListColumn("ค่าเฉลี่ย", 26, "right"),
        ListColumn("ผู้ตอบ", 16, "right"),
    ]
    rows = [
        ListRow((
            number, story.words[one.question], *one.counts,
            _mean(one, kind, digits), one.answered,
        ))
        for number, one in enumerate(found.scores, 1)
    ]  # fmt: skip
    rows += _told(found, digits)
    notes = [f"{number}. {text}" for number, text in enumerate(found.suggestions, 1)]
    notes = ["ข้อเสนอแนะ", *notes] if notes else []
    with store.write(by) as write:
        write.audit("print" if kind == "pdf" else "export", "evaluation", detail="summary")
    if kind == "xlsx":
        return list_xlsx(heading, "ผลประเมิน", columns, rows, digits, notes=notes)
    return list_pdf(heading, columns, rows, digits, notes=notes)


def _mean(score: Score, kind: Kind, digits: DigitStyle) -> Cell:
    """A mean with two places; a workbook can count with it."""
    if score.mean is None:
        return None
    words = f"{score.mean:.2f}"
    return Decimal(words) if kind == "xlsx" else styled(words, digits)


def _told(found: EvaluationSummary, digits: DigitStyle) -> list[ListRow]:
    """What stands under the scores: what was learnt, and who passes it on."""
    from desktop.printing.listing import ListRow

    bands = []
    if found.before is not None and found.after is not None and found.gain is not None:
        bands.append(
            f"ความรู้ก่อนอบรมเฉลี่ย {found.before:.2f} หลังอบรมเฉลี่ย {found.after:.2f} "
            f"เปลี่ยนแปลง {found.gain:+.2f} (รู้มากขึ้น {found.better:,} จาก {found.compared:,} คน)"
        )
    if found.asked_on:
        bands.append(
            f"จะนำไปถ่ายทอดต่อ {found.passes_on:,} จาก {found.asked_on:,} คน "
            f"ตั้งใจถ่ายทอดให้เด็กและเยาวชน {found.reaches:,} คน"
        )
    return [ListRow((styled(text, digits),), "band") for text in bands]


def _words(form: Form, language: str, record: Record) -> dict[str, str]:
    """The scored questions of a form by what they are, in its order."""
    session = begin(
        form,
        record=record.id,
        clock=Clock(datetime.fromisoformat(record.finished_at)),
        language=language,
    )
    found = {}
    for path, meaning in form.core.items():
        control = form.control(path)
        if meaning.startswith(_PREFIX) and control is not None:
            found[meaning] = session.label(control)
    return found


def _sheet(form: Form, record: Record) -> Evaluation:
    answers: Any = json.loads(record.answers)
    values = {meaning: _answer(answers, path) for path, meaning in form.core.items()}
    core = Core(values)
    scores = {
        key: number
        for key in values
        if key.startswith(_PREFIX) and (number := core.whole(key)) in SCALE
    }
    said = core.text("evaluation.will_transfer")
    return Evaluation(
        {key: number for key, number in scores.items() if number is not None},
        None if not said else core.yes("evaluation.will_transfer"),
        core.whole("evaluation.n_transfer") or 0,
        " ".join(core.text("evaluation.suggest").split()),
    )


def _answer(answers: Any, path: tuple[str, ...]) -> str:
    """An answer in the kept ones; the form has no repeats. Empty where none is."""
    for name in path[1:]:
        answers = answers.get(name) if isinstance(answers, dict) else None
    if isinstance(answers, dict):  # an answer with attributes has itself under an empty name
        answers = answers.get("")
    return answers if isinstance(answers, str) else ""
