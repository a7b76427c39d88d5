package io.bailiwick.replay;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Coverage.Declaration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A rulebook that takes note of each rule its receipts name. It waits for the decisions, so that a
 * story on virtual time meets no thread but its own.
 */
final class FiredRules extends HeardRulebook {

  private final Set<String> fired = new HashSet<>();

  FiredRules(Rulebook rulebook) {
    super(rulebook);
  }

  @Override
  public CompletionStage<List<Decision>> judge(
      List<Asked> asked, TerritorySnapshot snapshot, Instant at) {
    List<Decision> decisions = rulebook.judge(asked, snapshot, at).toCompletableFuture().join();
    decisions.forEach(decision -> note(decision.receipt()));
    return CompletableFuture.completedFuture(decisions);
  }

  @Override
  public void close() {
    fired.clear();
  }

  Coverage coverage(List<Declaration> declarations) {
    Map<String, RuleHit> rules = new LinkedHashMap<>();
    rulebook.rules().forEach(rule -> rules.putIfAbsent(rule.rule(), rule));
    List<Declaration> declared = new ArrayList<>();
    List<String> falselyDeclared = new ArrayList<>();
    Set<String> excused = new HashSet<>();
    for (Declaration declaration : declarations) {
      String rule = declaration.rule();
      if (!rules.containsKey(rule)) {
        falselyDeclared.add("there is no rule \"" + rule + "\"");
      } else if (fired.contains(rule)) {
        falselyDeclared.add("a fixture fires \"" + rule + "\"");
      } else {
        declared.add(declaration);
        excused.add(rule);
      }
    }
    List<RuleHit> neverFired =
        rules.values().stream()
            .filter(rule -> !fired.contains(rule.rule()) && !excused.contains(rule.rule()))
            .toList();
    return new Coverage(rules.size(), neverFired, declared, falselyDeclared);
  }

  private void note(Receipt receipt) {
    RuleHit winner = receipt.winner();
    RuleHit readiness = receipt.readiness();
    if (winner != null) {
      fired.add(winner.rule());
    }
    if (readiness != null) {
      fired.add(readiness.rule());
    }
    receipt.runnersUp().forEach(lost -> fired.add(lost.hit().rule()));
  }
}
