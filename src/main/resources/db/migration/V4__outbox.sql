-- Where a lead stands in a distributed trace: a W3C traceparent.
ALTER TABLE lead ADD COLUMN trace TEXT;

-- How long leads wait, by reason.
CREATE INDEX lead_waiting_since ON lead (reason, accepted_at) WHERE stage = 'QUEUED';

-- What is to be told to the outside, once for each channel, until it was told. seq is the order in
-- which it came; times are milliseconds since 1970 UTC.
CREATE TABLE outbox (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT    NOT NULL,
  channel TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  body    TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  tries   INTEGER NOT NULL DEFAULT 0,
  due     INTEGER NOT NULL,
  UNIQUE (channel, id)
);
CREATE INDEX outbox_due ON outbox (channel, due);

-- The alarms that were told as raised and not yet as cleared.
CREATE TABLE alarm (
  key  TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
) WITHOUT ROWID;
