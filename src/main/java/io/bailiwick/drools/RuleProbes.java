package io.bailiwick.drools;

import io.bailiwick.drools.analysis.Edges;
import io.bailiwick.drools.facts.LeadView;
import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.probe.Flips;
import io.bailiwick.drools.probe.Hunks;
import io.bailiwick.drools.probe.Mutants;
import io.bailiwick.drools.probe.Territories;
import io.bailiwick.drools.probe.Traces;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.flow.Probes;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.WhyNot;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers the questions about a rulebook's rules by reading them, without the engine. */
final class RuleProbes implements Probes {

  private final Compiled compiled;
  private final JudgeSettings settings;
  private final LeadView.Maker views;
  private @Nullable List<Mutants.Changed> mutants;

  RuleProbes(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
    this.views = new LeadView.Maker(compiled.schema());
  }

  @Override
  public List<RuleTrace> trace(Lead lead, TerritorySnapshot snapshot, Instant at) {
    Traces traces = traces(lead, snapshot, at);
    return compiled.rules().stream().map(traces::of).toList();
  }

  @Override
  public WhyNot whyNot(Lead lead, TerritorySnapshot snapshot, Instant at, String territory) {
    Traces traces = traces(lead, snapshot, at);
    Interpreter rules = interpreter(compiled.rules());
    List<RuleTrace> near =
        compiled.rules().stream()
            .filter(rule -> canSendTo(rule, territory))
            .map(traces::of)
            .sorted(Comparator.comparingInt(trace -> trace.conditions().size() - trace.passed()))
            .toList();
    Decision decision = rules.decide(List.of(lead), snapshot, at).get(0);
    var flips =
        new Flips(
            compiled.rules(),
            compiled.schema(),
            changed -> rules.decide(List.of(changed), snapshot, at).get(0));
    return new WhyNot(
        territory, decision, near, flips.to(territory, lead, views.of(lead, at).lead()));
  }

  @Override
  public List<Mutant> mutants() {
    return changed().stream().map(Mutants.Changed::mutant).toList();
  }

  @Override
  public List<Decision> decide(
      Mutant mutant, List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    return interpreter(changed().get(mutant.number()).rules()).decide(leads, snapshot, at);
  }

  @Override
  public List<Hunk> hunks(Probes base) {
    return Hunks.of(((RuleProbes) base).side(), side());
  }

  @Override
  public List<Decision> decideWithout(Hunk hunk, Probes base, Asked asked) {
    Hunks.Side before = ((RuleProbes) base).side();
    List<CheckedRule> rules = Hunks.without(hunk, before, side());
    var tables = new LeadView.Maker(compiled.schema(), Hunks.tablesWithout(hunk, before, side()));
    Set<String> named = new HashSet<>(compiled.namedTerritories());
    named.addAll(((RuleProbes) base).compiled.namedTerritories());
    var verdict = new Verdict(rules, compiled.schema().limits(), compiled.hash(), settings);
    return new Interpreter(rules, tables, named, verdict)
        .decide(asked.leads(), asked.snapshot(), asked.at());
  }

  private Hunks.Side side() {
    return new Hunks.Side(compiled.rules(), compiled.schema());
  }

  @Override
  public List<Lead> edges(Instant at) {
    return Edges.of(
        compiled.schema(), compiled.rules().stream().filter(rule -> rule.inForce(at)).toList());
  }

  private synchronized List<Mutants.Changed> changed() {
    if (mutants == null) {
      mutants = Mutants.of(compiled.rules());
    }
    return mutants;
  }

  private Interpreter interpreter(List<CheckedRule> rules) {
    var verdict = new Verdict(rules, compiled.schema().limits(), compiled.hash(), settings);
    return new Interpreter(rules, views, compiled.namedTerritories(), verdict);
  }

  /** With the placement that the lead has by the rules as they are. */
  private Traces traces(Lead lead, TerritorySnapshot snapshot, Instant at) {
    Decision decision = interpreter(compiled.rules()).decide(List.of(lead), snapshot, at).get(0);
    var territories = new Territories(snapshot, compiled.namedTerritories());
    return new Traces(
        views.of(lead, at), territories, placement(decision.territory(), snapshot, at), at);
  }

  private @Nullable Placement placement(
      @Nullable TerritoryRef ref, TerritorySnapshot snapshot, Instant at) {
    if (ref == null) {
      return null;
    }
    Territory listed = snapshot.named(ref.name());
    Territory chosen = listed == null ? Territory.missing(ref.name()) : listed;
    return Placement.of(chosen, snapshot.permitted(), at, settings.propagation());
  }

  /** Whether some lead could go there by the rule. */
  private boolean canSendTo(CheckedRule rule, String territory) {
    if (!(rule.action() instanceof Action.To)) {
      return false;
    }
    if (!rule.namedTerritories().isEmpty()) {
      return rule.namedTerritories().contains(territory);
    }
    return rule.patterns().stream()
        .filter(pattern -> pattern.fact().is(Fact.Kind.LOOKUP))
        .map(pattern -> table(pattern.fact()))
        .allMatch(table -> table.territories().containsKey(territory));
  }

  private LookupTable table(Fact fact) {
    return compiled.schema().tables().stream()
        .filter(table -> table.fact().word().equals(fact.word()))
        .findFirst()
        .orElseThrow();
  }
}
