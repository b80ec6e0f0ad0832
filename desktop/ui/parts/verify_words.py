# SPDX-License-Identifier: Apache-2.0
"""What a verdict on a certificate is called, and what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from desktop.actions.proof import Outcome, Verdict
from desktop.i18n import N_, _, language, ngettext
from desktop.model.proof import Claim
from desktop.thai.dates import be_date, be_year, english_date
from desktop.thai.digits import to_thai
from desktop.ui.attendance_words import moment_words


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in words. ``proven``: the content may be believed; otherwise it is a claim."""

    word: str
    icon: str
    tone: str
    sentence: str
    note: str = ""
    proven: bool = False


STATES: Final[dict[Outcome, tuple[str, str, str]]] = {
    "genuine": (N_("Genuine"), "circle-check", "green"),
    "revoked": (N_("No longer valid"), "ban", "red"),
    "withdrawn": (N_("Ask the office"), "phone-call", "amber"),
    "unknown": (N_("Not proven"), "triangle-alert", "amber"),
    "altered": (N_("False"), "circle-x", "red"),
    "damaged": (N_("Not readable"), "scan-line", "grey"),
    "newer": (N_("Too new"), "refresh-cw", "grey"),
    "foreign": (N_("Other code"), "circle-question-mark", "grey"),
}
NO_CODE: Final = (N_("No code"), "circle-question-mark", "grey")
KINDS: Final = {
    1: N_("Certificate of completion"), 2: N_("Certificate of participation"),
    3: N_("Certificate for a project"), 4: N_("Certificate of appreciation"),
    5: N_("Certificate of honour"), 6: N_("Certificate for a facilitator"),
    7: N_("Certificate for a volunteer"),
}  # fmt: skip


def state_words(verdict: Verdict | None) -> tuple[str, str, str]:
    """Word, icon and tone of a verdict; None is a page on which no code was found."""
    word, icon, tone = NO_CODE if verdict is None else STATES[verdict.outcome]
    return _(word), icon, tone


def told(verdict: Verdict) -> Told:
    """The verdict as the panel says it."""
    word, icon, tone = state_words(verdict)
    return Told(
        word, icon, tone, _sentence(verdict), _note(verdict),
        proven=verdict.outcome in ("genuine", "revoked"),
    )  # fmt: skip


def _sentence(verdict: Verdict) -> str:
    if verdict.outcome == "genuine":
        return _("{office} issued this certificate.").format(office=verdict.issuer)
    if verdict.outcome == "revoked":
        return _revoked(verdict)
    if verdict.outcome == "withdrawn":
        return _withdrawn(verdict)
    return {
        "unknown": _(
            "This computer does not know who signed this code. Anybody can make such a code: "
            "believe nothing of it before you have asked the office that is named."
        ),
        "altered": _(
            "The office named here never signed this. The code was changed or made up: call the "
            "office, and do not accept the paper."
        ),
        "damaged": _(
            "The code is not complete, or a digit is wrong. Scan it once more, straight and near."
        ),
        "newer": _("A newer version made this code. Update the program, then check it again."),
        "foreign": _(
            "What was scanned is not the code of a certificate. It is the square in a corner of "
            "the paper."
        ),
    }[verdict.outcome]  # fmt: skip


def _revoked(verdict: Verdict) -> str:
    gone = verdict.revoked
    day = _day(gone.on) if gone is not None else ""
    if gone is not None and gone.why == "replaced":
        if gone.by and day:
            return _("{office} replaced it on {day} by a new paper, number {number}.").format(
                office=verdict.issuer, day=day, number=gone.by
            )
        return _("{office} replaced it by a new paper.").format(office=verdict.issuer)
    if day:
        return _("{office} issued it, and cancelled it on {day}.").format(
            office=verdict.issuer, day=day
        )
    return _("{office} issued it, and cancelled it.").format(office=verdict.issuer)


def _withdrawn(verdict: Verdict) -> str:
    day = _date(verdict.withdrawn)
    if verdict.own:
        return _(
            "It is signed with a key of this office that was withdrawn on {day}, and the register "
            "here did not hold it like this before. Whoever has the lost computer may have made "
            "it."
        ).format(day=day)
    return _(
        "{office} withdrew the key of this paper on {day}, because a computer was lost. Whoever "
        "has it may have made this, with any date: ask the office whether it issued it."
    ).format(office=verdict.issuer, day=day)


