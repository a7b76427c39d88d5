package io.bailiwick.replay.leads;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.Expectation;
import java.time.Instant;

/**
 * One lead of a stream.
 *
 * @param number its place in the whole stream, from 1; rows that are no lead are counted too
 * @param place {@code file:line} of a table or of lines, {@code file#number} of a JSON array, the
 *     id of a recorded lead
 * @param fixture what it expects; null where it expects nothing
 * @param recorded as the journal holds it; null where it comes from a file
 */
public record LeadRow(
    long number, String place, Lead lead, @Nullable Fixture fixture, @Nullable Entry recorded) {

  /**
   * A fixture's own words.
   *
   * @param at the instant to decide it at; null where its file says none before it
   */
  public record Fixture(String name, @Nullable Instant at, Expectation expectation) {}
}
