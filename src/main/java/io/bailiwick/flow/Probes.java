package io.bailiwick.flow;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.WhyNot;
import java.time.Instant;
import java.util.List;

/**
 * What can be asked of a rulebook besides its decisions: how far each rule came, what would change
 * a decision, what slightly other rules would say. Each call takes CPU time on the caller's thread
 * and nothing else; any thread may call.
 */
public interface Probes {

  /** How far each routing and readiness rule came with a lead, in the rules' order. */
  List<RuleTrace> trace(Lead lead, TerritorySnapshot snapshot, Instant at);

  /** Why a lead did not go to the territory of that name, and what would send it there. */
  WhyNot whyNot(Lead lead, TerritorySnapshot snapshot, Instant at, String territory);

  /** Every mutant of the rules, in the rules' order. */
  List<Mutant> mutants();

  /** Decides by a mutant of {@link #mutants}. */
  List<Decision> decide(Mutant mutant, List<Lead> leads, TerritorySnapshot snapshot, Instant at);

  /** What differs between an older rulebook and this one. */
  List<Hunk> hunks(Probes base);

  /** Decides by these rules with one difference of {@link #hunks} undone. */
  List<Decision> decideWithout(Hunk hunk, Probes base, Asked asked);

  /** Leads to be decided beside territories at an instant. */
  record Asked(List<Lead> leads, TerritorySnapshot snapshot, Instant at) {}

  /**
   * Leads at the edges of the rules: for each condition one that just passes and one that just
   * fails it, with an absent value and one that no rule knows. In the rules' order, each once.
   */
  List<Lead> edges(Instant at);
}
