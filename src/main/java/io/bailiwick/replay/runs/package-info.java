/**
 * Replays that people ask a running service for: one at a time, off every thread that leads need,
 * the last few kept in memory with both rulebooks, so that each changed lead can be asked about.
 */
package io.bailiwick.replay.runs;