def _note(verdict: Verdict) -> str:
    if verdict.outcome == "withdrawn" and verdict.revoked is not None:
        return _("A certificate with this code is no longer valid in any case.")
    if verdict.outcome not in ("genuine", "revoked"):
        return ""
    parts = []
    if verdict.outcome == "genuine" and verdict.withdrawn:
        parts.append(
            _(
                "It is signed with a key that was withdrawn on {day}; the office's register "
                "confirms this paper."
            ).format(day=_date(verdict.withdrawn))
        )
    if verdict.beside:
        parts.append(
            _(
                "There is another paper that replaces the same one: ask the office which of them "
                "counts."
            )
        )
    if verdict.returned:
        parts.append(
            _("The paper was given back to the office on {day} and should lie there.").format(
                day=_day(verdict.returned)
            )
        )
    if verdict.outcome == "revoked":
        if verdict.as_of:
            parts.append(_("As known on {moment}.").format(moment=_moment(verdict.as_of)))
    elif verdict.as_of:
        parts.append(
            _("Not cancelled, as known on {moment}.").format(moment=_moment(verdict.as_of))
        )
    else:
        parts.append(_("Whether it was cancelled since is not known on this computer."))
    return " ".join(parts)


def claim_lines(claim: Claim) -> tuple[tuple[str, str], ...]:
    """What is compared with the paper beside name and course: label and value."""
    number = claim.number_text
    thai = to_thai(number)
    lines = [
        (_("Its number"), f"{number}  ({thai})" if thai != number else number),
        (_("Issued on"), date_words(claim.issued)),
        (_("Kind"), _(KINDS[claim.kind]) if claim.kind in KINDS else ""),
        (_("Issued by"), claim.issuer),
        (_("Edition"), str(claim.edition) if claim.edition > 1 else ""),
    ]
    return tuple(line for line in lines if line[1])


def date_words(day: date) -> str:
    """The date as papers write it: in the Buddhist era, which follows in an English one."""
    return f"{english_date(day)} ({be_year(day)})" if language() == "en" else be_date(day)


def summary(verdicts: Iterable[Verdict | None]) -> str:
    """How many of each in a batch, the worst first: “1 false · 11 genuine”."""
    counted = Counter("none" if one is None else one.outcome for one in verdicts)
    order = ("altered", "revoked", "withdrawn", "unknown", "damaged", "newer", "foreign", "none",
             "genuine")  # fmt: skip
    said = {
        "altered": ngettext("{count} false", "{count} false", counted["altered"]),
        "revoked": ngettext(
            "{count} no longer valid", "{count} no longer valid", counted["revoked"]
        ),
        "withdrawn": ngettext(
            "{count} to ask the office about", "{count} to ask the office about",
            counted["withdrawn"],
        ),
        "unknown": ngettext("{count} not proven", "{count} not proven", counted["unknown"]),
        "damaged": ngettext("{count} not readable", "{count} not readable", counted["damaged"]),
        "newer": ngettext("{count} of a newer version", "{count} of a newer version",
                          counted["newer"]),
        "foreign": ngettext("{count} other code", "{count} other codes", counted["foreign"]),
        "none": ngettext("{count} page without a code", "{count} pages without a code",
                         counted["none"]),
        "genuine": ngettext("{count} genuine", "{count} genuine", counted["genuine"]),
    }  # fmt: skip
    return " · ".join(said[name].format(count=counted[name]) for name in order if counted[name])


def _day(iso: str) -> str:
    try:
        return _whole(date_words(date.fromisoformat(iso)))
    except ValueError:
        return ""


def _moment(utc: str) -> str:
    try:
        return _whole(moment_words(datetime.fromisoformat(utc)))
    except ValueError:
        return utc


def _date(utc: str) -> str:
    """The day of a moment, here."""
    try:
        return _whole(date_words(datetime.fromisoformat(utc).astimezone().date()))
    except ValueError:
        return utc


def _whole(words: str) -> str:
    """A date that no line breaks."""
    return words.replace(" ", "\u00a0")
