ALTER TABLE certificate ADD COLUMN edition INTEGER DEFAULT '1' NOT NULL;
ALTER TABLE certificate ADD COLUMN proof TEXT DEFAULT '' NOT NULL;
ALTER TABLE certificate_print ADD COLUMN plate TEXT DEFAULT '' NOT NULL;
DROP TRIGGER certificate_print_keeps_facts;
CREATE TRIGGER certificate_print_keeps_facts BEFORE UPDATE OF id, certificate_id, printed_at, printed_by, printer, copies, reason, wording, plate ON certificate_print BEGIN SELECT RAISE(ABORT, 'certificate_print only grows'); END;
CREATE INDEX certificate_layout ON certificate (layout);

CREATE TABLE certificate_step (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	certificate_id TEXT NOT NULL,
	event_id TEXT NOT NULL,
	step TEXT NOT NULL,
	happened_on TEXT NOT NULL,
	noted_at TEXT NOT NULL,
	noted_by TEXT NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	whom TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX certificate_step_certificate ON certificate_step (certificate_id, noted_at);
CREATE INDEX certificate_step_event ON certificate_step (event_id);
CREATE TRIGGER certificate_step_keeps_facts BEFORE UPDATE OF id, certificate_id, event_id, step, happened_on, noted_at, noted_by, reason, whom ON certificate_step BEGIN SELECT RAISE(ABORT, 'certificate_step only grows'); END;
CREATE TRIGGER certificate_step_keeps_rows BEFORE DELETE ON certificate_step BEGIN SELECT RAISE(ABORT, 'certificate_step keeps its rows'); END;

CREATE TABLE register_rule (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	office_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	pattern TEXT DEFAULT '{n}/{be}' NOT NULL,
	code TEXT DEFAULT '' NOT NULL,
	year_kind TEXT DEFAULT 'calendar' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX register_rule_office ON register_rule (office_id, kind);
CREATE TRIGGER register_rule_keeps_rows BEFORE DELETE ON register_rule BEGIN SELECT RAISE(ABORT, 'register_rule keeps its rows'); END;

CREATE TABLE claim (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	enrolment_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	amount INTEGER NOT NULL,
	detail TEXT DEFAULT '' NOT NULL,
	paid_on TEXT DEFAULT '' NOT NULL,
	paid INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX claim_event ON claim (event_id, enrolment_id);
CREATE TRIGGER claim_keeps_rows BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'claim keeps its rows'); END;

CREATE TABLE claim_plan (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	usual JSON,
	payer TEXT DEFAULT '' NOT NULL,
	payer_position TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX claim_plan_event ON claim_plan (event_id);
CREATE TRIGGER claim_plan_keeps_rows BEFORE DELETE ON claim_plan BEGIN SELECT RAISE(ABORT, 'claim_plan keeps its rows'); END;

CREATE TABLE print_run (
	id TEXT NOT NULL,
	event_id TEXT NOT NULL,
	what TEXT NOT NULL,
	keys TEXT NOT NULL,
	options TEXT NOT NULL,
	printer TEXT NOT NULL,
	sent INTEGER NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE issuer_key (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	key_id TEXT NOT NULL,
	public TEXT NOT NULL,
	office_id TEXT NOT NULL,
	issuer TEXT NOT NULL,
	made_at TEXT NOT NULL,
	withdrawn_at TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX issuer_key_key ON issuer_key (key_id);
CREATE TRIGGER issuer_key_keeps_facts BEFORE UPDATE OF id, key_id, public, office_id, issuer, made_at, withdrawn_at ON issuer_key BEGIN SELECT RAISE(ABORT, 'issuer_key only grows'); END;
CREATE TRIGGER issuer_key_keeps_rows BEFORE DELETE ON issuer_key BEGIN SELECT RAISE(ABORT, 'issuer_key keeps its rows'); END;

CREATE TABLE proof_list (
	source TEXT NOT NULL,
	body TEXT NOT NULL,
	as_of TEXT NOT NULL,
	kept_at TEXT NOT NULL,
	PRIMARY KEY (source)
);

CREATE TABLE template (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	purpose TEXT NOT NULL,
	name TEXT NOT NULL,
	base TEXT DEFAULT '' NOT NULL,
	withdrawn BOOLEAN DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TRIGGER template_keeps_rows BEFORE DELETE ON template BEGIN SELECT RAISE(ABORT, 'template keeps its rows'); END;

CREATE TABLE template_revision (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	template_id TEXT NOT NULL,
	digest TEXT NOT NULL,
	body TEXT NOT NULL,
	"after" TEXT DEFAULT '' NOT NULL,
	made_at TEXT NOT NULL,
	made_by TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX template_revision_digest ON template_revision (digest);
CREATE INDEX template_revision_template ON template_revision (template_id, made_at);
CREATE TRIGGER template_revision_keeps_facts BEFORE UPDATE OF id, template_id, digest, body, after, made_at, made_by ON template_revision BEGIN SELECT RAISE(ABORT, 'template_revision only grows'); END;
CREATE TRIGGER template_revision_keeps_rows BEFORE DELETE ON template_revision BEGIN SELECT RAISE(ABORT, 'template_revision keeps its rows'); END;

CREATE TABLE template_draft (
	template_id TEXT NOT NULL,
	body TEXT NOT NULL,
	"after" TEXT DEFAULT '' NOT NULL,
	at TEXT NOT NULL,
	"by" TEXT NOT NULL,
	PRIMARY KEY (template_id)
);

CREATE TABLE certificate_plan (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	template TEXT DEFAULT '' NOT NULL,
	language TEXT DEFAULT 'th' NOT NULL,
	document_word TEXT DEFAULT '' NOT NULL,
	opening TEXT DEFAULT '' NOT NULL,
	deed TEXT DEFAULT '' NOT NULL,
	subject TEXT DEFAULT '' NOT NULL,
	when_where TEXT DEFAULT '' NOT NULL,
	wish TEXT DEFAULT '' NOT NULL,
	given TEXT DEFAULT '' NOT NULL,
	issuers JSON,
	signatories JSON,
	proof BOOLEAN DEFAULT '1' NOT NULL,
	pictures JSON,
	PRIMARY KEY (id)
);
CREATE INDEX certificate_plan_event ON certificate_plan (event_id, kind);
CREATE TRIGGER certificate_plan_keeps_rows BEFORE DELETE ON certificate_plan BEGIN SELECT RAISE(ABORT, 'certificate_plan keeps its rows'); END;

CREATE TABLE certificate_field (
	id TEXT NOT NULL,
	scope TEXT NOT NULL,
	deleted INTEGER DEFAULT '0' NOT NULL,
	changed_at TEXT NOT NULL,
	event_id TEXT NOT NULL,
	holder_id TEXT NOT NULL,
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX certificate_field_event ON certificate_field (event_id, holder_id);
CREATE TRIGGER certificate_field_keeps_rows BEFORE DELETE ON certificate_field BEGIN SELECT RAISE(ABORT, 'certificate_field keeps its rows'); END;
