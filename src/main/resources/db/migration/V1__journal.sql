-- One row a revision of a lead. Times are milliseconds since 1970 UTC. seq is the order of
-- acceptance; line is the CRM record (module/id) that revisions compete for.
CREATE TABLE lead (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  id            TEXT    NOT NULL UNIQUE,
  version       INTEGER NOT NULL,
  line          TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  accepted_at   INTEGER NOT NULL,
  stage         TEXT    NOT NULL,
  due           INTEGER,
  reason        TEXT,
  blocker       TEXT,
  park_reason   TEXT,
  superseded_by TEXT,
  territory     TEXT,
  lead          TEXT    NOT NULL,
  decision      TEXT,
  spent         INTEGER NOT NULL,
  waits         INTEGER NOT NULL,
  failing_since INTEGER,
  refused_since INTEGER,
  changed_at    INTEGER NOT NULL,
  body          TEXT    NOT NULL
);

-- What is due, for each kind of work; leads at rest are in neither.
CREATE INDEX lead_to_decide ON lead (due) WHERE stage IN ('ACCEPTED', 'QUEUED');
CREATE INDEX lead_to_send ON lead (due) WHERE stage IN ('DECIDED', 'SENDING');
-- Which queued leads an event concerns.
CREATE INDEX lead_queued ON lead (reason, territory) WHERE stage = 'QUEUED';
-- The revisions of one record, and which of them is being sent.
CREATE INDEX lead_line ON lead (line, revision, seq);
-- Lists.
CREATE INDEX lead_by_stage ON lead (stage, seq);
CREATE INDEX lead_by_territory ON lead (territory, seq);

CREATE TABLE history (
  lead    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  stage   TEXT    NOT NULL,
  note    TEXT    NOT NULL,
  PRIMARY KEY (lead, version)
) WITHOUT ROWID;

CREATE TABLE idempotency_key (
  value  TEXT    NOT NULL PRIMARY KEY,
  digest TEXT    NOT NULL,
  leads  TEXT    NOT NULL,
  at     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_key_age ON idempotency_key (at);

-- Snapshots and rulebooks by content: an equal one is kept once.
CREATE TABLE snapshot (
  id      TEXT    NOT NULL PRIMARY KEY,
  body    TEXT    NOT NULL,
  read_at INTEGER NOT NULL
);
CREATE TABLE rulebook (
  hash      TEXT    NOT NULL PRIMARY KEY,
  files     TEXT    NOT NULL,
  served_at INTEGER NOT NULL
);

CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
