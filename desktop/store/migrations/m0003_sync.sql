DROP TRIGGER op_is_kept;
CREATE TRIGGER op_is_kept BEFORE UPDATE OF "seq", "scope", "n", "kind", "record_id", "by", "at", "body", "chain" ON op BEGIN SELECT RAISE(ABORT, 'op is never rewritten'); END;
ALTER TABLE household ADD COLUMN needs TEXT DEFAULT '' NOT NULL;
CREATE INDEX op_record ON op (record_id);

CREATE TABLE centre (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
)
 WITHOUT ROWID;

CREATE TABLE laptop_key (
	kind TEXT NOT NULL,
	private BLOB NOT NULL,
	made_at TEXT NOT NULL,
	PRIMARY KEY (kind)
)
 WITHOUT ROWID;

CREATE TABLE scope_state (
	scope TEXT NOT NULL,
	cursor INTEGER NOT NULL,
	head INTEGER NOT NULL,
	durable INTEGER NOT NULL,
	digest TEXT,
	matched_at TEXT NOT NULL,
	granted INTEGER NOT NULL,
	forks TEXT NOT NULL,
	repair INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (scope)
)
 WITHOUT ROWID;

CREATE TABLE stream_ack (
	scope TEXT NOT NULL,
	device TEXT NOT NULL,
	acked INTEGER DEFAULT '0' NOT NULL,
	placed INTEGER DEFAULT '0' NOT NULL,
	closed INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (scope, device)
)
 WITHOUT ROWID;

CREATE TABLE op_place (
	op INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (op)
);
CREATE INDEX op_place_seq ON op_place (seq);

CREATE TABLE op_note (
	scope TEXT NOT NULL,
	device TEXT NOT NULL,
	n INTEGER NOT NULL,
	code TEXT NOT NULL,
	detail TEXT NOT NULL,
	noted_at TEXT NOT NULL,
	PRIMARY KEY (scope, device, n, code)
)
 WITHOUT ROWID;

CREATE TABLE received (
	scope TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	hash INTEGER NOT NULL,
	mask INTEGER NOT NULL,
	fields TEXT,
	extra TEXT,
	numbers TEXT,
	variants TEXT,
	PRIMARY KEY (scope, kind, id)
)
 WITHOUT ROWID;
CREATE INDEX received_extra ON received (kind) WHERE extra IS NOT NULL;

CREATE TABLE variant (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	oid TEXT NOT NULL,
	field TEXT NOT NULL,
	scope TEXT NOT NULL,
	value TEXT NOT NULL,
	seq INTEGER NOT NULL,
	device TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (kind, id, oid, field)
)
 WITHOUT ROWID;

CREATE TABLE salvage (
	seq INTEGER NOT NULL,
	scope TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	fields TEXT NOT NULL,
	deleted INTEGER NOT NULL,
	PRIMARY KEY (seq)
);
CREATE INDEX salvage_scope ON salvage (scope);

CREATE TABLE lease (
	office TEXT NOT NULL,
	kind TEXT NOT NULL,
	year INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (office, kind, year, first)
)
 WITHOUT ROWID;

CREATE TABLE guest_row (
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	hall TEXT NOT NULL,
	scope TEXT NOT NULL,
	seq INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	deleted INTEGER NOT NULL,
	fields TEXT NOT NULL,
	saw TEXT NOT NULL,
	PRIMARY KEY (kind, id)
)
 WITHOUT ROWID;
CREATE INDEX guest_row_hall ON guest_row (hall);

CREATE TABLE upload (
	sha256 TEXT NOT NULL,
	"offset" INTEGER NOT NULL,
	sent_at TEXT NOT NULL,
	PRIMARY KEY (sha256)
)
 WITHOUT ROWID;
