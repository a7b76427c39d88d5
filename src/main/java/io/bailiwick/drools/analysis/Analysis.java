package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Examples.Shown;
import io.bailiwick.drools.analysis.Search.Result;
import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds what is wrong with rules that compile: ties, rules that are shadowed or can never fire, and
 * leads that no rule covers. Sound: every example is decided by the engine, and what is neither
 * shown nor ruled out is said to be unknown, which happens only for conditions on the inside of
 * texts, on flags of territories, and for code.
 */
public final class Analysis {

  /** Decides one lead by the engine, beside these territories. */
  public interface Engine {

    /** The decision; the same that a service would make. */
    Decision decide(Lead lead, TerritorySnapshot territories, Instant at);
  }

  /** How many steps one question may take. */
  static final int STEPS = 200_000;

  /** The most examples of leads that no rule covers. */
  static final int MAX_GAPS = 3;

  private final List<CheckedRule> routing;
  private final CaseReader reader;
  private final Moments moments;
  private final Examples examples;
  private final Set<String> single;
  // By identity: the hash of a rule is that of its whole tree.
  private final IdentityHashMap<CheckedRule, List<RuleCase>> cases = new IdentityHashMap<>();
  private final IdentityHashMap<CheckedRule, List<Box>> boxes = new IdentityHashMap<>();
  private final Map<Instant, Ranks> ranks = new HashMap<>();
  private final Work work = new Work(Work.ALL);
  private @Nullable CheckedRule unlooked;
  private int unlookedRules;
  private final List<Finding> findings = new ArrayList<>();

  private Analysis(Schema schema, List<CheckedRule> rules, Engine engine, Instant now) {
    this.routing = rules.stream().filter(rule -> !rule.isReadiness()).toList();
    this.reader = new CaseReader(schema);
    this.moments = new Moments(routing, schema.hours(), now);
    this.single = LeadFacts.single(schema);
    for (CheckedRule rule : routing) {
      List<RuleCase> of = reader.cases(rule);
      cases.put(rule, of);
      boxes.put(rule, of.size() == 1 ? of.get(0).boxes() : reader.boxes(rule));
    }
    Set<String> names = new TreeSet<>(schema.territories().keySet());
    routing.forEach(rule -> names.addAll(rule.namedTerritories()));
    boolean byLead = cases.values().stream().flatMap(List::stream).anyMatch(one -> !one.known());
    var samples = new Samples(schema.vocabulary().lead());
    this.examples = new Examples(samples, moments, engine, names, byLead);
  }

  /** Everything found, the gravest first. Takes CPU time and no more; the engine is asked here. */
  public static List<Finding> of(
      Schema schema, List<CheckedRule> rules, Engine engine, Instant now) {
    var analysis = new Analysis(schema, rules, engine, now);
    analysis.ruleByRule();
    new Ties(analysis).find();
    analysis.gaps();
    analysis.tellUnlooked();
    return Finding.ordered(analysis.findings);
  }

  List<RuleCase> cases(CheckedRule rule) {
    return cases.getOrDefault(rule, List.of());
  }

  List<Box> boxes(CheckedRule rule) {
    return boxes.getOrDefault(rule, List.of());
  }

  /** Whether a lead has one row at most of each table that the rule asks. */
  boolean saysOneThing(CheckedRule rule) {
    return rule.patterns().stream()
        .map(CheckedRule.Pattern::fact)
        .filter(fact -> fact.is(Fact.Kind.LOOKUP))
        .allMatch(fact -> single.contains(fact.word()));
  }

  Moments moments() {
    return moments;
  }

  /** The routing rules that count from that instant on. */
  List<CheckedRule> inForce(Instant begin) {
    return routing.stream().filter(rule -> rule.inForce(begin)).toList();
  }

  void add(Kind kind, CheckedRule rule, String message, @Nullable Shown shown) {
    findings.add(
        new Finding(
            kind,
            rule.file(),
            rule.line(),
            rule.name(),
            message,
            shown == null ? null : shown.lead(),
            shown == null ? null : shown.at()));
  }

  /** Whether a rule proposed something for the lead. */
  static boolean spoke(Decision decision, CheckedRule rule) {
    var receipt = decision.receipt();
    return (receipt.winner() != null && receipt.winner().rule().equals(rule.name()))
        || receipt.runnersUp().stream().anyMatch(lost -> lost.hit().rule().equals(rule.name()));
  }

  private void ruleByRule() {
    for (CheckedRule rule : routing) {
      if (boxes(rule).isEmpty()) {
        add(Kind.NEVER, rule, "no lead can match it: its conditions leave nothing", null);
      } else if (moments.begins().stream().noneMatch(rule::inForce)) {
        add(Kind.EXPIRED, rule, "its time is over (date-expires)", null);
      } else if (isLookedAt(rule)) {
        shadow(rule);
      }
    }
  }

