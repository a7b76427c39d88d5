/**
 * What a change of the rules would do: two rulebooks over the same leads, territories and clock,
 * lead by lead, with the rule responsible and what keeps the change from being published. Called by
 * commands and by publishing; it decides nothing itself and writes nothing.
 */
package io.bailiwick.replay.compare;
