CREATE TABLE attachment (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	record_id TEXT NOT NULL,
	noun TEXT DEFAULT '' NOT NULL,
	noun_id TEXT DEFAULT '' NOT NULL,
	sha256 TEXT NOT NULL,
	mime TEXT NOT NULL,
	size INTEGER NOT NULL,
	kind TEXT NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	width INTEGER DEFAULT '0' NOT NULL,
	height INTEGER DEFAULT '0' NOT NULL,
	taken_at TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX attachment_noun ON attachment (noun, noun_id);
CREATE INDEX attachment_record ON attachment (record_id);
CREATE INDEX attachment_sha256 ON attachment (sha256);
CREATE TRIGGER attachment_keeps_facts BEFORE UPDATE OF id, scope, record_id, noun, noun_id, sha256, mime, size, kind, place, width, height, taken_at ON attachment BEGIN SELECT RAISE(ABORT, 'attachment only grows'); END;
CREATE TRIGGER attachment_keeps_rows BEFORE DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'attachment keeps its rows'); END;

CREATE TABLE attachment_file (
	sha256 TEXT NOT NULL,
	file TEXT NOT NULL,
	"key" BLOB NOT NULL,
	size INTEGER NOT NULL,
	mime TEXT NOT NULL,
	kept_at TEXT NOT NULL,
	PRIMARY KEY (sha256),
	UNIQUE (file)
);

CREATE TABLE consent (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	person_id TEXT NOT NULL,
	household_id TEXT DEFAULT '' NOT NULL,
	record_id TEXT DEFAULT '' NOT NULL,
	given_at TEXT NOT NULL,
	basis TEXT NOT NULL,
	notice_version TEXT DEFAULT '' NOT NULL,
	notice_read BOOLEAN DEFAULT '0' NOT NULL,
	photo BOOLEAN DEFAULT '0' NOT NULL,
	publish BOOLEAN DEFAULT '0' NOT NULL,
	given_by TEXT DEFAULT 'self' NOT NULL,
	guardian_name TEXT DEFAULT '' NOT NULL,
	guardian_relation TEXT DEFAULT '' NOT NULL,
	witness TEXT DEFAULT '' NOT NULL,
	signature TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX consent_person ON consent (person_id, given_at);
CREATE INDEX consent_record ON consent (record_id);
CREATE TRIGGER consent_keeps_facts BEFORE UPDATE OF id, scope, person_id, household_id, record_id, given_at, basis, notice_version, notice_read, photo, publish, given_by, guardian_name, guardian_relation, witness, signature ON consent BEGIN SELECT RAISE(ABORT, 'consent only grows'); END;
CREATE TRIGGER consent_keeps_rows BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'consent keeps its rows'); END;

