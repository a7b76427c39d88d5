-- The decision that the CRM shows while another is on its way in its place.
ALTER TABLE lead ADD COLUMN previous TEXT;

-- Since when a lead waits: it was accepted then, or a person took it up. overdue names the limit of
-- waiting.yaml that it has passed while it is queued.
ALTER TABLE lead ADD COLUMN waiting_since INTEGER NOT NULL DEFAULT 0;
UPDATE lead SET waiting_since = accepted_at;
ALTER TABLE lead ADD COLUMN overdue TEXT;
CREATE INDEX lead_overdue ON lead (overdue, waiting_since) WHERE overdue IS NOT NULL;

-- Which assigned leads a job changed, what they were assigned by before, and what became of each;
-- seq is the order in which it came to them.
CREATE TABLE job_lead (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  job    TEXT NOT NULL,
  lead   TEXT NOT NULL,
  before TEXT NOT NULL,
  target TEXT NOT NULL,
  result TEXT NOT NULL
);
CREATE INDEX job_lead_of ON job_lead (job, seq);
CREATE INDEX job_lead_under_way ON job_lead (lead) WHERE result = 'UNDER_WAY';

-- Which assigned leads are to be looked at: whether anybody works on them.
CREATE INDEX lead_to_watch ON lead (due) WHERE stage IN ('ASSIGNED') AND due IS NOT NULL;
