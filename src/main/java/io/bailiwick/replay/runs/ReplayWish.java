package io.bailiwick.replay.runs;

import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;

/**
 * A replay that is asked for.
 *
 * @param baseSaid which the older rules are, for people; so is {@code candidateSaid}
 * @param snapshot the territories as now known, for leads that are no fixtures
 * @param mutants whether it is also said what the fixtures do not notice
 */
public record ReplayWish(
    RuleVersion base,
    String baseSaid,
    RuleVersion candidate,
    String candidateSaid,
    Leads leads,
    TerritorySnapshot snapshot,
    boolean mutants) {

  /** Which leads. */
  public sealed interface Leads {

    /** The candidate's own fixtures, each at its instant. */
    record OfFixtures() implements Leads {}

    /** What the journal recorded in this time. */
    record OfHistory(Duration back) implements Leads {}

    /** A file in one of the forms of {@code LeadFiles}; its name says which. */
    record OfFile(String name, byte[] content) implements Leads {}
  }
}
