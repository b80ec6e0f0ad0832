# SPDX-License-Identifier: Apache-2.0
"""What participants are paid for coming (ค่าใช้จ่าย), for the receipts they sign.

Rates come with circulars and are typed by the office: none stands in the program. Money is in
satang.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, Text

from desktop.store.schema import synced

claim: Final = synced(
    "claim",
    Column("event_id", Text, nullable=False),
    Column("enrolment_id", Text, nullable=False),
    # As in the data dictionary: fare, per_diem, lodging, meal, honorarium.
    Column("kind", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("detail", Text, nullable=False, server_default=""),
    Column("paid_on", Text, nullable=False, server_default=""),
    # What was paid and signed for, whatever the amount is changed to elsewhere; 0 before.
    Column("paid", Integer, nullable=False, server_default="0"),
    Index("claim_event", "event_id", "enrolment_id"),
)

claim_plan: Final = synced(
    "claim_plan",
    Column("event_id", Text, nullable=False),
    # Usual amounts: {kind: satang}.
    Column("usual", JSON(none_as_null=True)),
    Column("payer", Text, nullable=False, server_default=""),
    Column("payer_position", Text, nullable=False, server_default=""),
    Index("claim_plan_event", "event_id"),
)
