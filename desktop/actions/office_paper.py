# SPDX-License-Identifier: Apache-2.0
"""What an office says of itself on its papers: the watermark, whom to call, how long things stay.

Kept on this laptop. What nobody has said yet has the words of the department; a telephone and an
officer are never made up, their place stays empty (a dotted line on the notice).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import setting
from desktop.store.facilitator import office_or_none
from desktop.store.store import Store
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise

if TYPE_CHECKING:
    from sqlalchemy import Connection

WATERMARK: Final = "เรื่องจำกัดผู้อ่าน ห้ามเผยแพร่"
"""Across a paper on which a restricted case stands, unless the office says otherwise."""
CASE_YEARS: Final = 10
"""After a case was closed (retention table of the department's privacy checklist)."""
PHOTO_YEARS: Final = 2
LONGEST: Final[Mapping[str, int]] = {"watermark": 80, "contact": 120, "dpo": 120}
"""Letters of each text: a watermark goes across a page in two lines, others into a sentence."""
MOST_YEARS: Final = 100
_KEY: Final = "office_paper"


class PaperSettingsProblem(Problem):
    """These words or years cannot stand on a paper."""


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """What stands on the papers of an office."""

    watermark: str = WATERMARK
    contact: str = ""
    """Its telephone or another way to reach it, as it is read aloud. May be empty."""
    dpo: str = ""
    """Its data protection officer and how to reach her. May be empty."""
    case_years: int = CASE_YEARS
    photo_years: int = PHOTO_YEARS

    def blanks(self, office: str) -> dict[str, str]:
        """What fills the privacy notice (``model.notice.filled``) of an office of this name."""
        return {
            "office": office,
            "contact": self.contact,
            "dpo": self.dpo,
            "case_years": str(self.case_years),
            "photo_years": str(self.photo_years),
        }


def paper_settings(conn: Connection) -> PaperSettings:
    """What the office said, with the department's words for what it did not."""
    kept: dict[str, Any] = setting.value(conn, _KEY, {})
    known = {one.name for one in fields(PaperSettings)}
    return PaperSettings(**{name: value for name, value in kept.items() if name in known})


def notice_blanks(conn: Connection) -> dict[str, str]:
    """What fills the privacy notice of this office."""
    found = office_or_none(conn)
    return paper_settings(conn).blanks("" if found is None else found.name)


def keep_paper_settings(store: Store, by: str, said: PaperSettings) -> Done:
    """Keep what the office says; the value is it, tidied. ``Done.undo`` puts back what was there.

    An empty watermark means the department's. Raises :class:`PaperSettingsProblem`.
    """
    kept = _checked(said)
    with store.write(by) as write:
        before = paper_settings(write.conn)
        if before == kept:
            return Done(frozenset(), kept)
        setting.keep(write, _KEY, asdict(kept))
        write.audit("change_paper_settings", "office")

    def undo(store: Store) -> Done:
        return keep_paper_settings(store, by, before)

    return Done(frozenset({"office"}), kept, undo)


def read_years(text: str) -> int:
    """Years as somebody typed them, in Thai digits too. Raises :class:`PaperSettingsProblem`."""
    plain = to_arabic(text).strip()
    if not (plain.isascii() and plain.isdigit() and 1 <= int(plain) <= MOST_YEARS):
        raise PaperSettingsProblem(
            _("Type a number of years from 1 to {most}.").format(most=MOST_YEARS)
        )
    return int(plain)


def _checked(said: PaperSettings) -> PaperSettings:
    tidied = replace(
        said,
        watermark=_line(said.watermark) or WATERMARK,
        contact=_line(said.contact),
        dpo=_line(said.dpo),
    )
    for name, most in LONGEST.items():
        if len(getattr(tidied, name)) > most:
            raise PaperSettingsProblem(
                _("This text is too long for the papers: {most} letters at most.").format(
                    most=most
                )
            )
    for years in (tidied.case_years, tidied.photo_years):
        read_years(str(years))
    return tidied


def _line(text: str) -> str:
    return " ".join(normalise(text).split())
