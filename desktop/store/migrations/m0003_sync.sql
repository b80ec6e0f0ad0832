DROP TRIGGER op_is_kept;
CREATE TRIGGER op_is_kept BEFORE UPDATE OF "seq", "scope", "n", "kind", "record_id", "by", "at", "body", "chain" ON op BEGIN SELECT RAISE(ABORT, 'op is never rewritten'); END;
DROP TRIGGER mark_keeps_facts;
CREATE TRIGGER mark_keeps_facts BEFORE UPDATE OF id, event_id, enrolment_id, session_id, mark_scope, kind, minute, noted_at, noted_by, device, method, reason, cancels ON mark BEGIN SELECT RAISE(ABORT, 'mark only grows'); END;
DROP TRIGGER certificate_print_keeps_facts;
CREATE TRIGGER certificate_print_keeps_facts BEFORE UPDATE OF id, certificate_id, printed_at, printed_by, printer, copies, reason, wording ON certificate_print BEGIN SELECT RAISE(ABORT, 'certificate_print only grows'); END;
DROP TRIGGER alert_keeps_facts;
CREATE TRIGGER alert_keeps_facts BEFORE UPDATE OF id, case_id, event_id, record_id, source, reporter, reporter_id, phone, mentor, mentor_id, seen_at, told_at, area, place, lat_lon, problems, detail, people, urgency, agencies, restricted, raised_at, raised_by ON alert BEGIN SELECT RAISE(ABORT, 'alert only grows'); END;
DROP TRIGGER alert_step_keeps_facts;
CREATE TRIGGER alert_step_keeps_facts BEFORE UPDATE OF id, alert_id, kind, happened_at, whom, note, noted_at, noted_by ON alert_step BEGIN SELECT RAISE(ABORT, 'alert_step only grows'); END;
DROP TRIGGER assistance_step_keeps_facts;
CREATE TRIGGER assistance_step_keeps_facts BEFORE UPDATE OF id, assistance_id, state, happened_on, noted_at, noted_by, amount, fund, item, quantity, receipt ON assistance_step BEGIN SELECT RAISE(ABORT, 'assistance_step only grows'); END;
DROP TRIGGER attachment_keeps_facts;
CREATE TRIGGER attachment_keeps_facts BEFORE UPDATE OF id, record_id, noun, noun_id, sha256, mime, size, kind, place, width, height, taken_at ON attachment BEGIN SELECT RAISE(ABORT, 'attachment only grows'); END;
DROP TRIGGER case_step_keeps_facts;
CREATE TRIGGER case_step_keeps_facts BEFORE UPDATE OF id, case_id, kind, status, happened_on, noted_at, noted_by, owner_id, reason, about_noun, about_id ON case_step BEGIN SELECT RAISE(ABORT, 'case_step only grows'); END;
DROP TRIGGER consent_keeps_facts;
CREATE TRIGGER consent_keeps_facts BEFORE UPDATE OF id, person_id, household_id, record_id, given_at, basis, notice_version, notice_read, photo, publish, given_by, guardian_name, guardian_relation, witness, signature ON consent BEGIN SELECT RAISE(ABORT, 'consent only grows'); END;
DROP TRIGGER consent_withdrawal_keeps_facts;
CREATE TRIGGER consent_withdrawal_keeps_facts BEFORE UPDATE OF id, person_id, what, at, noted_by, reason ON consent_withdrawal BEGIN SELECT RAISE(ABORT, 'consent_withdrawal only grows'); END;
ALTER TABLE household ADD COLUMN needs TEXT DEFAULT '' NOT NULL;
DROP TRIGGER record_keeps_facts;
CREATE TRIGGER record_keeps_facts BEFORE UPDATE OF id, form_id, form_version, instance_id, name, noun, noun_id, household_id, person_id, case_id, event_id, answers, xml, sha256, started_at, finished_at, finished_by, device, amends, first_id ON record BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
DROP TRIGGER visit_keeps_facts;
CREATE TRIGGER visit_keeps_facts BEFORE UPDATE OF id, household_id, record_id, person_id, case_id, event_id, at, visited_on, purpose, met, area, lat, lon, altitude, accuracy, landmark, dimensions, outcomes, needs, opinion, noted_by, amends ON visit BEGIN SELECT RAISE(ABORT, 'visit only grows'); END;
DROP TRIGGER visit_person_keeps_facts;
CREATE TRIGGER visit_person_keeps_facts BEFORE UPDATE OF id, visit_id, person_id, name, role ON visit_person BEGIN SELECT RAISE(ABORT, 'visit_person only grows'); END;
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
	n INTEGER NOT NULL,
	scope TEXT NOT NULL,
	kind TEXT NOT NULL,
	id TEXT NOT NULL,
	fields TEXT NOT NULL,
	deleted INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (n)
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
