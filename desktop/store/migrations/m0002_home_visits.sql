CREATE TABLE activity (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
	record_id TEXT DEFAULT '' NOT NULL,
	held_on TEXT NOT NULL,
	name TEXT NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	occasion TEXT DEFAULT '' NOT NULL,
	noi_roles JSON NOT NULL,
	aims JSON NOT NULL,
	systems JSON NOT NULL,
	children INTEGER DEFAULT '0' NOT NULL,
	youth INTEGER DEFAULT '0' NOT NULL,
	volunteers INTEGER DEFAULT '0' NOT NULL,
	network INTEGER DEFAULT '0' NOT NULL,
	innovation TEXT DEFAULT '' NOT NULL,
	problem TEXT DEFAULT '' NOT NULL,
	budget INTEGER,
	result TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX activity_event ON activity (event_id);
CREATE INDEX activity_held ON activity (held_on);
CREATE TRIGGER activity_keeps_rows BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'activity keeps its rows'); END;

CREATE TABLE alert (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_id TEXT NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
	record_id TEXT DEFAULT '' NOT NULL,
	source TEXT NOT NULL,
	reporter TEXT DEFAULT '' NOT NULL,
	reporter_id TEXT DEFAULT '' NOT NULL,
	phone TEXT DEFAULT '' NOT NULL,
	mentor TEXT DEFAULT '' NOT NULL,
	mentor_id TEXT DEFAULT '' NOT NULL,
	seen_at TEXT NOT NULL,
	told_at TEXT DEFAULT '' NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	lat_lon TEXT DEFAULT '' NOT NULL,
	problems JSON NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	people INTEGER DEFAULT '1' NOT NULL,
	urgency TEXT NOT NULL,
	agencies JSON NOT NULL,
	restricted BOOLEAN DEFAULT '0' NOT NULL,
	raised_at TEXT NOT NULL,
	raised_by TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX alert_case ON alert (case_id);
CREATE INDEX alert_seen ON alert (seen_at);
CREATE TRIGGER alert_keeps_facts BEFORE UPDATE OF id, scope, case_id, event_id, record_id, source, reporter, reporter_id, phone, mentor, mentor_id, seen_at, told_at, area, place, lat_lon, problems, detail, people, urgency, agencies, restricted, raised_at, raised_by ON alert BEGIN SELECT RAISE(ABORT, 'alert only grows'); END;
CREATE TRIGGER alert_keeps_rows BEFORE DELETE ON alert BEGIN SELECT RAISE(ABORT, 'alert keeps its rows'); END;

CREATE TABLE alert_step (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	alert_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	happened_at TEXT NOT NULL,
	whom TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	noted_at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX alert_step_alert ON alert_step (alert_id, happened_at);
CREATE TRIGGER alert_step_keeps_facts BEFORE UPDATE OF id, scope, alert_id, kind, happened_at, whom, note, noted_at, noted_by ON alert_step BEGIN SELECT RAISE(ABORT, 'alert_step only grows'); END;
CREATE TRIGGER alert_step_keeps_rows BEFORE DELETE ON alert_step BEGIN SELECT RAISE(ABORT, 'alert_step keeps its rows'); END;

CREATE TABLE assistance (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_id TEXT NOT NULL,
	visit_id TEXT DEFAULT '' NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	state_on TEXT NOT NULL,
	amount INTEGER,
	fund TEXT DEFAULT '' NOT NULL,
	item TEXT DEFAULT '' NOT NULL,
	quantity INTEGER,
	receipt TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX assistance_case ON assistance (case_id);
CREATE INDEX assistance_visit ON assistance (visit_id);
CREATE TRIGGER assistance_keeps_rows BEFORE DELETE ON assistance BEGIN SELECT RAISE(ABORT, 'assistance keeps its rows'); END;

CREATE TABLE assistance_step (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	assistance_id TEXT NOT NULL,
	state TEXT NOT NULL,
	happened_on TEXT NOT NULL,
	noted_at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	amount INTEGER,
	fund TEXT DEFAULT '' NOT NULL,
	item TEXT DEFAULT '' NOT NULL,
	quantity INTEGER,
	receipt TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX assistance_step_assistance ON assistance_step (assistance_id, noted_at);
CREATE TRIGGER assistance_step_keeps_facts BEFORE UPDATE OF id, scope, assistance_id, state, happened_on, noted_at, noted_by, amount, fund, item, quantity, receipt ON assistance_step BEGIN SELECT RAISE(ABORT, 'assistance_step only grows'); END;
CREATE TRIGGER assistance_step_keeps_rows BEFORE DELETE ON assistance_step BEGIN SELECT RAISE(ABORT, 'assistance_step keeps its rows'); END;

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
	kept_at TEXT NOT NULL,
	PRIMARY KEY (sha256),
	UNIQUE (file)
);

CREATE TABLE case_file (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_no TEXT NOT NULL,
	person_id TEXT DEFAULT '' NOT NULL,
	household_id TEXT DEFAULT '' NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
	area TEXT DEFAULT '' NOT NULL,
	targets JSON NOT NULL,
	problems JSON NOT NULL,
	risks JSON NOT NULL,
	main_target TEXT DEFAULT '' NOT NULL,
	main_problem TEXT DEFAULT '' NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	urgency TEXT NOT NULL,
	status TEXT NOT NULL,
	owner_id TEXT NOT NULL,
	restricted BOOLEAN DEFAULT '0' NOT NULL,
	readers JSON NOT NULL,
	origin TEXT NOT NULL,
	opened_on TEXT NOT NULL,
	opened_by TEXT NOT NULL,
	closed_on TEXT DEFAULT '' NOT NULL,
	close_reason TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX case_file_area ON case_file (area);
CREATE INDEX case_file_event ON case_file (event_id);
CREATE INDEX case_file_household ON case_file (household_id);
CREATE INDEX case_file_no ON case_file (case_no);
CREATE INDEX case_file_person ON case_file (person_id);
CREATE TRIGGER case_file_keeps_rows BEFORE DELETE ON case_file BEGIN SELECT RAISE(ABORT, 'case_file keeps its rows'); END;

CREATE TABLE case_step (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	status TEXT NOT NULL,
	happened_on TEXT NOT NULL,
	noted_at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	owner_id TEXT DEFAULT '' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	about_noun TEXT DEFAULT '' NOT NULL,
	about_id TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX case_step_about ON case_step (about_noun, about_id);
CREATE INDEX case_step_case ON case_step (case_id, noted_at);
CREATE TRIGGER case_step_keeps_facts BEFORE UPDATE OF id, scope, case_id, kind, status, happened_on, noted_at, noted_by, owner_id, reason, about_noun, about_id ON case_step BEGIN SELECT RAISE(ABORT, 'case_step only grows'); END;
CREATE TRIGGER case_step_keeps_rows BEFORE DELETE ON case_step BEGIN SELECT RAISE(ABORT, 'case_step keeps its rows'); END;

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
	clock_at TEXT NOT NULL,
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
	noted_at TEXT NOT NULL,
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

CREATE TABLE follow_up (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_id TEXT NOT NULL,
	visit_id TEXT DEFAULT '' NOT NULL,
	made_on TEXT NOT NULL,
	due TEXT NOT NULL,
	first_due TEXT NOT NULL,
	moved_because TEXT DEFAULT '' NOT NULL,
	owner_id TEXT NOT NULL,
	done_at TEXT DEFAULT '' NOT NULL,
	done_by TEXT DEFAULT '' NOT NULL,
	method TEXT DEFAULT '' NOT NULL,
	progress TEXT DEFAULT '' NOT NULL,
	received JSON NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	record_id TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX follow_up_case ON follow_up (case_id);
CREATE INDEX follow_up_due ON follow_up (due) WHERE done_at = '';
CREATE TRIGGER follow_up_keeps_rows BEFORE DELETE ON follow_up BEGIN SELECT RAISE(ABORT, 'follow_up keeps its rows'); END;

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

CREATE TABLE form_file (
	form_id TEXT NOT NULL,
	version TEXT NOT NULL,
	name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	content BLOB NOT NULL,
	PRIMARY KEY (form_id, version, name)
);

CREATE TABLE form_retired (
	form_id TEXT NOT NULL,
	retired_at TEXT NOT NULL,
	PRIMARY KEY (form_id)
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
	told_in TEXT DEFAULT '' NOT NULL,
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

CREATE TABLE mentorship (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
	mentor_id TEXT NOT NULL,
	junior_id TEXT NOT NULL,
	since TEXT DEFAULT '' NOT NULL,
	until TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX mentorship_event ON mentorship (event_id);
CREATE INDEX mentorship_junior ON mentorship (junior_id);
CREATE INDEX mentorship_mentor ON mentorship (mentor_id);
CREATE TRIGGER mentorship_keeps_rows BEFORE DELETE ON mentorship BEGIN SELECT RAISE(ABORT, 'mentorship keeps its rows'); END;

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
	household_id TEXT DEFAULT '' NOT NULL,
	person_id TEXT DEFAULT '' NOT NULL,
	case_id TEXT DEFAULT '' NOT NULL,
	event_id TEXT DEFAULT '' NOT NULL,
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
CREATE INDEX record_amends ON record (amends);
CREATE INDEX record_case ON record (case_id);
CREATE INDEX record_first ON record (first_id);
CREATE INDEX record_form ON record (form_id, finished_at);
CREATE INDEX record_noun ON record (noun, noun_id);
CREATE TRIGGER record_keeps_facts BEFORE UPDATE OF id, scope, form_id, form_version, instance_id, name, noun, noun_id, household_id, person_id, case_id, event_id, answers, xml, sha256, started_at, finished_at, finished_by, device, amends, first_id ON record BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
CREATE TRIGGER record_keeps_rows BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'record keeps its rows'); END;

CREATE TABLE referral (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	case_id TEXT NOT NULL,
	record_id TEXT DEFAULT '' NOT NULL,
	written_on TEXT NOT NULL,
	to_organisation_id TEXT DEFAULT '' NOT NULL,
	to_kind TEXT DEFAULT '' NOT NULL,
	to_name TEXT DEFAULT '' NOT NULL,
	informer TEXT DEFAULT '' NOT NULL,
	person TEXT DEFAULT '' NOT NULL,
	summary TEXT DEFAULT '' NOT NULL,
	problems JSON NOT NULL,
	need TEXT DEFAULT '' NOT NULL,
	done TEXT DEFAULT '' NOT NULL,
	opinion TEXT DEFAULT '' NOT NULL,
	urgency TEXT DEFAULT '' NOT NULL,
	contact TEXT DEFAULT '' NOT NULL,
	doc_no TEXT DEFAULT '' NOT NULL,
	sent_on TEXT DEFAULT '' NOT NULL,
	acknowledged_on TEXT DEFAULT '' NOT NULL,
	acknowledged_by TEXT DEFAULT '' NOT NULL,
	result TEXT DEFAULT '' NOT NULL,
	result_on TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX referral_case ON referral (case_id);
CREATE INDEX referral_sent ON referral (sent_on);
CREATE TRIGGER referral_keeps_rows BEFORE DELETE ON referral BEGIN SELECT RAISE(ABORT, 'referral keeps its rows'); END;

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
