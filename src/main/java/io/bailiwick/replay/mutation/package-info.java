/**
 * How well fixtures test the rules: which conditions they reach and which decide anything, which
 * small changes of a rule nothing notices, and the leads that would notice them. Called by
 * commands; it writes nothing.
 */
package io.bailiwick.replay.mutation;
