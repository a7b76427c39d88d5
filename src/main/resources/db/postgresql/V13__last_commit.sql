-- The last commit of each instance. What became of one whose answer was lost is read here: the
-- server's own number of a transaction does not tell, for after a crash another may get it.
CREATE TABLE last_commit (
  instance TEXT   COLLATE "C" PRIMARY KEY,
  number   BIGINT NOT NULL,
  at       BIGINT NOT NULL
) WITH (fillfactor = 50);