  /** Whether there is work left for it; else it is told with all others. */
  boolean isLookedAt(CheckedRule rule) {
    if (work.isOver()) {
      unlooked = unlooked == null ? rule : unlooked;
      unlookedRules++;
    }
    return !work.isOver();
  }

  private void tellUnlooked() {
    if (unlooked != null) {
      String which =
          "%d questions, the first of them for %s, were not looked at: the rulebook is too large"
              .formatted(unlookedRules, named(unlooked));
      findings.add(unknown(which));
    }
  }

  /** A rule is shadowed where, whenever it counts, higher rules take all of its leads. */
  private void shadow(CheckedRule rule) {
    boolean unknown = false;
    for (Instant begin : moments.begins()) {
      if (rule.inForce(begin)) {
        Result<Shown> alone =
            above(boxes(rule), rule.salience(), begin, shown -> spoke(shown.decision(), rule));
        if (alone instanceof Result.Found) {
          return;
        }
        unknown |= alone instanceof Result.Unknown;
      }
    }
    if (unknown) {
      add(Kind.UNKNOWN, rule, "whether any lead is left to it by higher rules", null);
      return;
    }
    Set<CheckedRule> above = Collections.newSetFromMap(new IdentityHashMap<>());
    moments.begins().stream()
        .filter(rule::inForce)
        .forEach(begin -> above.addAll(ranks(begin).above(rule.salience())));
    if (above.isEmpty()) {
      add(Kind.NEVER, rule, "no lead can match it: its conditions leave nothing", null);
      return;
    }
    List<CheckedRule> meeting =
        routing.stream()
            .filter(above::contains)
            .sorted(Comparator.comparingInt((CheckedRule r) -> -r.salience()))
            .filter(higher -> meet(rule, higher))
            .toList();
    add(Kind.SHADOWED, rule, shadowedBy(rule, meeting), null);
  }

  private String shadowedBy(CheckedRule rule, List<CheckedRule> meeting) {
    for (CheckedRule one : meeting) {
      if (find(boxes(rule), box -> boxes(one), moments.begins().get(0), shown -> true)
          instanceof Result.None) {
        return "%s has salience %d and takes every lead of it"
            .formatted(named(one), one.salience());
      }
    }
    return "rules of higher salience together take every lead of it: "
        + String.join(", ", meeting.stream().map(Analysis::named).toList());
  }

  private boolean meet(CheckedRule rule, CheckedRule other) {
    return boxes(rule).stream().anyMatch(b -> boxes(other).stream().anyMatch(b::meets));
  }

  Ranks ranks(Instant begin) {
    return ranks.computeIfAbsent(begin, at -> new Ranks(inForce(at), this::boxes, work));
  }

  /** A lead of one of the boxes that no rule of higher salience matches, accepted by the test. */
  Result<Shown> above(List<Box> inside, int salience, Instant begin, Predicate<Shown> accepted) {
    Ranks ranked = ranks(begin);
    return find(inside, box -> ranked.above(salience, box), begin, accepted);
  }

  private Result<Shown> find(
      List<Box> inside,
      Function<Box, List<Box>> outside,
      Instant begin,
      Predicate<Shown> accepted) {
    boolean unknown = false;
    for (Box box : inside) {
      var search =
          new Search<Shown>(
              where -> {
                Shown shown = examples.decided(where, begin);
                return shown != null && accepted.test(shown) ? shown : null;
              },
              STEPS,
              work);
      Result<Shown> result = search.inside(box, outside.apply(box));
      if (result instanceof Result.Found) {
        return result;
      }
      unknown |= result instanceof Result.Unknown;
    }
    return unknown ? new Result.Unknown<>() : new Result.None<>();
  }

  private void gaps() {
    Instant now = moments.begins().get(0);
    List<Box> covered = new ArrayList<>();
    inForce(now).forEach(rule -> covered.addAll(boxes(rule)));
    for (int i = 0; i < MAX_GAPS; i++) {
      var search =
          new Search<Shown>(
              box -> {
                Shown shown = examples.decided(box, now);
                return shown != null
                        && shown.decision().receipt().winner() == null
                        && shown.decision().receipt().runnersUp().isEmpty()
                    ? shown
                    : null;
              },
              STEPS,
              work);
      Result<Shown> result = search.inside(Box.ALL, covered);
      if (!(result instanceof Result.Found<Shown> found)) {
        if (result instanceof Result.Unknown) {
          findings.add(unknown("whether every other lead is covered by a rule"));
        }
        return;
      }
      Shown shown = found.shown();
      findings.add(
          new Finding(
              Kind.GAP, "rules", 0, null, "no rule matches this lead", shown.lead(), shown.at()));
      covered.add(found.box());
    }
  }

  static Finding unknown(String what) {
    return new Finding(Kind.UNKNOWN, "rules", 0, null, what, null, null);
  }

  static String named(CheckedRule rule) {
    return "\"%s\" (%s:%d)".formatted(rule.name(), rule.file(), rule.line());
  }
}
