package io.bailiwick.replay.mutation;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.Standing;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Expectation;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.mutation.MutationScore.Survivor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tries every mutant of the rules on the fixtures' leads. A mutant is noticed where some fixture
 * that comes out as expected by the rules does not by the mutant. For those that are not, leads at
 * the rules' edges are tried, and the fewest that notice all are suggested.
 */
public final class Mutation {

  private final Fixtures fixtures;
  private final Rulebook rulebook;
  private final Probes probes;
  private final Map<Instant, List<LeadCase>> byInstant = new LinkedHashMap<>();

  private Mutation(Fixtures fixtures, Rulebook rulebook, Probes probes) {
    this.fixtures = fixtures;
    this.rulebook = rulebook;
    this.probes = probes;
    fixtures
        .leads()
        .forEach(one -> byInstant.computeIfAbsent(one.at(), at -> new ArrayList<>()).add(one));
    byInstant.replaceAll(this::passing);
  }

  /** A fixture that fails by the rules themselves would seem to notice every mutant. */
  private List<LeadCase> passing(Instant at, List<LeadCase> cases) {
    List<Decision> decisions =
        rulebook
            .decide(
                cases.stream().map(LeadCase::lead).toList(),
                Replay.snapshot(fixtures.territories(), at),
                at)
            .toCompletableFuture()
            .join();
    List<LeadCase> passing = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      if (cases.get(i).expectation().differences(decisions.get(i)).isEmpty()) {
        passing.add(cases.get(i));
      }
    }
    return passing;
  }

  /**
   * The score of the fixtures against these rules. Throws IllegalArgumentException for rules that
   * are code, of which nothing can be changed.
   */
  public static MutationScore score(Fixtures fixtures, Rulebook rulebook) {
    Probes probes =
        rulebook
            .probes()
            .orElseThrow(
                () -> new IllegalArgumentException("rules.trust: full; code has no mutants"));
    return new Mutation(fixtures, rulebook, probes).score();
  }

  private MutationScore score() {
    List<Mutant> mutants = probes.mutants();
    List<Mutant> survivors = mutants.stream().filter(mutant -> !noticed(mutant)).toList();
    Instant at = byInstant.isEmpty() ? Instant.EPOCH : byInstant.keySet().iterator().next();
    return suggested(mutants.size(), survivors, at);
  }

  private boolean noticed(Mutant mutant) {
    for (Map.Entry<Instant, List<LeadCase>> group : byInstant.entrySet()) {
      List<LeadCase> cases = group.getValue();
      List<Lead> leads = cases.stream().map(LeadCase::lead).toList();
      TerritorySnapshot snapshot = Replay.snapshot(fixtures.territories(), group.getKey());
      List<Decision> decisions = probes.decide(mutant, leads, snapshot, group.getKey());
      for (int i = 0; i < cases.size(); i++) {
        if (!cases.get(i).expectation().differences(decisions.get(i)).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Greedy: the edge that notices most of what is left, again and again. */
  private MutationScore suggested(int all, List<Mutant> survivors, Instant at) {
    List<Lead> edges = probes.edges(at);
    TerritorySnapshot snapshot = Replay.snapshot(fixtures.territories(), at);
    List<Decision> present = rulebook.decide(edges, snapshot, at).toCompletableFuture().join();
    List<BitSet> notices = new ArrayList<>();
    for (Mutant mutant : survivors) {
      notices.add(noticing(probes.decide(mutant, edges, snapshot, at), present));
    }
    Map<Integer, String> killers = new HashMap<>();
    List<LeadCase> suggested = new ArrayList<>();
    for (int best = best(notices, killers, edges.size());
        best >= 0;
        best = best(notices, killers, edges.size())) {
      LeadCase fixture = fixture(suggested.size() + 1, edges.get(best), present.get(best), at);
      suggested.add(fixture);
      for (int i = 0; i < notices.size(); i++) {
        if (notices.get(i).get(best)) {
          killers.putIfAbsent(i, fixture.name());
        }
      }
    }
    List<Survivor> told = new ArrayList<>();
    for (int i = 0; i < survivors.size(); i++) {
      told.add(new Survivor(survivors.get(i), killers.get(i)));
    }
    return new MutationScore(all, told, suggested);
  }

  private static BitSet noticing(List<Decision> changed, List<Decision> present) {
    var bits = new BitSet();
    for (int i = 0; i < changed.size(); i++) {
      bits.set(i, !Standing.of(changed.get(i)).equals(Standing.of(present.get(i))));
    }
    return bits;
  }

  /** A fixture is called by what its lead says. */
  private static String name(Lead lead) {
    String told =
        lead.values().entrySet().stream()
            .filter(value -> value.getKey() != LeadField.MODULE)
            .map(value -> value.getKey().wireName() + " " + value.getValue())
            .collect(Collectors.joining(", "));
    String more =
        lead.attributes().entrySet().stream()
            .map(value -> value.getKey() + " " + value.getValue())
            .collect(Collectors.joining(", "));
    String all = told.isEmpty() || more.isEmpty() ? told + more : told + ", " + more;
    return "Edge: " + (all.isEmpty() ? "a lead that says nothing" : all);
  }

  /** The edge that notices the most mutants without a killer; -1 where none notices any. */
  private static int best(List<BitSet> notices, Map<Integer, String> killers, int edges) {
    int[] counts = new int[edges];
    for (int i = 0; i < notices.size(); i++) {
      if (!killers.containsKey(i)) {
        notices.get(i).stream().forEach(edge -> counts[edge]++);
      }
    }
    int best = -1;
    for (int edge = 0; edge < edges; edge++) {
      if (counts[edge] > 0 && (best < 0 || counts[edge] > counts[best])) {
        best = edge;
      }
    }
    return best;
  }

  private static LeadCase fixture(int number, Lead lead, Decision decision, Instant at) {
    return new LeadCase("suggested#" + number, name(lead), at, lead, Expectation.of(decision));
  }
}
