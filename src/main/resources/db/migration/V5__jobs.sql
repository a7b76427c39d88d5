-- Long work on many leads, each job as it stands; times within are ISO 8601.
CREATE TABLE job (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT    NOT NULL UNIQUE,
  running INTEGER NOT NULL,
  body    TEXT    NOT NULL
);
CREATE INDEX job_running ON job (seq) WHERE running = 1;
-- Dead letters by what killed them.
CREATE INDEX lead_parked ON lead (park_reason, territory, seq) WHERE stage = 'PARKED';
