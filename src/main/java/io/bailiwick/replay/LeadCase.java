package io.bailiwick.replay;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import java.time.Instant;

/**
 * One lead with the outcome it expects.
 *
 * @param place {@code file#number}, the number from 1; in a table {@code file:line}
 * @param at the instant it is decided at
 */
public record LeadCase(String place, String name, Instant at, Lead lead, Expectation expectation) {

  /** A recorded decision as a fixture of this lead, in no file yet; named by when and what. */
  public static LeadCase recorded(Lead lead, Decision decision) {
    Instant at = decision.receipt().decidedAt();
    var territory = decision.territory();
    var reason = decision.reason();
    String what =
        territory != null ? territory.name() : reason != null ? reason.word() : "no territory";
    String name = "Recorded %.10s: %s".formatted(at, what);
    return new LeadCase("", name, at, lead, Expectation.of(decision));
  }

  /** The same under another name. */
  public LeadCase named(String other) {
    return new LeadCase(place, other, at, lead, expectation);
  }

  /** The file it stands in, by its path in the folder of fixtures. */
  public String file() {
    return place.replaceFirst("[#:]\\d+$", "");
  }
}
