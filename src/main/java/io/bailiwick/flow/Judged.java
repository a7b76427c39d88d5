package io.bailiwick.flow;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Leads that were judged together, and what was decided of each.
 *
 * @param decisions in the order of the leads
 * @param at the clock of the decisions
 */
public record Judged(
    List<Entry> entries, List<Decision> decisions, TerritorySnapshot snapshot, Instant at) {

  public Judged {
    entries = List.copyOf(entries);
    decisions = List.copyOf(decisions);
  }
}
