-- SPDX-License-Identifier: Apache-2.0
CREATE TABLE account (
    id TEXT NOT NULL,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    areas JSON NOT NULL,
    active BOOLEAN NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL,
    changed_at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX account_office ON account (office);

CREATE TABLE alias (
    scope TEXT NOT NULL,
    device TEXT NOT NULL,
    n BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (scope, device, n)
);

CREATE TABLE attachment (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (scope, id)
);

CREATE INDEX attachment_sha256 ON attachment (sha256);

CREATE TABLE audit (
    lane TEXT NOT NULL,
    n BIGINT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    device TEXT NOT NULL,
    action TEXT NOT NULL,
    noun TEXT NOT NULL,
    record_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (lane, n)
);

CREATE INDEX audit_at ON audit (at);

CREATE INDEX audit_record ON audit (record_id);

CREATE TABLE audit_head (
    lane TEXT NOT NULL,
    n BIGINT DEFAULT '0' NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (lane)
);

CREATE TABLE backup (
    name TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL,
    verified_at TEXT DEFAULT '' NOT NULL,
    size BIGINT DEFAULT '0' NOT NULL,
    sha256 TEXT DEFAULT '' NOT NULL,
    ops BIGINT DEFAULT '0' NOT NULL,
    missing BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE blob (
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    kept_at TEXT DEFAULT '' NOT NULL,
    durable_at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (sha256)
);

CREATE INDEX blob_durable ON blob (durable_at);

CREATE TABLE case_reader (
    scope TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (scope, account)
);

CREATE INDEX case_reader_account ON case_reader (account);

CREATE TABLE certificate (
    scope TEXT NOT NULL,
    id TEXT NOT NULL,
    office TEXT NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (scope, id)
);

CREATE INDEX certificate_register ON certificate (office, kind, year, number);

CREATE TABLE device (
    id TEXT NOT NULL,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    ed25519 BLOB NOT NULL,
    x25519 BLOB NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL,
    revoked_at TEXT DEFAULT '' NOT NULL,
    grace_until TEXT DEFAULT '' NOT NULL,
    last_contact TEXT DEFAULT '' NOT NULL,
    clock_offset BIGINT DEFAULT '0' NOT NULL,
    waiting BIGINT DEFAULT '0' NOT NULL,
    photos BIGINT DEFAULT '0' NOT NULL,
    app TEXT DEFAULT '' NOT NULL,
    schema_version INTEGER DEFAULT '0' NOT NULL,
    epoch BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (ed25519)
);

CREATE INDEX device_office ON device (office);

CREATE TABLE device_account (
    device TEXT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (device, account)
);

CREATE INDEX device_account_account ON device_account (account);

CREATE TABLE fork (
    scope TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    head BIGINT NOT NULL,
    PRIMARY KEY (scope, epoch)
);

CREATE TABLE history (
    epoch BIGINT NOT NULL,
    began_at TEXT DEFAULT '' NOT NULL,
    backup TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (epoch)
);

CREATE TABLE incarnation (
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    seen_at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX incarnation_device ON incarnation (device);

CREATE TABLE invitation (
    scope TEXT NOT NULL,
    guest TEXT NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (scope, guest)
);

CREATE INDEX invitation_guest ON invitation (guest);

CREATE TABLE joining_code (
    id TEXT NOT NULL,
    selector TEXT NOT NULL,
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    office TEXT NOT NULL,
    role TEXT NOT NULL,
    areas JSON NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    made_by TEXT DEFAULT '' NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL,
    ends_at TEXT DEFAULT '' NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    used_at TEXT DEFAULT '' NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX joining_code_selector ON joining_code (selector);

CREATE TABLE lease (
    office TEXT NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    device TEXT NOT NULL,
    at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (office, kind, year, first)
);

CREATE INDEX lease_device ON lease (device);

CREATE TABLE office (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    area TEXT DEFAULT '' NOT NULL,
    made_at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE op (
    scope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    device TEXT NOT NULL,
    n BIGINT NOT NULL,
    oid TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    quarantined TEXT DEFAULT '' NOT NULL,
    released BIGINT DEFAULT '0' NOT NULL,
    released_at TEXT DEFAULT '' NOT NULL,
    released_by TEXT DEFAULT '' NOT NULL,
    body JSON NOT NULL,
    PRIMARY KEY (scope, seq),
    CONSTRAINT op_oid UNIQUE (scope, oid),
    CONSTRAINT op_stream UNIQUE (scope, device, n)
);

CREATE INDEX op_quarantined ON op (quarantined, received_at) WHERE quarantined != '';

CREATE INDEX op_received ON op (received_at);

CREATE INDEX op_record ON op (scope, kind, id);

CREATE TABLE rec (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL,
    fields JSON NOT NULL,
    writers JSON NOT NULL,
    variants JSON NOT NULL,
    hash BIGINT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (scope, kind, id),
    CONSTRAINT rec_seq UNIQUE (scope, seq)
);

CREATE INDEX rec_kind ON rec (kind, scope);

CREATE INDEX rec_variants ON rec (scope) WHERE variants <> '[]';

CREATE TABLE register (
    office TEXT NOT NULL,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT DEFAULT '0' NOT NULL,
    safe BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (office, kind, year)
);

CREATE TABLE scope (
    scope TEXT NOT NULL,
    head BIGINT DEFAULT '0' NOT NULL,
    digest BIGINT DEFAULT '0' NOT NULL,
    durable BIGINT DEFAULT '0' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (scope)
);

CREATE INDEX scope_beginning ON scope (scope);

CREATE INDEX scope_owner ON scope (owner);

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE staff_account (
    id TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT DEFAULT 'th' NOT NULL,
    active BOOLEAN NOT NULL,
    must_change BOOLEAN NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT staff_account_login UNIQUE (login)
);

CREATE TABLE staff_session (
    token TEXT NOT NULL,
    account_id TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (token)
);

CREATE INDEX staff_session_account ON staff_session (account_id);

CREATE TABLE staff_try (
    id TEXT NOT NULL,
    login_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX staff_try_address ON staff_try (address, at);

CREATE INDEX staff_try_login ON staff_try (login_hash, at);

CREATE TABLE stream (
    scope TEXT NOT NULL,
    device TEXT NOT NULL,
    last_n BIGINT DEFAULT '0' NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (scope, device)
);

INSERT INTO history (epoch, began_at, backup) VALUES (1, '', '');
