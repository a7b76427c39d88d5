-- How we are let in at the CRM; sealed columns are encrypted by the key file beside the journal.
-- Times are milliseconds since 1970 UTC.
CREATE TABLE crm_grant (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  sealed TEXT    NOT NULL
);

-- A row for each grant that was used; its token, whose turn it is to renew, and its rest.
CREATE TABLE crm_token (
  grant_key   TEXT PRIMARY KEY,
  sealed      TEXT,
  made_at     INTEGER,
  expires_at  INTEGER,
  api_domain  TEXT,
  turn_until  INTEGER,
  cool_until  INTEGER
) WITHOUT ROWID;

-- When a grant was asked for a token, for its quota.
CREATE TABLE crm_renewal (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  grant_key TEXT    NOT NULL,
  at        INTEGER NOT NULL
);
CREATE INDEX crm_renewal_of ON crm_renewal (grant_key, at);
