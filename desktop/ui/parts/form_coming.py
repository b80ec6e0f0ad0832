# SPDX-License-Identifier: Apache-2.0
"""A form from the centre: what it is and what of it is plainer here, before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import Refused
from desktop.i18n import _, language, ngettext
from desktop.ui import theme
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.label import Label
from desktop.ui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from desktop.actions.form_arrival import Arrival
    from desktop.store.form import FormVersion
    from desktop.store.store import Store

_SHOWN: Final = 200
"""Sentences of what is plainer; the longest form of the world says some thirty."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A form that was read, and the newest version of it that is here, if any."""

    arrival: Arrival
    here: FormVersion | None

    @property
    def title(self) -> str:
        """Its title in the language of the moment."""
        thai, english = self.arrival.titles
        return english if language() == "en" and english else thai

    @property
    def fate(self) -> str:
        """What becomes of the version that is here."""
        from desktop.xforms.version import newness

        if self.here is None:
            return _("It is a new form on this laptop.")
        here, came = self.here.version, self.arrival.version
        if here == came:
            return _("This version is on this laptop already.")
        if newness(here) > newness(came):
            return _(
                "It is older than version {version}, which is here. It is kept for what was "
                "filled with it; from now on {version} is filled, as before."
            ).format(version=here)
        return _(
            "From now on this version is filled. What was begun with version {version} is "
            "finished with that one."
        ).format(version=here or "–")


def read_form(store: Store, by: str, paths: Sequence[Path]) -> Coming:
    """Read and judge a form among files somebody chose, with the lists beside it. For a thread.

    Raises a ``Problem`` that says what is wrong with it.
    """
    from desktop.actions.form_arrival import beside, look_at, read_file, wanted_files
    from desktop.store import form as forms

    if any(one.suffix.lower() in (".xlsx", ".xls") for one in paths):
        raise Refused(
            _(
                "This is the workbook the form is written in. The centre makes the .xml file of "
                "it, which is brought in here."
            )
        )
    found = [one for one in paths if one.suffix.lower() == ".xml"]
    if len(found) != 1:
        raise Refused(_("Choose one form: a file whose name ends in .xml."))
    path = found[0]
    data = read_file(path)
    media = beside(path, wanted_files(data))
    media.update({one.name: read_file(one) for one in paths if one != path})
    arrival = look_at(store, by, data, media)
    with store.read() as conn:
        try:
            here = forms.latest(conn, arrival.form_id)
        except LookupError:
            here = None
    return Coming(arrival, here)


class FormComing(Dialog):
    """Asks whether to bring the form in."""

    def __init__(self, parent: QWidget, coming: Coming) -> None:
        super().__init__(parent, coming.title, coming.fate, _("Bring in"), icon="file-plus")
        self.setMinimumWidth(theme.scaled(620))
        arrival = coming.arrival
        self.body.addWidget(Label(_facts(arrival), theme.SMALL, "quiet", parent=self))
        if arrival.left_out:
            words = _("Not needed and left out: {files}").format(files=", ".join(arrival.left_out))
            self.body.addWidget(Label(words, theme.SMALL, "quiet", parent=self))
        if not arrival.plainer:
            words = _("Everything in it works here as its author meant it.")
            self.body.addWidget(Label(words, tone="green", weight=500, parent=self))
            return
        count = len(arrival.plainer)
        words = ngettext(
            "{count} thing is plainer here than its author meant:",
            "{count} things are plainer here than their author meant:",
            count,
        ).format(count=count)
        self.body.addWidget(Label(words, tone="amber", weight=600, parent=self))
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        for sentence in arrival.plainer[:_SHOWN]:
            column.addWidget(Label("•  " + sentence, theme.SMALL, parent=inside))
        column.addStretch()
        scroll = Scroll(inside, self)
        scroll.setAccessibleName(words)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setMinimumHeight(theme.scaled(min(240, 36 * count + 12)))
        self.body.addWidget(scroll)


def _facts(arrival: Arrival) -> str:
    version = (
        _("form version {version}").format(version=arrival.version)
        if arrival.version
        else _("without a version")
    )
    questions = ngettext("{count} question", "{count} questions", arrival.questions).format(
        count=arrival.questions
    )
    lists = ", ".join(arrival.files)
    spoken = ", ".join(arrival.languages)
    return " · ".join(
        part for part in (arrival.form_id, version, questions, spoken, lists) if part
    )
