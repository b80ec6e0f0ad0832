# SPDX-License-Identifier: Apache-2.0
"""The summary: problems by target group or tambon, for a time and a place; printed and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.i18n import N_, _
from desktop.model.summary import Axis, Span, table
from desktop.store import codelist
from desktop.thai import dates
from desktop.ui import theme
from desktop.ui.page import Page
from desktop.ui.parts.case_printing import Kind, Make, print_paper, save_paper
from desktop.ui.parts.case_tab import CaseTab
from desktop.ui.parts.case_terms import place_words, tambon_word
from desktop.ui.tables.summary import SummaryModel
from desktop.ui.widgets.columns import wide_enough
from desktop.ui.widgets.empty import Empty
from desktop.ui.widgets.field import Choice
from desktop.ui.widgets.figure import Figure
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.table import Table as TableView
from desktop.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from desktop.model.summary import AlertTotals, CaseFact, FollowUpTotals, ReferralTotals
    from desktop.store.store import Store

_EVENT: Final = "event"
_ALL: Final = "all"
_PLACE: Final = 84
_WIDEST: Final = 230
FIGURES: Final = {
    "visits": N_("home visits"),
    "cases": N_("cases"),
    "letters": N_("letters taken up"),
    "follow_ups": N_("follow-ups done"),
    "alerts": N_("alerts"),
}


@dataclass(frozen=True, slots=True)
class _Counts:
    facts: tuple[CaseFact, ...]
    visits: int
    letters: ReferralTotals
    follow_ups: FollowUpTotals
    alerts: AlertTotals


class SummaryView(CaseTab):
    """Counts only: nobody is named, and restricted cases are counted like the others."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._counts: _Counts | None = None
        self._span = Span()
        self.print = page.command(_("Print the summary"), self._print, "F5", "printer")
        self.book = page.command(
            _("Save as a workbook…"), partial(self._save, "xlsx"), "Ctrl+S", "file-spreadsheet"
        )
        self.when = Choice(parent=self)
        self.when.setAccessibleName(_("Of when"))
        self.where = Choice([("", _("Every tambon"))], "", self)
        self.where.setAccessibleName(_("Tambon"))
        self.axis = Choice(
            [("target", _("by target group")), ("area", _("by tambon"))], "target", self
        )
        self.axis.setAccessibleName(_("Columns"))
        self.which = Choice(
            [(True, _("Home visits alone")), (False, _("With cases of alerts"))], True, self
        )
        self.which.setAccessibleName(_("Which cases"))
        self.public = Tick(_("Version for the public"), parent=self)
        self.public.setToolTip(_("Numbers from 1 to 10 are not shown"))
        self.figures = {name: Figure(_(word), parent=self) for name, word in FIGURES.items()}
        self.model = SummaryModel(self)
        self.table = TableView(_("Summary"), self.model, parent=self)
        self.note = Label("", "small", "quiet", parent=self)
        self._visits = page.command(
            _("Go to home visits"), lambda: page.go.emit("household", None), "", "map-pinned"
        )
        self._empty = Empty(
            "chart-column",
            _("Nothing to sum up yet"),
            _("Home visits and alerts are counted here by problem, target group and tambon."),
            (self._visits,),
            self,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay()
        for choice in (self.when, self.where, self.which):
            choice.chose.connect(lambda _value: self.reload())
        self.axis.chose.connect(lambda _value: self._fill())
        self.public.toggled.connect(lambda _on: self._fill())
        self.setFocusProxy(self.when)

    def _lay(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice in (self.when, self.where, self.axis, self.which):
            choice.setMaximumWidth(theme.scaled(230))
            row.addWidget(choice)
        row.addStretch(1)
        row.addWidget(self.public)
        figures = QHBoxLayout()
        figures.setSpacing(32)
        for figure in self.figures.values():
            figures.addWidget(figure)
        figures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(figures)
        column.addWidget(self._stack, 1)
        column.addWidget(self.note)

    def offers(self) -> tuple[QAction | None, tuple[QAction, ...]]:
        if self._counts is None or not self._counts.facts:
            return None, ()
        return self.print, (self.book,)

    def keys(self) -> tuple[QAction, ...]:
        return (self._visits,)

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def _offer_times(self) -> None:
        today = self.desk.now().date()
        year = dates.fiscal_year(today)
        kept = self.when.value()
        options: list[tuple[object, str]] = []
        if self.desk.event_id:
            options.append((_EVENT, _("The event in hand")))
        for back in range(3):
            words = _("Fiscal year {year}").format(year=year - back)
            options.append((year - back, words))
        options.append((_ALL, _("All years")))
        wanted = kept if any(kept == value for value, _word in options) else options[0][0]
        self.when.set_options(options, wanted)

    def _asked(self) -> Span:
        when, area = self.when.value(), self.where.value() or ""
        if when == _EVENT:
            return Span(event_id=self.desk.event_id, area=area)
        if isinstance(when, int):
            # A fiscal year พ.ศ. begins on 1 October of the year before.
            gregorian = when - 543
            return Span(date(gregorian - 1, 10, 1), date(gregorian, 9, 30), area)
        return Span(area=area)

    def reload(self) -> None:
        self._offer_times()
        span, visited = self._asked(), bool(self.which.value())
        today = self.desk.now().date()

        def read(store: Store) -> tuple[Span, _Counts, frozenset[str]]:
            from dataclasses import replace

            from desktop.store import summary

            with store.read() as conn:
                everywhere = summary.cases(conn, replace(span, area=""), visited=visited)
                counts = _Counts(
                    summary.cases(conn, span, visited=visited),
                    summary.visits(conn, span),
                    summary.referrals(conn, span, today),
                    summary.follow_ups(conn, span, today),
                    summary.alerts(conn, span),
                )
            return span, counts, frozenset(fact.area for fact in everywhere if fact.area)

        self.desk.look(self, read, self._show, latest="summary")

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def _show(self, held: tuple[Span, _Counts, frozenset[str]]) -> None:
        self._span, self._counts, areas = held
        kept = self.where.value() or ""
        places = sorted((place_words(one), one) for one in {*areas, *filter(None, [kept])})
        self.where.set_options(
            [("", _("Every tambon")), *((code, words) for words, code in places)], kept
        )
        self._fill()

    def _fill(self) -> None:
        counts = self._counts
        if counts is None:
            return
        public, axis = self.public.isChecked(), cast(Axis, self.axis.value())
        self._show_figures(counts, public=public)
        order: Mapping[Axis, list[str]] = {
            "problem": [one.code for one in codelist.codes("problem")],
            "target": [one.code for one in codelist.codes("target_group")],
        }
        made = table(counts.facts, "problem", axis, count="each", order=order, public=public)
        self.model.show_table(
            made, _problem_word, _target_word if axis == "target" else _area_word
        )
        self._stack.setCurrentWidget(self.table if counts.facts else self._empty)
        words = _(
            "A case with several problems stands in each of their rows; totals count it once."
        )
        if public:
            words += " " + _(
                "Numbers from 1 to 10, and what would give them away, are shown as < 11."
            )
        self.note.setText(words)
        self.note.setVisible(bool(counts.facts))
        self._fit()
        self.turned.emit()

    def _show_figures(self, counts: _Counts, *, public: bool) -> None:
        from desktop.model.summary import LEAST_SHOWN, shown_publicly

        numbers = {
            "visits": counts.visits,
            "cases": len(counts.facts),
            "letters": counts.letters.accepted,
            "follow_ups": counts.follow_ups.done,
            "alerts": counts.alerts.count,
        }
        outstanding = counts.letters.outstanding + counts.letters.accepted
        for name, number in numbers.items():
            shown = shown_publicly(number) if public else number
            said = f"< {LEAST_SHOWN}" if shown is None else str(shown)
            of = str(outstanding) if name == "letters" and not public else ""
            self.figures[name].show_figure(said, of)

    def _fit(self) -> None:
        columns = self.model.columnCount()
        for column in range(1, columns):
            head = str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")
            wide = min(wide_enough((), head), theme.scaled(_WIDEST))
            self.table.setColumnWidth(column, max(wide, theme.scaled(_PLACE)))
        self.table.fit({0: 320})

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    # ── paper ────────────────────────────────────────────────────────────────────────────────

    def _print(self) -> None:
        print_paper(self.page, self._maker(), _("Summary of cases"), _("summary"))

    def _save(self, kind: Kind) -> None:
        save_paper(self.page, self._maker(), _("summary"), kind)

    def _maker(self) -> Make:
        from desktop.actions.case_paper import summary_paper

        by, span = self.desk.by, self._span
        public, visited = self.public.isChecked(), bool(self.which.value())
        return lambda store, kind: summary_paper(
            store, by, span, kind=kind, public=public, visited=visited
        )

    def focus_first(self) -> None:
        self.when.setFocus()


def _problem_word(code: str) -> str:
    return codelist.word("problem", code) if code else _("not said")


def _target_word(code: str) -> str:
    return codelist.word("target_group", code) if code else _("not said")


def _area_word(code: str) -> str:
    return tambon_word(code) if code else _("not said")
