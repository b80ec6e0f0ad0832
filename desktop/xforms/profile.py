# SPDX-License-Identifier: Apache-2.0
"""What of a form this program does not do, said before the form is published.

``refused``: the form cannot be used here, because an answer would be lost or the form would do
something else than it says. ``degraded``: the form can be used, and something is plainer than
its author meant. What is in neither list is done. Nothing is left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from desktop.i18n import N_, _
from desktop.xforms import document
from desktop.xforms.binding import Bind, Formula
from desktop.xforms.control import Control
from desktop.xforms.form import Form
from desktop.xforms.names import Path, shown
from desktop.xforms.node import TEXT, Node
from desktop.xforms.xpath import syntax

REFUSED: Final = "refused"
DEGRADED: Final = "degraded"

_TYPES: Final[Mapping[str, str]] = {
    "geotrace": N_("Lines drawn on a map cannot be answered here."),
    "geoshape": N_("Areas drawn on a map cannot be answered here."),
    "intent": N_("Other apps cannot be asked for an answer here."),
}
_APPEARANCES: Final[Mapping[str, str]] = {
    "ex:": N_("Other apps cannot be asked for an answer here."),
    "intent:": N_("Other apps cannot be asked for an answer here."),
    "printer": N_("Label printers are not driven from a form here."),
    "image-map": N_("Choices cannot be tapped on a picture here."),
    "search(": N_("search() is the old way to read lists; use select_one_from_file."),
}
_PLAINER: Final[Mapping[str, str]] = {
    "maps": N_("The place is typed, pasted or taken from a receiver; there is no map."),
    "placement-map": N_("The place is typed, pasted or taken from a receiver; there is no map."),
    "map": N_("Choices are listed; there is no map."),
    "bearing": N_("The bearing is typed; there is no compass."),
    "annotate": N_("The picture is taken without drawing on it."),
    "draw": N_("The drawing is taken as a signature."),
    "counter": N_("The number is typed."),
    "vertical": N_("The scale lies across."),
    "url": N_("The address is shown and not opened."),
    "bikram-sambat": N_("Dates are shown in the Buddhist era."),
    "coptic": N_("Dates are shown in the Buddhist era."),
    "ethiopian": N_("Dates are shown in the Buddhist era."),
    "islamic": N_("Dates are shown in the Buddhist era."),
    "myanmar": N_("Dates are shown in the Buddhist era."),
    "persian": N_("Dates are shown in the Buddhist era."),
}
_MEDIA: Final[Mapping[str, str]] = {
    "image": N_("Pictures beside questions and choices are not shown; their words are."),
    "big-image": N_("Pictures beside questions and choices are not shown; their words are."),
    "audio": N_("Sounds beside questions and choices are not played; their words are shown."),
    "video": N_("Films beside questions and choices are not played; their words are shown."),
}
KNOWN_APPEARANCES: Final = frozenset(
    {
        "autocomplete", "buddhist", "columns", "columns-pack", "compact", "field-list", "full",
        "gregorian", "hidden-answer", "horizontal", "horizontal-compact", "label", "likert",
        "list", "list-nolabel", "masked", "minimal", "month-year", "multiline", "new",
        "new-front", "new-rear", "no-buttons", "no-calendar", "no-collapse", "no-ticks",
        "numbers", "picker", "quick", "quickcompact", "rating", "selfie", "signature",
        "summary", "table-list", "textarea", "thousands-sep", "year",
        # The centre's own: pickers from the store, and the Buddhist era.
        "th-area", "th-be", "th-case", "th-enrollee", "th-event", "th-grouped", "th-household",
        "th-id", "th-org", "th-people", "th-precision",
    }
)  # fmt: skip
_GRID: Final = re.compile(r"(w\d{1,2}|columns-\d+|compact-\d+|quickcompact-\d+|horizontal-\d+)\Z")
_MARKDOWN: Final = re.compile(r"(\*\*|__)\S|^#{1,6} |\[[^\]]+\]\([^)]+\)|<span", re.MULTILINE)
_FUNCTIONS: Final[Mapping[str, str]] = {
    "geofence": N_("The place is compared with the area without a map."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: ``severity``, the ``feature`` by name, the ``path`` it is about, a sentence."""

    severity: str
    feature: str
    path: Path
    message: str


def judge(form: Form) -> tuple[Finding, ...]:
    """Everything that is refused or plainer here, refused first."""
    found = [
        *_whole(form),
        *(finding for control in form.controls() for finding in _control(control)),
        *(finding for bind in form.binds.values() for finding in _bind(form, bind)),
        *_texts(form),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.severity != REFUSED))


