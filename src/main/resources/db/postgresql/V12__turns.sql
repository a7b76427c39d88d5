-- So that each territory with leads to send has its turn, whatever the others' backlog.
CREATE INDEX lead_in_turn ON lead (territory, due) WHERE stage IN ('DECIDED', 'SENDING');
