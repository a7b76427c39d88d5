-- The index of what is queued answers what three did: which leads concern an event, how many wait
-- for a territory, and which was accepted first. Each that a move must write costs each lead.
DROP INDEX lead_waiting;
DROP INDEX lead_waiting_since;
