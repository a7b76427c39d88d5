-- What each move of each lead must write, made less. Leads on their way to the CRM pass DECIDED and
-- SENDING within moments: they are found by what is to be sent, and all others by their stage.
DROP INDEX lead_by_stage;
CREATE INDEX lead_by_stage ON lead (stage, seq) WHERE stage <> 'DECIDED' AND stage <> 'SENDING';
DROP INDEX lead_to_send;
CREATE INDEX lead_to_send ON lead (due, stage) WHERE stage IN ('DECIDED', 'SENDING');
-- A territory's leads, of whatever stage: else each move would write it again.
DROP INDEX lead_by_territory;
CREATE INDEX lead_by_territory ON lead (territory, seq) WHERE territory IS NOT NULL;
-- Of a list of three SQLite makes a table anew, for each row that is written.
DROP INDEX lead_at_rest;
CREATE INDEX lead_at_rest ON lead (changed_at)
  WHERE stage = 'ASSIGNED' OR stage = 'PARKED' OR stage = 'SUPERSEDED';
