# SPDX-License-Identifier: Apache-2.0
"""What became of a number: every paper under it, every step and every printing, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.model.certificate import GONE, Certificate, Step
from desktop.store import certificate as register
from desktop.store import certificate_step, facilitator
from desktop.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was done with one certificate."""

    at: str
    """UTC instant at which it was noted; empty when nobody noted it."""
    on: str
    """Day on which it happened, ISO; empty for a printing (its moment says it)."""
    what: Step
    who: str
    """Name of whoever noted it."""
    reason: str
    whom: str
    """Who took it, when that was another than the recipient."""
    edition: int
    certificate_id: str
    printer: str = ""
    copies: int = 0


def history(store: Store, certificate_id: str) -> tuple[HistoryLine, ...]:
    """Everything that is known of the number of this certificate, first to last.

    Of certificates from before steps were noted it shows what their rows say, without a moment.
    """
    with store.read() as conn:
        one = register.certificate(conn, certificate_id)
        rows = register.editions(conn, one)
        edition = {row.id: row.edition for row in rows}
        ids = list(edition)
        # What was noted in one moment stands in the order of its ids.
        lines = [
            (
                step.id,
                HistoryLine(
                    step.at, step.on, step.step, name_of(conn, step.by), step.reason, step.whom,
                    edition[step.certificate_id], step.certificate_id,
                ),
            )
            for step in certificate_step.steps(conn, ids)
        ] + [
            (
                log.id,
                HistoryLine(
                    log.at, "", "printed", name_of(conn, log.by), log.reason, "",
                    edition[log.certificate_id], log.certificate_id, log.printer, log.copies,
                ),
            )
            for log in register.prints_of(conn, ids)
        ]  # fmt: skip
        told = {(line.certificate_id, line.what) for _id, line in lines}
        receipts = register.receipts(conn, one.event_id)
        for row in rows:
            lines += [
                ("", line) for line in _from_row(row, receipts) if (row.id, line.what) not in told
            ]
    lines.sort(key=lambda pair: (pair[1].edition, _moment(pair[1]), pair[0]))
    return tuple(line for _id, line in lines)


def _moment(line: HistoryLine) -> str:
    """What sorts a line: an end that nobody noted comes last, anything else of the kind first."""
    return line.at or ("~" if line.what in GONE else "")


def _from_row(row: Certificate, receipts: dict[str, register.Receipt]) -> list[HistoryLine]:
    """What a row says of itself, for one that is older than its steps."""
    found: list[tuple[Step, str, str, str]] = []
    if row.issue_date:
        found.append(("issued", row.issue_date, "", ""))
    receipt = receipts.get(row.id)
    if receipt is not None:
        found.append(("handed", receipt.on, "", receipt.by))
    if row.status == "void":
        found.append(("void", "", row.reason, ""))
    if row.status == "replaced":
        found.append(("replaced", "", row.reason, ""))
    return [
        HistoryLine("", on, what, "", reason, whom, row.edition, row.id)
        for what, on, reason, whom in found
    ]


def name_of(conn: Connection, by: str) -> str:
    """The name of whoever did something; empty for somebody who is not known here."""
    found = facilitator.facilitator(conn, by)
    return "" if found is None else found.name