CREATE TABLE consent_withdrawal (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	person_id TEXT NOT NULL,
	what TEXT NOT NULL,
	at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX consent_withdrawal_person ON consent_withdrawal (person_id, at);
CREATE TRIGGER consent_withdrawal_keeps_facts BEFORE UPDATE OF id, scope, person_id, what, at, noted_by, reason ON consent_withdrawal BEGIN SELECT RAISE(ABORT, 'consent_withdrawal only grows'); END;
CREATE TRIGGER consent_withdrawal_keeps_rows BEFORE DELETE ON consent_withdrawal BEGIN SELECT RAISE(ABORT, 'consent_withdrawal keeps its rows'); END;

CREATE TABLE draft (
	id TEXT NOT NULL,
	form_id TEXT NOT NULL,
	form_version TEXT NOT NULL,
	"by" TEXT NOT NULL,
	started_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	household_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	case_id TEXT NOT NULL,
	amends TEXT NOT NULL,
	title TEXT NOT NULL,
	answered INTEGER NOT NULL,
	questions INTEGER NOT NULL,
	language TEXT NOT NULL,
	discarded_at TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE draft_step (
	draft_id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	kind TEXT NOT NULL,
	place TEXT NOT NULL,
	value TEXT NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (draft_id, seq)
)
 WITHOUT ROWID;

CREATE TABLE draft_file (
	draft_id TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	mime TEXT NOT NULL,
	size INTEGER NOT NULL,
	kind TEXT NOT NULL,
	place TEXT NOT NULL,
	width INTEGER NOT NULL,
	height INTEGER NOT NULL,
	taken_at TEXT NOT NULL,
	PRIMARY KEY (draft_id, sha256)
)
 WITHOUT ROWID;

CREATE TABLE form_version (
	form_id TEXT NOT NULL,
	version TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	title_th TEXT NOT NULL,
	title_en TEXT NOT NULL,
	added_at TEXT NOT NULL,
	xml BLOB NOT NULL,
	PRIMARY KEY (form_id, version)
);

CREATE TABLE household (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	house_no TEXT DEFAULT '' NOT NULL,
	moo TEXT DEFAULT '' NOT NULL,
	village TEXT DEFAULT '' NOT NULL,
	soi_road TEXT DEFAULT '' NOT NULL,
	postcode TEXT DEFAULT '' NOT NULL,
	house_code TEXT DEFAULT '' NOT NULL,
	landmark TEXT DEFAULT '' NOT NULL,
	phone TEXT DEFAULT '' NOT NULL,
	tenure TEXT DEFAULT '' NOT NULL,
	rent FLOAT,
	dependants JSON,
	welfare JSON,
	income_per_head_year FLOAT,
	lat FLOAT,
	lon FLOAT,
	altitude FLOAT,
	accuracy FLOAT,
	PRIMARY KEY (id)
);
CREATE INDEX household_area ON household (area);
CREATE INDEX household_code ON household (house_code);
CREATE TRIGGER household_keeps_rows BEFORE DELETE ON household BEGIN SELECT RAISE(ABORT, 'household keeps its rows'); END;

CREATE TABLE member (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	household_id TEXT NOT NULL,
	person_id TEXT DEFAULT '' NOT NULL,
	name TEXT DEFAULT '' NOT NULL,
	relation TEXT DEFAULT '' NOT NULL,
	age INTEGER,
	seen_on TEXT DEFAULT '' NOT NULL,
	sex TEXT DEFAULT '' NOT NULL,
	occupation TEXT DEFAULT '' NOT NULL,
	income FLOAT,
	body_state JSON,
	self_care BOOLEAN,
	left_on TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX member_household ON member (household_id);
CREATE INDEX member_person ON member (person_id);
CREATE TRIGGER member_keeps_rows BEFORE DELETE ON member BEGIN SELECT RAISE(ABORT, 'member keeps its rows'); END;

CREATE TABLE household_search (
	docid INTEGER NOT NULL,
	household_id TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (docid),
	UNIQUE (household_id)
);

CREATE VIRTUAL TABLE household_fts USING fts5(text, content='household_search', content_rowid='docid', tokenize='trigram');

CREATE TABLE household_word (
	word TEXT NOT NULL,
	household_id TEXT NOT NULL,
	PRIMARY KEY (word, household_id)
)
 WITHOUT ROWID;
CREATE INDEX household_word_household ON household_word (household_id);

CREATE TABLE record (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	form_id TEXT NOT NULL,
	form_version TEXT NOT NULL,
	instance_id TEXT NOT NULL,
	name TEXT DEFAULT '' NOT NULL,
	noun TEXT DEFAULT '' NOT NULL,
	noun_id TEXT DEFAULT '' NOT NULL,
	answers TEXT NOT NULL,
	xml TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	started_at TEXT NOT NULL,
	finished_at TEXT NOT NULL,
	finished_by TEXT NOT NULL,
	device TEXT NOT NULL,
	amends TEXT DEFAULT '' NOT NULL,
	first_id TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX record_first ON record (first_id);
CREATE INDEX record_form ON record (form_id, finished_at);
CREATE INDEX record_noun ON record (noun, noun_id);
CREATE TRIGGER record_keeps_facts BEFORE UPDATE OF id, scope, form_id, form_version, instance_id, name, noun, noun_id, answers, xml, sha256, started_at, finished_at, finished_by, device, amends, first_id ON record BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
CREATE TRIGGER record_keeps_rows BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'record keeps its rows'); END;

CREATE TABLE visit (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	household_id TEXT NOT NULL,
	record_id TEXT NOT NULL,
	person_id TEXT DEFAULT '' NOT NULL,
	case_id TEXT DEFAULT '' NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
	at TEXT NOT NULL,
	visited_on TEXT NOT NULL,
	purpose TEXT DEFAULT '' NOT NULL,
	met TEXT DEFAULT '' NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	lat FLOAT,
	lon FLOAT,
	altitude FLOAT,
	accuracy FLOAT,
	landmark TEXT DEFAULT '' NOT NULL,
	dimensions JSON,
	outcomes JSON DEFAULT '[]' NOT NULL,
	needs TEXT DEFAULT '' NOT NULL,
	opinion TEXT DEFAULT '' NOT NULL,
	noted_by TEXT NOT NULL,
	amends TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX visit_amends ON visit (amends);
CREATE INDEX visit_case ON visit (case_id);
CREATE INDEX visit_day ON visit (visited_on);
CREATE INDEX visit_event ON visit (event_id);
CREATE INDEX visit_household ON visit (household_id, visited_on);
CREATE INDEX visit_person_visited ON visit (person_id);
CREATE TRIGGER visit_keeps_facts BEFORE UPDATE OF id, scope, household_id, record_id, person_id, case_id, event_id, at, visited_on, purpose, met, area, lat, lon, altitude, accuracy, landmark, dimensions, outcomes, needs, opinion, noted_by, amends ON visit BEGIN SELECT RAISE(ABORT, 'visit only grows'); END;
CREATE TRIGGER visit_keeps_rows BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, 'visit keeps its rows'); END;

CREATE TABLE visit_person (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	visit_id TEXT NOT NULL,
	person_id TEXT DEFAULT '' NOT NULL,
	name TEXT DEFAULT '' NOT NULL,
	role TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX visit_person_person ON visit_person (person_id);
CREATE INDEX visit_person_visit ON visit_person (visit_id);
CREATE TRIGGER visit_person_keeps_facts BEFORE UPDATE OF id, scope, visit_id, person_id, name, role ON visit_person BEGIN SELECT RAISE(ABORT, 'visit_person only grows'); END;
CREATE TRIGGER visit_person_keeps_rows BEFORE DELETE ON visit_person BEGIN SELECT RAISE(ABORT, 'visit_person keeps its rows'); END;
