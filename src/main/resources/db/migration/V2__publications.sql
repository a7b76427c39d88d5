-- A version of the rules is kept with the fixtures that prove it, and which one serves is the last
-- line of a log that only grows. Times are milliseconds since 1970 UTC.
CREATE TABLE publication (
  seq  INTEGER PRIMARY KEY AUTOINCREMENT,
  hash TEXT    NOT NULL,
  at   INTEGER NOT NULL,
  how  TEXT    NOT NULL,
  who  TEXT,
  note TEXT
);

-- Until now a version served when the service started with it.
INSERT INTO publication (hash, at, how)
SELECT hash, served_at, 'ON_CHANGE' FROM rulebook ORDER BY served_at;

ALTER TABLE rulebook ADD COLUMN fixtures TEXT NOT NULL DEFAULT '{}';
ALTER TABLE rulebook DROP COLUMN served_at;
