-- By what people find leads: the rule that settled the decision, the source that it says it came
-- from, and of its mail address a mark of 24 bits, which a thousand addresses of the world share:
-- what SQLite leaves of one in a page that it has moved tells of nobody. It is compared with the
-- address itself, which stands with the person.
ALTER TABLE lead ADD COLUMN rule TEXT;
ALTER TABLE lead ADD COLUMN source TEXT;
ALTER TABLE lead ADD COLUMN mail INTEGER;
UPDATE lead SET
  rule = COALESCE(
    CASE WHEN json_extract(decision, '$.receipt.waited.limit.territory') IS NOT NULL
      THEN json_extract(decision, '$.receipt.waited.limit.rule') END,
    json_extract(decision, '$.receipt.readiness.rule'),
    json_extract(decision, '$.receipt.winner.rule')),
  source = (SELECT json_extract(p.lead, '$.source') FROM person p WHERE p.seq = lead.seq);
CREATE INDEX lead_by_rule ON lead (rule, seq) WHERE rule IS NOT NULL;
CREATE INDEX lead_by_source ON lead (source, seq) WHERE source IS NOT NULL;
CREATE INDEX lead_by_mail ON lead (mail) WHERE mail IS NOT NULL;
-- Marks cannot be made in SQL here; they are made right after this, in one commit with this line's end.
INSERT INTO meta (name, value) SELECT 'mails', 'unmarked' WHERE EXISTS (SELECT 1 FROM person);

-- What the last day's curves are drawn from: how often what happened within a step of it. A time is
-- milliseconds since 1970 UTC.
CREATE TABLE day_count (
  step  INTEGER NOT NULL,
  what  TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (step, what)
) WITHOUT ROWID;
