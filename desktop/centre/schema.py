# SPDX-License-Identifier: Apache-2.0
"""The centre's tables, for PostgreSQL and for SQLite.

What belongs to a scope begins its primary key with ``scope``, and every transaction of sync
touches one scope, so that the tables can be spread over servers by it. The rest is small and
the same everywhere. Instants are UTC text to the millisecond (``2026-11-20T06:12:14.123Z``),
which sorts. JSON is ``json`` and never ``jsonb``, which keeps the exact text: digests and chains
are made over it.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata: Final = MetaData()


def _text(name: str, **kwargs: Any) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="", **kwargs)


def _key(name: str, kind: Any = Text) -> Column[Any]:
    return Column(name, kind, primary_key=True, nullable=False, autoincrement=False)


def _number(name: str, kind: Any = BigInteger) -> Column[int]:
    return Column(name, kind, nullable=False, server_default="0")


# ════ by scope ════

scope: Final = Table(
    "scope",
    metadata,
    _key("scope"),
    _number("head"),
    # The 64 bits of the digest as a signed number; databases have no other.
    _number("digest"),
    _number("durable"),
    # The office a workshop's scope belongs to; given at its first push.
    _text("owner"),
    Index("scope_owner", "owner"),
    Index("scope_beginning", "scope", postgresql_ops={"scope": "text_pattern_ops"}),
    postgresql_with={"fillfactor": 50},
    comment="How far each scope has come. Its row lock is the order of everything in it.",
)

stream: Final = Table(
    "stream",
    metadata,
    _key("scope"),
    _key("device"),
    _number("last_n"),
    Column("chain", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 70},
    comment="How far each device's ops in each scope are kept.",
)

rec: Final = Table(
    "rec",
    metadata,
    _key("scope"),
    _key("kind"),
    _key("id"),
    Column("seq", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("fields", JSON, nullable=False),
    # As ``sync.row.writers_to_state`` says: one line for each writer, not for each field.
    Column("writers", JSON, nullable=False),
    Column("variants", JSON, nullable=False),
    Column("hash", BigInteger, nullable=False),
    # Bytes on the wire, so that a page can be cut without reading it.
    Column("size", Integer, nullable=False),
    UniqueConstraint("scope", "seq", name="rec_seq"),
    Index("rec_kind", "kind", "scope"),
    Index(
        "rec_variants",
        "scope",
        postgresql_where=text("variants::text <> '[]'"),
        sqlite_where=text("variants <> '[]'"),
    ),
    comment="The state of every record. Nothing is removed; a tombstone is a state.",
)

op: Final = Table(
    "op",
    metadata,
    _key("scope"),
    _key("seq", BigInteger),
    Column("device", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("oid", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    _text("quarantined"),
    # The number under which a quarantined op was merged after all, and who said so.
    _number("released"),
    _text("released_at"),
    _text("released_by"),
    Column("body", JSON, nullable=False),
    UniqueConstraint("scope", "oid", name="op_oid"),
    UniqueConstraint("scope", "device", "n", name="op_stream"),
    Index("op_record", "scope", "kind", "id"),
    Index("op_received", "received_at"),
    comment="Every op ever taken, in the order of its scope. It only grows.",
)
Index(
    "op_quarantined",
    op.c.quarantined,
    op.c.received_at,
    postgresql_where=op.c.quarantined != "",
    sqlite_where=op.c.quarantined != "",
)

alias: Final = Table(
    "alias",
    metadata,
    _key("scope"),
    _key("device"),
    _key("n", BigInteger),
    Column("seq", BigInteger, nullable=False),
    comment="Ops said again by a device under a new life, and the number they have already.",
)

fork: Final = Table(
    "fork",
    metadata,
    _key("scope"),
    _key("epoch", BigInteger),
    Column("head", BigInteger, nullable=False),
    comment="Where a history of the centre began in a scope; none for a scope that was not there.",
)

case_reader: Final = Table(
    "case_reader",
    metadata,
    _key("scope"),
    _key("account"),
    Index("case_reader_account", "account"),
    comment="Who may hold a restricted case; follows its case_file row.",
)

invitation: Final = Table(
    "invitation",
    metadata,
    _key("scope"),
    # An account or, after ``o:``, an office.
    _key("guest"),
    _text("by"),
    _text("at"),
    Index("invitation_guest", "guest"),
    comment="Scopes opened to others than those who have them by office or area.",
)

certificate: Final = Table(
    "certificate",
    metadata,
    _key("scope"),
    _key("id"),
    Column("office", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("status", Text, nullable=False),
    Index("certificate_register", "office", "kind", "year", "number"),
    comment="The numbers of all certificates; follows their rows.",
)

attachment: Final = Table(
    "attachment",
    metadata,
    _key("scope"),
    _key("id"),
    Column("sha256", Text, nullable=False),
    Index("attachment_sha256", "sha256"),
    comment="Which scopes name a file; follows their rows.",
)

# ════ the same everywhere ════

history: Final = Table(
    "history",
    metadata,
    _key("epoch", BigInteger),
    _text("began_at"),
    _text("backup"),
    comment="The histories of this centre; each restored backup begins a new one.",
)

setting: Final = Table(
    "setting",
    metadata,
    _key("name"),
    Column("value", Text, nullable=False),
    comment="What this centre knows of itself.",
)

office: Final = Table(
    "office",
    metadata,
    _key("id"),
    Column("name", Text, nullable=False),
    _text("area"),
    _text("made_at"),
    comment="Offices; their ids are those of the laptops.",
)

account: Final = Table(
    "account",
    metadata,
    _key("id"),
    Column("office", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    # Beginnings of area codes, a JSON list; "" is the whole country.
    Column("areas", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    _text("made_at"),
    _text("changed_at"),
    Index("account_office", "office"),
    comment="Facilitators as the centre knows them; ids are those of the laptops.",
)

device: Final = Table(
    "device",
    metadata,
    _key("id"),
    Column("office", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ed25519", LargeBinary, nullable=False, unique=True),
    Column("x25519", LargeBinary, nullable=False),
    _text("made_at"),
    _text("revoked_at"),
    # Until then a revoked device may still bring what it has.
    _text("grace_until"),
    _text("last_contact"),
    _number("clock_offset"),
    _number("waiting"),
    _number("photos"),
    _text("app"),
    _number("schema_version", Integer),
    _number("epoch"),
    Index("device_office", "office"),
    comment="Laptops that have joined. Their private keys never leave them.",
)

device_account: Final = Table(
    "device_account",
    metadata,
    _key("device"),
    _key("account"),
    Index("device_account_account", "account"),
    comment="Which facilitators work on which laptop.",
)

incarnation: Final = Table(
    "incarnation",
    metadata,
    _key("id"),
    Column("device", Text, nullable=False),
    _text("seen_at"),
    Index("incarnation_device", "device"),
    comment="The names under which a device has numbered its ops: one for each life.",
)

joining_code: Final = Table(
    "joining_code",
    metadata,
    _key("id"),
    # The first letters, by which it is found; the whole is kept as a hash only.
    Column("selector", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("office", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("areas", JSON, nullable=False),
    _text("name"),
    _text("made_by"),
    _text("made_at"),
    _text("ends_at"),
    _number("tries", Integer),
    _text("used_at"),
    _text("device"),
    Index("joining_code_selector", "selector"),
    comment="One-time codes by which a laptop joins.",
)

register: Final = Table(
    "register",
    metadata,
    _key("office"),
    _key("kind"),
    _key("year", BigInteger),
    # The last number that was given away; the row lock makes leases one by one.
    _number("last"),
    # What the newest verified backup knew as given.
    _number("safe"),
    comment="How far the numbers of certificates are given away.",
)

lease: Final = Table(
    "lease",
    metadata,
    _key("office"),
    _key("kind"),
    _key("year", BigInteger),
    _key("first", BigInteger),
    Column("last", BigInteger, nullable=False),
    Column("device", Text, nullable=False),
    _text("at"),
    Index("lease_device", "device"),
    comment="Blocks of certificate numbers and the device each belongs to.",
)

audit: Final = Table(
    "audit",
    metadata,
    _key("lane"),
    _key("n", BigInteger),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("noun", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Index("audit_at", "at"),
    Index("audit_record", "record_id"),
    comment="Every reading and writing of personal data; each lane a hash chain.",
)

audit_head: Final = Table(
    "audit_head",
    metadata,
    _key("lane"),
    _number("n"),
    Column("chain", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 50},
    comment="The end of each lane of the audit log.",
)

blob: Final = Table(
    "blob",
    metadata,
    _key("sha256"),
    Column("size", BigInteger, nullable=False),
    _text("device"),
    _text("kept_at"),
    # When it was copied to the backup and read back there.
    _text("durable_at"),
    Index("blob_durable", "durable_at"),
    comment="Attachments that are here whole.",
)

backup: Final = Table(
    "backup",
    metadata,
    _key("name"),
    Column("epoch", BigInteger, nullable=False),
    _text("made_at"),
    _text("verified_at"),
    _number("size"),
    _text("sha256"),
    _number("ops"),
    # Attachments that were damaged here and could not be copied.
    _number("missing"),
    comment="Copies that were made; durable numbers move when one was read back.",
)
