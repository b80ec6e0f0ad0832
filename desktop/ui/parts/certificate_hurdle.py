# SPDX-License-Identifier: Apache-2.0
"""What stands in the way of certificates: the first thing alone, with the way out beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.actions.certificate_list import CertificateList, Line, Unfit
from desktop.actions.certificate_page import PlateDiffers
from desktop.i18n import _, ngettext
from desktop.ui.widgets.hurdle import Hurdle


class CertificateHurdle(Hurdle):
    """Told what went wrong and what is shown, it says what comes first."""

    line_wanted = Signal(str)
    """The key of a line that is to be seen."""
    roster_wanted = Signal()
    reword_wanted = Signal()
    """The line that is shown is to be worded anew."""
    replacement_wanted = Signal(object)
    """The line that is to have a replacement."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unfit: tuple[Unfit, ...] = ()
        self._differs: PlateDiffers | None = None
        self._held: CertificateList | None = None
        self._line: Line | None = None

    def forget(self) -> None:
        """Other certificates: what went wrong was not with these."""
        self._unfit, self._differs = (), None

    def show_unfit(self, found: tuple[Unfit, ...]) -> None:
        """Tell of lines whose page cannot be printed, or that there is none."""
        self._unfit = found
        if found:
            self.line_wanted.emit(found[0].key)
        self._say()

    def show_differing(self, problem: PlateDiffers) -> None:
        """Tell of one that was not printed again because it would look otherwise."""
        self._differs = problem
        self._say()

    def show_line(self, held: CertificateList, line: Line | None) -> None:
        """Tell what stands in the way of these, and of the line that is shown."""
        if held is not self._held:
            # A name that was put right since is to be tried again, not complained of.
            names = {one.key: one.name for one in held.lines}
            self._unfit = tuple(one for one in self._unfit if names.get(one.key) == one.name)
        self._held, self._line = held, line
        self._say()

    def _say(self) -> None:
        held, line = self._held, self._line
        if held is None:
            return
        differing = self._differing(held)
        if self._unfit:
            first, others = self._unfit[0], len(self._unfit) - 1
            words = first.sentence
            if others:
                more = ngettext("and {count} more", "and {count} more", others)
                words = f"{words} ({more.format(count=others)})"
            self.say(words, _("Show"), lambda: self.line_wanted.emit(first.key))
        elif differing is not None:
            self.say(
                str(self._differs),
                _("Replacement…"),
                lambda: self.replacement_wanted.emit(differing),
            )
        elif not held.locked and any(one.waits for one in held.lines):
            self.say(
                _("Lock the roster first: numbers follow the seats."),
                _("Go to the roster"),
                self.roster_wanted.emit,
            )
        elif line is not None and line.renamed:
            self.say(
                _("The name was put right after the issue: {name}").format(name=line.name),
                _("Use the new name"),
                self.reword_wanted.emit,
            )
        else:
            self.hide()

    def _differing(self, held: CertificateList) -> Line | None:
        """The line that was not printed again, while that paper stands."""
        wanted = self._differs.certificate_id if self._differs is not None else ""
        for line in held.lines:
            if line.issued and line.certificate is not None and line.certificate.id == wanted:
                return line
        return None
