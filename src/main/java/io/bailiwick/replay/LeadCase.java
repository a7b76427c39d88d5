package io.bailiwick.replay;

import io.bailiwick.lead.Lead;
import java.time.Instant;

/**
 * One lead with the outcome it expects.
 *
 * @param place {@code file#number}, the number from 1; in a table {@code file:line}
 * @param at the instant it is decided at
 */
public record LeadCase(String place, String name, Instant at, Lead lead, Expectation expectation) {

  /** The file it stands in, by its path in the folder of fixtures. */
  public String file() {
    return place.replaceFirst("[#:]\\d+$", "");
  }
}
