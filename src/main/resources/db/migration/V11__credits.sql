-- What our calls to the CRM cost, by quarters of an hour: a restart forgets none of a rolling day.
-- began is milliseconds since 1970 UTC.
CREATE TABLE crm_credit (
  began   INTEGER PRIMARY KEY,
  credits INTEGER NOT NULL
);
