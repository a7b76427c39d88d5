-- What the record in the CRM may show because of us: every territory that the lead, or an earlier
-- revision of its record, was ever sent with, as JSON. scheduled_since: since when the CRM says that
-- a job of its own will write the last one; milliseconds since 1970 UTC.
ALTER TABLE lead ADD COLUMN written TEXT;
ALTER TABLE lead ADD COLUMN scheduled_since INTEGER;
