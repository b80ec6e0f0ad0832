# SPDX-License-Identifier: Apache-2.0
"""The order in which certificates are handed over on a stage, and how each name is read out."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.certificate_list import CertificateList, Line, certificate_list, ordered
from desktop.model.certificate import Order
from desktop.store.store import Store
from desktop.thai.digits import styled
from desktop.thai.spoken import spoken_name, spoken_organisation


@dataclass(frozen=True, slots=True)
class StageLine:
    """One who comes onto the stage."""

    order: int
    number: str
    """As on the certificate, in the event's digits; empty while it is not issued."""
    name: str
    """As printed."""
    reading: str
    """As it is read out: what was noted, or the name with what is short said in full."""
    organisation: str
    """Agency of a person, as it is read out."""
    project: str
    """What an organisation is honoured for, or what was noted of a person."""
    team: int | None
    seat: int
    certificate_id: str
    """Empty while it is not issued."""
    void: bool = False
    """Her paper was declared void: nothing is handed over, and her turn stays hers."""


def stage_lines(
    store: Store, event_id: str, kind: str = "", order: Order = "stage"
) -> tuple[StageLine, ...]:
    """Who comes onto the stage, in order: those to whom a certificate was issued.

    Whose paper was declared void keeps her turn, marked, so that everybody after her keeps the
    turn of the list on paper. Before anything is issued those who passed, for a rehearsal.
    """
    held = certificate_list(store, event_id, kind=kind)
    if held is None:
        return ()
    if any(line.issued for line in held.lines):
        coming = [line for line in held.lines if line.issued or _is_void(line)]
    else:
        coming = [line for line in held.lines if line.part == "passed"]
    return tuple(_line(held, line, place) for place, line in enumerate(ordered(coming, order), 1))


def _is_void(line: Line) -> bool:
    row = line.certificate
    return row is not None and row.status == "void" and row.wording is not None


def _line(held: CertificateList, line: Line, place: int) -> StageLine:
    row = line.certificate if line.issued or _is_void(line) else None
    wording = row.wording if row is not None else line.wording
    to_organisation = held.for_awards
    name = wording.recipient if wording is not None else line.name
    noted = line.fields.get("reading", "")
    usual = spoken_organisation(name) if to_organisation else spoken_name(name)
    return StageLine(
        order=place,
        number="" if row is None else styled(row.number_text, held.event.digits),
        name=name,
        reading=noted or usual,
        organisation="" if to_organisation else spoken_organisation(line.organisation),
        project=line.organisation if to_organisation else line.fields.get("project", ""),
        team=line.team,
        seat=line.seat,
        certificate_id="" if row is None else row.id,
        void=_is_void(line),
    )
