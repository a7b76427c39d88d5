-- Finished audits, whether their findings were told, and whose the audit of a local day is while it is not finished. Times are
-- milliseconds since 1970 UTC; day is ISO 8601, so that days sort as texts.
CREATE TABLE audit (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  id   TEXT    NOT NULL UNIQUE,
  body TEXT    NOT NULL,
  told INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE audit_day (
  day      TEXT    NOT NULL PRIMARY KEY,
  holder   TEXT    NOT NULL,
  until    INTEGER NOT NULL,
  finished INTEGER
) WITHOUT ROWID;

-- Counting a territory's leads reads the index alone.
DROP INDEX lead_by_territory;
CREATE INDEX lead_by_territory ON lead (territory, seq, stage);
CREATE INDEX lead_waiting ON lead (territory) WHERE stage = 'QUEUED';
