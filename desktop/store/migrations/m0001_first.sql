CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY ("key")
);

CREATE TABLE device (
	id TEXT NOT NULL,
	created_at TEXT NOT NULL,
	is_this INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE UNIQUE INDEX device_this ON device (is_this) WHERE is_this = 1;

CREATE TABLE stream (
	scope TEXT NOT NULL,
	device TEXT NOT NULL,
	last_n INTEGER NOT NULL,
	chain BLOB NOT NULL,
	hlc TEXT NOT NULL,
	PRIMARY KEY (scope, device)
)
 WITHOUT ROWID;

CREATE TABLE op (
	seq INTEGER NOT NULL,
	scope TEXT NOT NULL,
	device TEXT NOT NULL,
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id TEXT NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	body TEXT NOT NULL,
	chain BLOB NOT NULL,
	PRIMARY KEY (seq)
);
CREATE UNIQUE INDEX op_stream ON op (scope, device, n);
CREATE TRIGGER op_is_kept BEFORE UPDATE ON op BEGIN SELECT RAISE(ABORT, 'op is never rewritten'); END;
CREATE TRIGGER op_is_whole BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'op is never shortened'); END;

CREATE TABLE audit (
	seq INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	device TEXT NOT NULL,
	action TEXT NOT NULL,
	noun TEXT NOT NULL,
	record_id TEXT NOT NULL,
	detail TEXT NOT NULL,
	chain BLOB NOT NULL,
	PRIMARY KEY (seq)
);
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is never rewritten'); END;
CREATE TRIGGER audit_is_whole BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is never shortened'); END;