def functions(formula: Formula) -> Iterator[str]:
    """The functions an expression calls."""
    for part in syntax.walk(formula.expression):
        if isinstance(part, syntax.Call):
            yield part.name


def _whole(form: Form) -> Iterator[Finding]:
    if form.submission.get("base64RsaPublicKey"):
        yield Finding(
            REFUSED,
            "encryption",
            (),
            _(
                "The form wants its records encrypted for a server; this program keeps and sends "
                "them its own way."
            ),
        )
    if any(name.startswith("sms") or name == "tag" for name in form.submission):
        yield Finding(REFUSED, "sms", (), _("Records cannot be sent as text messages."))
    for path in form.recording:
        yield Finding(
            REFUSED, "background-audio", path, _("Sound is never recorded unasked here.")
        )
    for warned in form.warnings:
        severity = REFUSED if warned.lost else DEGRADED
        yield Finding(severity, "dangling", warned.path, warned.message)
    for action in form.actions:
        if action.kind == "setgeopoint":
            yield Finding(
                DEGRADED,
                "setgeopoint",
                action.target,
                _("The place is set only where a receiver has given one."),
            )


def _control(control: Control) -> Iterator[Finding]:
    message = _TYPES.get(control.data_type)
    if message is not None and control.kind == "input":
        yield Finding(REFUSED, control.data_type, control.path, _(message))
    written = " ".join(control.appearance)
    for start, said in _APPEARANCES.items():
        if written.startswith(start) or f" {start}" in written:
            yield Finding(REFUSED, start.rstrip(":("), control.path, _(said))
            return
    if "intent" in control.parameters:
        sentence = _TYPES["intent"]
        yield Finding(REFUSED, "intent", control.path, _(sentence))
    for appearance in control.appearance:
        if appearance in _PLAINER:
            yield Finding(DEGRADED, appearance, control.path, _(_PLAINER[appearance]))
        elif appearance not in KNOWN_APPEARANCES and not _GRID.match(appearance):
            yield Finding(
                DEGRADED,
                "appearance",
                control.path,
                _("The appearance “{name}” is not known and has no effect.").format(
                    name=appearance
                ),
            )


def _bind(form: Form, bind: Bind) -> Iterator[Finding]:
    if bind.path[-1] == "audit" and bind.path[-2:-1] == ("meta",):
        yield Finding(
            REFUSED,
            "audit",
            bind.path,
            _("The log of ODK Collect is not written; the program keeps its own."),
        )
    for computation in bind.computations():
        for name in functions(computation.formula):
            if name in _FUNCTIONS:
                yield Finding(DEGRADED, name, bind.path, _(_FUNCTIONS[name]))
        if bind.within and computation.constant is None:
            yield from _absolute(form, bind, computation.formula)


def _absolute(form: Form, bind: Bind, formula: Formula) -> Iterator[Finding]:
    """A path from the root into the repeat it is written in means its first instance here."""
    for part in syntax.walk(formula.expression):
        if not isinstance(part, syntax.Path) or not isinstance(part.base, syntax.Root):
            continue
        names: list[str] = []
        for step in part.steps:
            if step.axis != "child" or not isinstance(step.test, syntax.NameTest):
                break
            if step.predicates:
                break
            names.append(step.test.local)
        path = tuple(names)
        depth = len(bind.within)
        if len(path) > depth and path[:depth] == bind.within and path in form.binds:
            yield Finding(
                DEGRADED,
                "absolute",
                bind.path,
                _(
                    "{path} is written from the root inside its own repeat: it means all entries, "
                    "not this one. Write ${{name}} and convert the form again."
                ).format(path=shown(path)),
            )


def _texts(form: Form) -> Iterator[Finding]:
    missing: dict[str, int] = {}
    for language, _name in form.translations.missing():
        missing[language] = missing.get(language, 0) + 1
    for language, count in missing.items():
        yield Finding(
            DEGRADED,
            "translation",
            (),
            _("{count} texts have no translation into “{language}”.").format(
                count=count, language=language
            ),
        )
    media = {
        document.attribute(value, "form")
        for element in form.translations.elements()
        for value in document.elements(element)
    }
    for kind in sorted(media & _MEDIA.keys(), key=str):
        yield Finding(DEGRADED, str(kind), (), _(_MEDIA[str(kind)]))
    for element in form.translations.elements():
        if _MARKDOWN.search(_plain(element)):
            yield Finding(
                DEGRADED, "markdown", (), _("Marks for bold or links in texts are shown as is.")
            )
            return


def _plain(element: Node) -> str:
    return "".join(
        part.value if part.kind == TEXT else document.words(part)
        for value in element.children
        for part in (value.children or [value])
    )
