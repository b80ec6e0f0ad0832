# SPDX-License-Identifier: Apache-2.0
"""The pages of certificates that were issued: always as they were issued.

Template, words, pictures and the signed code are frozen with the certificate, so one printed
again is the same to the last point. Where it would not be (a typeface was exchanged, a file
lost), it is refused before paper is spent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from desktop.actions.asset import assets_for, frozen_faces
from desktop.actions.proof import qr_text
from desktop.actions.template_choice import TemplateLost, template_of
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import STANDING, Certificate, Wording
from desktop.model.event import DigitStyle
from desktop.model.template import Filling, Template
from desktop.model.template_field import certificate_filling, fields_of
from desktop.printing.wording import digits_of
from desktop.store import certificate as register
from desktop.store import event
from desktop.store.store import Store
from desktop.thai.digits import styled

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.template_page import Assets


_Together = tuple[str, str, tuple[tuple[str, str], ...]]
"""What the pages of a group have in common: template, language, and the typefaces frozen."""


class NotPrintable(Problem):
    """There is nothing to print: the row is void, replaced or not used."""


class PlateDiffers(Problem):
    """A certificate would not be printed as it was before."""

    def __init__(self, sentence: str, certificate_id: str) -> None:
        super().__init__(sentence)
        self.certificate_id = certificate_id


@dataclass(frozen=True, slots=True)
class FillingGroup:
    """Pages that follow each other and are of one template and one language."""

    template: Template
    fillings: tuple[Filling, ...]
    assets: Assets
    ids: tuple[str, ...]
    """The certificate of each page."""
    language: str = "th"
    """The language they speak: th or en."""


def filling_for(wording: Wording, number: str, digits: DigitStyle, proof: str = "") -> Filling:
    """The page of a certificate. ``digits`` is the event's, which counts where the words do not
    say it; ``proof`` is what the row keeps."""
    kept: DigitStyle = "thai" if wording.digits == "thai" else "arabic"
    text = styled(number, kept if wording.digits else digits_of(digits, wording.language))
    return certificate_filling(wording, text, qr_text(proof), dict(wording.pictures))


def demand_printable(row: Certificate) -> None:
    """Raise :class:`NotPrintable` for a row that has no paper."""
    if row.status not in STANDING or row.wording is None:
        raise NotPrintable(
            _("Number {number} is void or not used; there is nothing to print.").format(
                number=row.number_text
            )
        )


def certificate_fillings(
    store: Store, certificate_ids: Sequence[str], *, gone: bool = False
) -> tuple[FillingGroup, ...]:
    """The pages of these certificates: one group after the other they are in this order.

    ``gone`` shows papers too that are void or replaced, to look at and not to print. Raises
    :class:`NotPrintable` for a row without a paper and ``TemplateLost`` for one whose template
    is not here. For a thread.
    """
    runs: list[tuple[Template, list[Filling], list[str], _Together]] = []
    together: dict[_Together, list[Filling]] = {}
    with store.read() as conn:
        for row, template, filling in _pages(conn, certificate_ids, gone=gone):
            faces = tuple(sorted(frozen_faces(filling).items()))
            key = (row.layout, cast(Wording, row.wording).language, faces)
            if not runs or runs[-1][3] != key:
                runs.append((template, [], [], key))
            runs[-1][1].append(filling)
            runs[-1][2].append(row.id)
            together.setdefault(key, []).append(filling)
    held: dict[_Together, Assets] = {}
    groups = []
    for template, fillings, ids, key in runs:
        if key not in held:
            held[key] = assets_for(store, template, together[key])
        made = (template, tuple(fillings), held[key], tuple(ids), key[1])
        groups.append(FillingGroup(*made))
    return tuple(groups)


def _pages(
    conn: Connection, certificate_ids: Sequence[str], *, gone: bool
) -> list[tuple[Certificate, Template, Filling]]:
    templates: dict[str, Template | None] = {}
    digits: dict[str, DigitStyle] = {}
    made = []
    for row in register.certificates(conn, certificate_ids):
        if not gone or row.wording is None:
            demand_printable(row)
        if row.layout not in templates:
            templates[row.layout] = template_of(conn, row.layout)
        template = templates[row.layout]
        if template is None:
            raise TemplateLost(
                _(
                    "The template that number {number} was issued with is not on this computer. "
                    "Send and fetch data, or print it where it was issued."
                ).format(number=row.number_text)
            )
        if row.event_id not in digits:
            digits[row.event_id] = event.event(conn, row.event_id).digits
        wording = cast(Wording, row.wording)
        filling = filling_for(wording, row.number_text, digits[row.event_id], row.proof)
        made.append((row, template, filling))
    return made


# ---- whether it is printed as before


def plates_of(groups: Sequence[FillingGroup]) -> dict[str, str]:
    """What would be drawn of each certificate, as SHA-256 by its id. About 1 ms each."""
    from desktop.printing.template_page import plate

    return {
        one: plate(group.template, filling, assets=group.assets)
        for group in groups
        for one, filling in zip(group.ids, group.fillings, strict=True)
    }


def demand_same_plates(store: Store, plates: Mapping[str, str]) -> None:
    """Raise :class:`PlateDiffers` when one of these was printed differently before.

    To be asked before paper is spent; ``record_print`` asks again.
    """
    with store.read() as conn:
        check_plates(conn, register.certificates(conn, list(plates)), plates)


def check_plates(conn: Connection, rows: Sequence[Certificate], plates: Mapping[str, str]) -> None:
    """The same inside a transaction."""
    before = register.plates(conn, [row.id for row in rows if row.prints])
    for row in rows:
        now = plates.get(row.id, "")
        if now and before.get(row.id, now) != now:
            raise PlateDiffers(
                _(
                    "Number {number} would not be printed as it was before: a typeface or a "
                    "picture was exchanged since. Put that back, or issue a replacement."
                ).format(number=row.number_text),
                row.id,
            )


def drafted(filling: Filling, number: str, wording: Wording, *, proof: bool) -> Filling:
    """The same page for a preview: another number on it, and a code that says nothing."""
    fields = {**filling.fields}
    before = fields["number"].removesuffix(fields["number_plain"])
    fields |= {"number": f"{before}{number}", "number_plain": number}
    if proof:
        sample = fields_of("certificate")["proof"].usual
        shown = certificate_filling(wording, number, sample).fields
        fields |= {name: shown[name] for name in ("proof", "proof_words")}
    return replace(filling, fields=fields)
