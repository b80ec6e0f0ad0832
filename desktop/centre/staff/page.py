# SPDX-License-Identifier: Apache-2.0
"""How a page is written: templates that escape whatever they show, and words for dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from desktop.centre.staff import moment, policy
from desktop.centre.staff.words import field_word, kind_word
from desktop.i18n import N_, _, language, ngettext
from desktop.paths import shipped

NOTICES: Final[dict[str, str]] = {
    "released": N_("Released. It has been merged under a new number."),
    "not_released": N_("It could not be merged and stays in quarantine. The reason stands below."),
    "password": N_("The password has been changed. Other computers have been signed out."),
    "language": N_("From now on the pages speak this language."),
    "signed_out": N_("You have signed out."),
    "signed_out_everywhere": N_("You have signed out on every computer."),
    "saved": N_("Saved."),
    "revoked": N_("Revoked. The laptop is told at its next contact."),
    "chain_good": N_("Checked: no line of the audit log has been changed, dropped or slipped in."),
    "chain_broken": N_("The audit log does not hold together. Keep it as it is and call whoever "
                       "looks after the server."),
}  # fmt: skip
"""What the address may ask a page to say. Nothing typed in an address is ever shown."""
BAD_NOTICES: Final = frozenset({"not_released", "chain_broken"})

ROLE_WORDS: Final = {
    "viewer": N_("Viewer"),
    "staff": N_("Staff"),
    "admin": N_("Administrator"),
    "facilitator": N_("Field facilitator"),
    "supervisor": N_("Supervisor"),
}


def write(template: str, values: Mapping[str, Any], *, now: datetime) -> str:
    """The HTML of a page in the language of the moment."""
    return (
        _templates()
        .get_template(template)
        .render(**values, now=now, lang=language(), roles=ROLE_WORDS)
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("desktop.centre.staff"),
        # Every template, whatever its name ends with.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=_,
        ngettext=ngettext,
        may=policy.may,
        number=number,
        icon=icon,
        words=words,
        kind_word=kind_word,
        field_word=field_word,
    )
    made.filters.update(
        day=moment.day,
        days=moment.days,
        moment=moment.moment,
        ago=moment.ago,
        number=number,
        span=moment.span,
        month=moment.month,
    )
    return made


@cache
def icon(name: str) -> Markup:
    """One of the program's icons, drawn in the colour of the text beside it; says nothing."""
    drawn = shipped("resources", "icons", f"{name}.svg").read_text("utf-8")
    inside = drawn[drawn.index(">", drawn.index("<svg")) + 1 :]
    return markup(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        + inside
    )


def number(value: int | float | None) -> str:
    """A number with its thousands parted; empty for none."""
    return "" if value is None else f"{value:,}"


def words(table: Mapping[str, str], code: str) -> str:
    """The word of a code in the language of the moment; an unknown code as it is."""
    return _(table[code]) if code in table else code


def markup(html: str) -> Markup:
    """HTML made by the program itself (a QR code), to be shown as it is."""
    return Markup(html)  # noqa: S704 - never called with anything that was typed or received
