# SPDX-License-Identifier: Apache-2.0
"""The order in which certificates are handed over on a stage, and how each name is read out."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.certificate_list import Line, certificate_list, ordered
from desktop.model.certificate import Order
from desktop.store.store import Store
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


def stage_lines(
    store: Store, event_id: str, kind: str = "", order: Order = "stage"
) -> tuple[StageLine, ...]:
    """Who comes onto the stage, in order: those whose certificates stand.

    Before anything is issued those who passed, so that it can be rehearsed.
    """
    held = certificate_list(store, event_id, kind=kind)
    if held is None:
        return ()
    coming = [line for line in held.lines if line.issued] or [
        line for line in held.lines if line.part == "passed"
    ]
    return tuple(
        _line(line, place, held.for_awards) for place, line in enumerate(ordered(coming, order), 1)
    )


def _line(line: Line, place: int, to_organisation: bool) -> StageLine:
    name = line.wording.recipient if line.wording is not None else line.name
    noted = line.fields.get("reading", "")
    usual = spoken_organisation(name) if to_organisation else spoken_name(name)
    row = line.certificate if line.issued else None
    return StageLine(
        order=place,
        number=line.number if row is not None else "",
        name=name,
        reading=noted or usual,
        organisation="" if to_organisation else spoken_organisation(line.organisation),
        project=line.organisation if to_organisation else line.fields.get("project", ""),
        team=line.team,
        seat=line.seat,
        certificate_id="" if row is None else row.id,
    )
