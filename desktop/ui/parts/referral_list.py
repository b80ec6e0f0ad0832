# SPDX-License-Identifier: Apache-2.0
"""The letters of a case: written, printed, sent, taken up, answered; a silent agency is red."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import _, language, ngettext
from desktop.model.referral import Referral, standing
from desktop.store import codelist
from desktop.ui.page import Page
from desktop.ui.parts.case_card import Card, Verb
from desktop.ui.parts.case_drafts import begin_letter, known_letter
from desktop.ui.parts.case_printing import print_paper
from desktop.ui.parts.case_terms import day_words, standing_state
from desktop.ui.parts.referral_form import ReferralForm, ReferralStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.actions.case_story import CaseStory


class ReferralList(Card):
    """The card of letters."""

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("Letters to agencies"), parent)
        self._page = page
        self._story: CaseStory | None = None
        self._agencies: Mapping[str, str] = {}
        self.short = self.offer(_("In short"), "pencil", self.write_short)
        self.form = self.offer(_("New letter"), "file-plus", self.write, "F7")

    def show_letters(self, story: CaseStory, agencies: Mapping[str, str]) -> None:
        """Show the letters of a case; ``agencies`` are the names of organisations by id."""
        self._story, self._agencies = story, agencies
        for button in (self.short, self.form):
            button.setVisible(story.case.is_open)
        self.clear()
        if not story.referrals:
            self.say(_("No letter yet. A new one begins with what this case knows."))
        for one in sorted(story.referrals, key=lambda one: (one.sent_on is None, one.sent_on or
                                                            one.written_on)):  # fmt: skip
            self._show_letter(one)

    def _to(self, letter: Referral) -> str:
        kind = codelist.word("org_type", letter.to_kind) if letter.to_kind else ""
        return self._agencies.get(letter.to_organisation_id, "") or letter.to_name or kind

    def _show_letter(self, one: Referral) -> None:
        now = self._page.desk.now().date()
        how = standing(one, now)
        parts = [
            _("sent {day}").format(day=day_words(one.sent_on)) if one.sent_on else "",
            _("no. {number}").format(number=one.doc_no) if one.doc_no else "",
            _("taken up {day}").format(day=day_words(one.acknowledged_on))
            if one.acknowledged_on
            else "",
            one.acknowledged_by,
            one.result,
        ]
        days = (now - one.sent_on).days if one.sent_on is not None else 0
        if how in ("sent", "overdue") and days > 0:
            parts.append(
                ngettext("silent for {count} day", "silent for {count} days", days).format(
                    count=days
                )
            )
        verbs: list[Verb] = [(_("Print"), "printer", partial(self._print, one))]
        if how == "draft":
            verbs.insert(0, (_("Write on"), "pencil", partial(self._edit, one)))
            verbs.append((_("Sent"), "send", partial(self._sent, one)))
        elif how in ("sent", "overdue"):
            verbs.append((_("Taken up"), "check", partial(self._taken, one)))
        elif how == "acknowledged":
            verbs.append((_("Answer"), "circle-check", partial(self._answered, one)))
        tone = "red" if how == "overdue" else "text"
        self.row(
            self._to(one) or _("agency not chosen yet"),
            " · ".join(part for part in parts if part),
            standing_state(how),
            verbs,
            tone,
        )

    # ── what is done ─────────────────────────────────────────────────────────────────────────

    def write(self) -> None:
        """Begin the whole form, and go on to it."""
        story, desk = self._story, self._page.desk
        if story is None or not story.case.is_open:
            return
        now, spoken = desk.now(), language()
        desk.act(
            self,
            lambda store, by: begin_letter(store, by, story, now, spoken),
            lambda done: self._page.go.emit("record", done.value.id),
        )

    def write_short(self) -> None:
        """Write the letter here."""
        if self._story is not None:
            ReferralForm(self._page, self._page.desk, known_letter(self._story)).open()

    def _edit(self, letter: Referral) -> None:
        ReferralForm(self._page, self._page.desk, letter, self._to(letter)).open()

    def _print(self, letter: Referral) -> None:
        from desktop.actions.case_paper import letter_paper

        by, which = self._page.desk.by, letter.id
        print_paper(
            self._page,
            lambda store, _kind: letter_paper(store, by, which),
            _("Letter to an agency"),
            _("letter"),
        )

    def _sent(self, letter: Referral) -> None:
        from desktop.actions.referral import send

        which = letter.id
        ReferralStep(
            self._page,
            self._page.desk,
            _("The letter went out"),
            _("Number of the letter (may be empty)"),
            lambda store, by, day, words: send(store, by, which, on=day, doc_no=words),
        )

    def _taken(self, letter: Referral) -> None:
        from desktop.actions.referral import acknowledge

        which = letter.id
        ReferralStep(
            self._page,
            self._page.desk,
            _("The agency took it up"),
            _("Who said so (may be empty)"),
            lambda store, by, day, words: acknowledge(store, by, which, on=day, who=words),
        )

    def _answered(self, letter: Referral) -> None:
        from desktop.actions.referral import note_result

        which = letter.id
        ReferralStep(
            self._page,
            self._page.desk,
            _("What the agency did"),
            _("What came of it"),
            lambda store, by, day, words: note_result(store, by, which, words, on=day),
            must=True,
        )
