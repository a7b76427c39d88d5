package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.facts.LeadView;
import io.bailiwick.drools.probe.Matcher;
import io.bailiwick.drools.probe.Territories;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides by rules that were not compiled: slower a lead than the engine, but there at once, for
 * rules with one thing changed. The decisions are the engine's, receipts and all.
 */
final class Interpreter {

  private final List<CheckedRule> rules;
  private final LeadView.Maker views;
  private final Set<String> named;
  private final Verdict verdict;

  /** Of these rules; {@code named} are the territories that rules and lookup rows spell out. */
  Interpreter(List<CheckedRule> rules, LeadView.Maker views, Set<String> named, Verdict verdict) {
    this.rules = rules;
    this.views = views;
    this.named = named;
    this.verdict = verdict;
  }

  /** Decides each lead, in the leads' order. */
  List<Decision> decide(List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    var territories = new Territories(snapshot, named);
    List<Decision> decisions = new ArrayList<>(leads.size());
    for (Lead lead : leads) {
      decisions.add(decide(lead, snapshot, territories, at));
    }
    return decisions;
  }

  private Decision decide(
      Lead lead, TerritorySnapshot snapshot, Territories territories, Instant at) {
    LeadView view = views.of(lead, at);
    try {
      return verdict.of(new Read(view, territories), new Asked(lead, null), snapshot, at);
    } catch (Session.Broken broken) {
      throw new IllegalStateException("nothing breaks without an engine", broken);
    }
  }

  private final class Read implements Verdict.Hearing {
    private final LeadView view;
    private final Territories territories;

    Read(LeadView view, Territories territories) {
      this.view = view;
      this.territories = territories;
    }

    @Override
    public List<Said> routing() {
      return said(new Matcher(view, territories, null), false);
    }

    @Override
    public List<Said> readiness(Placement placement) {
      return said(new Matcher(view, territories, placement), true);
    }

    private List<Said> said(Matcher matcher, boolean readiness) {
      List<Said> said = new ArrayList<>();
      for (int i = 0; i < rules.size(); i++) {
        CheckedRule rule = rules.get(i);
        if (rule.isReadiness() == readiness) {
          for (Matcher.Match match : matcher.matches(rule)) {
            said.add(word(i, rule.action(), match));
          }
        }
      }
      return said;
    }
  }

  private static Said word(int number, Action action, Matcher.Match match) {
    return action instanceof Action.Queue queue
        ? new Said(number, null, queue.reason(), queue.blocker(), match.until())
        : new Said(number, match.territory(), null, null, null);
  }
}
