-- Who may come in. proof: of a bearer key the SHA-256 of its secret; of a signing key the secret,
-- encrypted by the key file beside the journal. Times are milliseconds since 1970 UTC.
CREATE TABLE access_key (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  id         TEXT    NOT NULL UNIQUE,
  name       TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  source     TEXT,
  kind       TEXT    NOT NULL,
  proof      TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT,
  ends_at    INTEGER,
  used_at    INTEGER
);

-- Who did what: written before it is done; its answer is a line of its own. Neither ever changes.
CREATE TABLE activity (
  seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  at    INTEGER NOT NULL,
  who   TEXT    NOT NULL,
  role  TEXT    NOT NULL,
  route TEXT    NOT NULL,
  path  TEXT    NOT NULL
);
CREATE TABLE activity_answer (
  seq    INTEGER PRIMARY KEY,
  status INTEGER NOT NULL
);
CREATE TRIGGER activity_stays BEFORE UPDATE ON activity
BEGIN SELECT RAISE(ABORT, 'the record of who did what is append-only'); END;
CREATE TRIGGER activity_is_kept BEFORE DELETE ON activity
BEGIN SELECT RAISE(ABORT, 'the record of who did what is append-only'); END;
CREATE TRIGGER activity_answer_stays BEFORE UPDATE ON activity_answer
BEGIN SELECT RAISE(ABORT, 'the record of who did what is append-only'); END;
CREATE TRIGGER activity_answer_is_kept BEFORE DELETE ON activity_answer
BEGIN SELECT RAISE(ABORT, 'the record of who did what is append-only'); END;

-- Signed messages that came, so that none is taken twice.
CREATE TABLE message_seen (
  source TEXT    NOT NULL,
  stamp  TEXT    NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (source, stamp)
) WITHOUT ROWID;
CREATE INDEX message_seen_age ON message_seen (at);

-- The source whose key or signature a lead came with.
ALTER TABLE lead ADD COLUMN sender TEXT;
CREATE INDEX lead_by_sender ON lead (sender, seq) WHERE sender IS NOT NULL;
