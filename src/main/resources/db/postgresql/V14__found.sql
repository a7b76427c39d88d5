-- By what people find leads: the rule that settled the decision, the source that it says it came
-- from, and of its mail address a mark of 24 bits, which a thousand addresses of the world share.
-- It is compared with the address itself, which stands with the person.
ALTER TABLE lead ADD COLUMN rule TEXT COLLATE "C";
ALTER TABLE lead ADD COLUMN source TEXT COLLATE "C";
ALTER TABLE lead ADD COLUMN mail INTEGER;
UPDATE lead SET
  rule = COALESCE(
    CASE WHEN decision::json #>> '{receipt,waited,limit,territory}' IS NOT NULL
      THEN decision::json #>> '{receipt,waited,limit,rule}' END,
    decision::json #>> '{receipt,readiness,rule}',
    decision::json #>> '{receipt,winner,rule}'),
  source = (SELECT p.lead::json ->> 'source' FROM person p WHERE p.seq = lead.seq),
  mail = (
    SELECT get_byte(h, 0) * 65536 + get_byte(h, 1) * 256 + get_byte(h, 2)
    FROM (SELECT sha256(convert_to(p.lead::json ->> 'email', 'UTF8')) AS h
          FROM person p WHERE p.seq = lead.seq) AS hashed);
CREATE INDEX lead_by_rule ON lead (rule, seq) WHERE rule IS NOT NULL;
CREATE INDEX lead_by_source ON lead (source, seq) WHERE source IS NOT NULL;
CREATE INDEX lead_by_mail ON lead (mail) WHERE mail IS NOT NULL;

-- What the last day's curves are drawn from: how often what happened within a step of it. A time is
-- milliseconds since 1970 UTC.
CREATE TABLE day_count (
  step  BIGINT NOT NULL,
  what  TEXT   COLLATE "C" NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (step, what)
);
