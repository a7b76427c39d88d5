-- What tells of a person stands apart, in a table to which rows are only ever added at its end, and
-- whose rows are overwritten in place by as many bytes. In any other, SQLite moves rows from page
-- to page as they grow, and the copies that it leaves in a page's free room outlive the row, with
-- secure_delete too. seq is the lead's. A time is milliseconds since 1970 UTC.
CREATE TABLE person (
  seq  INTEGER PRIMARY KEY,
  lead TEXT    NOT NULL,
  body TEXT    NOT NULL
);
INSERT INTO person (seq, lead, body) SELECT seq, lead, body FROM lead ORDER BY seq;
ALTER TABLE lead DROP COLUMN lead;
ALTER TABLE lead DROP COLUMN body;

-- The same for a history, whose notes may hold what somebody typed.
ALTER TABLE history RENAME TO history_before;
CREATE TABLE history (
  seq     INTEGER PRIMARY KEY,
  lead    TEXT    NOT NULL,
  version INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  stage   TEXT    NOT NULL,
  note    TEXT    NOT NULL,
  UNIQUE (lead, version)
);
INSERT INTO history (lead, version, at, stage, note)
SELECT lead, version, at, stage, note FROM history_before ORDER BY at, lead, version;
DROP TABLE history_before;

-- Which leads at rest are the oldest.
CREATE INDEX lead_at_rest ON lead (changed_at) WHERE stage IN ('ASSIGNED', 'PARKED', 'SUPERSEDED');