CREATE TABLE mark (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	enrolment_id TEXT NOT NULL,
	session_id TEXT NOT NULL,
	mark_scope TEXT NOT NULL,
	kind TEXT NOT NULL,
	minute INTEGER NOT NULL,
	noted_at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	device TEXT NOT NULL,
	method TEXT NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	cancels TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX mark_enrolment ON mark (enrolment_id, noted_at);
CREATE INDEX mark_event ON mark (event_id, enrolment_id);
CREATE INDEX mark_session ON mark (session_id);
CREATE TRIGGER mark_keeps_facts BEFORE UPDATE OF id, scope, event_id, enrolment_id, session_id, mark_scope, kind, minute, noted_at, noted_by, device, method, reason, cancels ON mark BEGIN SELECT RAISE(ABORT, 'mark only grows'); END;
CREATE TRIGGER mark_keeps_rows BEFORE DELETE ON mark BEGIN SELECT RAISE(ABORT, 'mark keeps its rows'); END;

CREATE TABLE certificate (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	office_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	year INTEGER NOT NULL,
	number INTEGER NOT NULL,
	number_text TEXT NOT NULL,
	seat INTEGER NOT NULL,
	status TEXT NOT NULL,
	issue_date TEXT NOT NULL,
	wording JSON,
	enrolment_id TEXT DEFAULT '' NOT NULL,
	award_id TEXT DEFAULT '' NOT NULL,
	organisation TEXT DEFAULT '' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	replaces TEXT DEFAULT '' NOT NULL,
	layout TEXT DEFAULT '' NOT NULL,
	received_by TEXT DEFAULT '' NOT NULL,
	received_on TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX certificate_award ON certificate (award_id);
CREATE INDEX certificate_enrolment ON certificate (enrolment_id);
CREATE INDEX certificate_event ON certificate (event_id, seat);
CREATE INDEX certificate_register ON certificate (office_id, kind, year, number);
CREATE TRIGGER certificate_keeps_rows BEFORE DELETE ON certificate BEGIN SELECT RAISE(ABORT, 'certificate keeps its rows'); END;

CREATE TABLE certificate_print (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	certificate_id TEXT NOT NULL,
	printed_at TEXT NOT NULL,
	printed_by TEXT NOT NULL,
	printer TEXT DEFAULT '' NOT NULL,
	copies INTEGER DEFAULT '1' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	wording JSON,
	PRIMARY KEY (id)
);
CREATE INDEX certificate_print_certificate ON certificate_print (certificate_id, printed_at);
CREATE TRIGGER certificate_print_keeps_facts BEFORE UPDATE OF id, scope, certificate_id, printed_at, printed_by, printer, copies, reason, wording ON certificate_print BEGIN SELECT RAISE(ABORT, 'certificate_print only grows'); END;
CREATE TRIGGER certificate_print_keeps_rows BEFORE DELETE ON certificate_print BEGIN SELECT RAISE(ABORT, 'certificate_print keeps its rows'); END;

CREATE TABLE programme (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	name TEXT NOT NULL,
	fiscal_year INTEGER NOT NULL,
	year_no INTEGER,
	fund TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TRIGGER programme_keeps_rows BEFORE DELETE ON programme BEGIN SELECT RAISE(ABORT, 'programme keeps its rows'); END;

CREATE TABLE event (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	programme_id TEXT,
	batch TEXT DEFAULT '' NOT NULL,
	date_from TEXT,
	date_to TEXT,
	date_note TEXT DEFAULT '' NOT NULL,
	venue TEXT DEFAULT '' NOT NULL,
	venue_area TEXT DEFAULT '' NOT NULL,
	hosts JSON NOT NULL,
	areas JSON NOT NULL,
	area_label TEXT DEFAULT '' NOT NULL,
	target INTEGER,
	quota INTEGER,
	pass_mode TEXT DEFAULT 'minutes' NOT NULL,
	pass_percent INTEGER DEFAULT '80' NOT NULL,
	late_after INTEGER DEFAULT '15' NOT NULL,
	mark_scope TEXT DEFAULT 'half' NOT NULL,
	digits TEXT DEFAULT 'arabic' NOT NULL,
	certificate_kind TEXT DEFAULT '' NOT NULL,
	closed BOOLEAN DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX event_code ON event (code);
CREATE TRIGGER event_keeps_rows BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event keeps its rows'); END;

CREATE TABLE day (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	no INTEGER NOT NULL,
	held_on TEXT,
	PRIMARY KEY (id)
);
CREATE INDEX day_date ON day (held_on);
CREATE INDEX day_event ON day (event_id, no);
CREATE TRIGGER day_keeps_rows BEFORE DELETE ON day BEGIN SELECT RAISE(ABORT, 'day keeps its rows'); END;

CREATE TABLE session (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	day_no INTEGER NOT NULL,
	start_minute INTEGER NOT NULL,
	end_minute INTEGER NOT NULL,
	kind TEXT NOT NULL,
	title TEXT NOT NULL,
	counts BOOLEAN NOT NULL,
	mandatory BOOLEAN DEFAULT '0' NOT NULL,
	lecturer TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX session_event ON session (event_id, day_no, start_minute);
CREATE TRIGGER session_keeps_rows BEFORE DELETE ON session BEGIN SELECT RAISE(ABORT, 'session keeps its rows'); END;

CREATE TABLE ceremony_role (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	role TEXT NOT NULL,
	person_name TEXT NOT NULL,
	position TEXT DEFAULT '' NOT NULL,
	held_at TEXT DEFAULT '' NOT NULL,
	signs BOOLEAN DEFAULT '0' NOT NULL,
	order_no INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX ceremony_role_event ON ceremony_role (event_id, order_no);
CREATE TRIGGER ceremony_role_keeps_rows BEFORE DELETE ON ceremony_role BEGIN SELECT RAISE(ABORT, 'ceremony_role keeps its rows'); END;

CREATE TABLE office (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	name TEXT NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	ministry TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TRIGGER office_keeps_rows BEFORE DELETE ON office BEGIN SELECT RAISE(ABORT, 'office keeps its rows'); END;

CREATE TABLE facilitator (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	office_id TEXT NOT NULL,
	name TEXT NOT NULL,
	position TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX facilitator_office ON facilitator (office_id);
CREATE TRIGGER facilitator_keeps_rows BEFORE DELETE ON facilitator BEGIN SELECT RAISE(ABORT, 'facilitator keeps its rows'); END;

CREATE TABLE organisation (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	short TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX organisation_name ON organisation (name);
CREATE TRIGGER organisation_keeps_rows BEFORE DELETE ON organisation BEGIN SELECT RAISE(ABORT, 'organisation keeps its rows'); END;

CREATE TABLE award (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	organisation_id TEXT NOT NULL,
	title TEXT NOT NULL,
	fund TEXT DEFAULT '' NOT NULL,
	order_no INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX award_event ON award (event_id, order_no);
CREATE TRIGGER award_keeps_rows BEFORE DELETE ON award BEGIN SELECT RAISE(ABORT, 'award keeps its rows'); END;

CREATE TABLE person (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	first TEXT NOT NULL,
	middle TEXT DEFAULT '' NOT NULL,
	last TEXT DEFAULT '' NOT NULL,
	title_code TEXT DEFAULT '' NOT NULL,
	sex TEXT DEFAULT '' NOT NULL,
	born TEXT,
	born_precision TEXT DEFAULT '' NOT NULL,
	birth_year INTEGER,
	name_en TEXT DEFAULT '' NOT NULL,
	certificate_name TEXT DEFAULT '' NOT NULL,
	name_confirmed_at TEXT DEFAULT '' NOT NULL,
	phone TEXT DEFAULT '' NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX person_phone_last4 ON person (substr(phone, -4)) WHERE phone <> '';
CREATE TRIGGER person_keeps_rows BEFORE DELETE ON person BEGIN SELECT RAISE(ABORT, 'person keeps its rows'); END;

CREATE TABLE person_identifier (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	person_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	value TEXT DEFAULT '' NOT NULL,
	last4 TEXT DEFAULT '' NOT NULL,
	none_reason TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX person_identifier_last4 ON person_identifier (last4) WHERE last4 <> '';
CREATE INDEX person_identifier_person ON person_identifier (person_id);
CREATE TRIGGER person_identifier_keeps_rows BEFORE DELETE ON person_identifier BEGIN SELECT RAISE(ABORT, 'person_identifier keeps its rows'); END;

CREATE TABLE enrolment (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	seat INTEGER,
	badge_no INTEGER NOT NULL,
	role TEXT DEFAULT '' NOT NULL,
	person_group TEXT DEFAULT '' NOT NULL,
	organisation_id TEXT,
	position TEXT DEFAULT '' NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	team INTEGER,
	source TEXT NOT NULL,
	status TEXT NOT NULL,
	substitute_for TEXT DEFAULT '' NOT NULL,
	food TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX enrolment_badge ON enrolment (event_id, badge_no);
CREATE INDEX enrolment_person ON enrolment (person_id, event_id);
CREATE INDEX enrolment_seat ON enrolment (event_id, seat);
CREATE INDEX enrolment_status ON enrolment (event_id, status, deleted);
CREATE TRIGGER enrolment_keeps_rows BEFORE DELETE ON enrolment BEGIN SELECT RAISE(ABORT, 'enrolment keeps its rows'); END;

CREATE TABLE roster_lock (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	locked BOOLEAN NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX roster_lock_event ON roster_lock (event_id);
CREATE TRIGGER roster_lock_keeps_rows BEFORE DELETE ON roster_lock BEGIN SELECT RAISE(ABORT, 'roster_lock keeps its rows'); END;

CREATE TABLE person_search (
	docid INTEGER NOT NULL,
	person_id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	search_key TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (docid),
	UNIQUE (person_id)
);
CREATE INDEX person_search_key ON person_search (search_key);
CREATE INDEX person_search_sort ON person_search (sort_key);

CREATE VIRTUAL TABLE person_fts USING fts5(text, content='person_search', content_rowid='docid', tokenize='trigram');

CREATE TABLE person_word (
	word TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	person_id TEXT NOT NULL,
	PRIMARY KEY (word, sort_key, person_id)
)
 WITHOUT ROWID;
CREATE INDEX person_word_person ON person_word (person_id);

CREATE TABLE roster_seek (
	event_id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	enrolment_id TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (event_id, sort_key, enrolment_id)
)
 WITHOUT ROWID;
CREATE INDEX roster_seek_enrolment ON roster_seek (enrolment_id);

CREATE TABLE identifier_hash (
	identifier_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	hash BLOB NOT NULL,
	PRIMARY KEY (identifier_id)
)
 WITHOUT ROWID;
CREATE INDEX identifier_hash_person ON identifier_hash (person_id);
CREATE INDEX identifier_hash_value ON identifier_hash (hash);

CREATE TABLE sheet (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	day_no INTEGER NOT NULL,
	page INTEGER NOT NULL,
	pages INTEGER NOT NULL,
	code TEXT NOT NULL,
	enrolment_ids JSON NOT NULL,
	halves JSON NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX sheet_code ON sheet (code);
CREATE INDEX sheet_event ON sheet (event_id, day_no, page);
CREATE TRIGGER sheet_keeps_rows BEFORE DELETE ON sheet BEGIN SELECT RAISE(ABORT, 'sheet keeps its rows'); END;
