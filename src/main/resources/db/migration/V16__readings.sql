-- The readings of the territories are numbered: which is the latest does not hang on the clocks of
-- those who read.
ALTER TABLE snapshot ADD COLUMN reading INTEGER NOT NULL DEFAULT 0;
UPDATE snapshot SET reading =
  (SELECT COUNT(*) FROM snapshot s WHERE (s.read_at, s.id) <= (snapshot.read_at, snapshot.id));
CREATE INDEX snapshot_reading ON snapshot (reading);
