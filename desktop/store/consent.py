# SPDX-License-Identifier: Apache-2.0
"""Consents and what was taken back: put once each, never changed."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from desktop.model.consent import Consent, ConsentWithdrawal, Standing, standing
from desktop.store.write import Write

_CONSENT: Final = (
    "SELECT id, person_id, given_at, basis, notice_version, notice_read, photo, publish, "
    "given_by, guardian_name, guardian_relation, witness, signature, record_id, household_id "
    "FROM consent WHERE deleted = 0"
)


def _consent(row: Any) -> Consent:
    values = [*row[:5], *map(bool, row[5:8]), *row[8:]]
    return Consent(*values)


def consents(conn: Connection, person_id: str) -> tuple[Consent, ...]:
    """Everything a person was told and said, the oldest first."""
    rows = conn.exec_driver_sql(
        f"{_CONSENT} AND person_id = ? ORDER BY given_at, id", (person_id,)
    )
    return tuple(_consent(row) for row in rows)


def consent_of_record(conn: Connection, record_id: str) -> Consent | None:
    """What was said in one form; None when it did not ask."""
    row = conn.exec_driver_sql(
        f"{_CONSENT} AND record_id = ? ORDER BY id DESC", (record_id,)
    ).first()
    return None if row is None else _consent(row)


def withdrawals(conn: Connection, person_id: str) -> tuple[ConsentWithdrawal, ...]:
    """What a person took back, the oldest first."""
    rows = conn.exec_driver_sql(
        "SELECT id, person_id, what, at, noted_by, reason FROM consent_withdrawal "
        "WHERE deleted = 0 AND person_id = ? ORDER BY at, id",
        (person_id,),
    )
    return tuple(ConsentWithdrawal(*row) for row in rows)


def standing_of(conn: Connection, person_id: str) -> Standing:
    """What holds for a person now."""
    return standing(consents(conn, person_id), withdrawals(conn, person_id))


def put_consent(write: Write, scope: str, one: Consent) -> None:
    """Keep what somebody was told and said."""
    write.put(
        "consent",
        one.id,
        scope,
        person_id=one.person_id,
        household_id=one.household_id,
        record_id=one.record_id,
        given_at=one.given_at,
        basis=one.basis,
        notice_version=one.notice_version,
        notice_read=one.notice_read,
        photo=one.photo,
        publish=one.publish,
        given_by=one.given_by,
        guardian_name=one.guardian_name,
        guardian_relation=one.guardian_relation,
        witness=one.witness,
        signature=one.signature,
    )


def put_withdrawal(write: Write, scope: str, one: ConsentWithdrawal) -> None:
    """Keep what somebody took back."""
    write.put(
        "consent_withdrawal",
        one.id,
        scope,
        person_id=one.person_id,
        what=one.what,
        at=one.at,
        noted_by=one.by,
        reason=one.reason,
    )


def scope_of(conn: Connection, person_id: str) -> str | None:
    """The scope in which a person's latest consent stands; None when she gave none."""
    row = conn.exec_driver_sql(
        "SELECT scope FROM consent WHERE deleted = 0 AND person_id = ? ORDER BY id DESC",
        (person_id,),
    ).first()
    return None if row is None else str(row[0])
