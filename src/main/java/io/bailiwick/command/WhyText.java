package io.bailiwick.command;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.Standing;
import io.bailiwick.lead.WhyNot;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/** Says why, for a terminal: what was decided, by which rule, what lost, what came near. */
final class WhyText {

  private static final int NEAREST = 5;

  private final PrintWriter out;

  WhyText(PrintWriter out) {
    this.out = out;
  }

  /** A recorded lead, with its history. */
  void entry(Entry entry, List<HistoryLine> history) {
    out.printf("%s is %s%n", entry.id(), standing(entry));
    if (entry.stage() == Stage.ERASED) {
      out.println("  its values are gone; of its decision the skeleton is left");
    }
    Decision decision = entry.decision();
    if (decision != null) {
      receipt(decision.receipt());
    }
    out.println();
    history.forEach(
        line -> out.printf("%s  %-10s %s%n", line.at(), line.stage().status(), line.note()));
  }

  /** A lead that is only asked about. */
  void decision(String said, Decision decision) {
    out.printf("%s: %s%n", said, Standing.of(decision).told());
    receipt(decision.receipt());
  }

  /** The rules that came near without matching. */
  void nearest(List<RuleTrace> traces) {
    List<RuleTrace> near =
        traces.stream()
            .filter(trace -> !trace.matches() && trace.passed() > 0)
            .sorted(Comparator.comparingInt(trace -> trace.conditions().size() - trace.passed()))
            .limit(NEAREST)
            .toList();
    near.forEach(trace -> out.printf("  near    %s: %s%n", named(trace), trace.told()));
  }

  /** Why not there, and what would send it there. */
  void not(WhyNot why) {
    out.println();
    if (why.goesThere()) {
      out.printf("It goes to %s.%n", why.territory());
      return;
    }
    if (why.rules().isEmpty()) {
      out.printf("No rule sends any lead to %s.%n", why.territory());
      return;
    }
    out.printf("Why not %s:%n", why.territory());
    for (RuleTrace trace : why.rules()) {
      String what = trace.matches() ? lost(trace, why.decision()) : trace.told();
      out.printf("  %s: %s%n", named(trace), what);
    }
    if (why.flips().isEmpty()) {
      out.printf("  no change of one field alone sends it there%n");
    }
    why.flips().forEach(flip -> out.printf("  it would with %s%n", flip.told()));
  }

  private static String lost(RuleTrace trace, Decision decision) {
    return decision.receipt().runnersUp().stream()
        .filter(runner -> runner.hit().rule().equals(trace.rule().rule()))
        .findFirst()
        .map(runner -> "matches, and lost: " + runner.why())
        .orElse("matches, with another territory");
  }

  private static String named(RuleTrace trace) {
    return "\"%s\" (%s, salience %d)"
        .formatted(trace.rule().rule(), trace.rule().place(), trace.rule().salience());
  }

  private static String standing(Entry entry) {
    var text = new StringBuilder(entry.stage().status());
    if (entry.territory() != null) {
      text.append(", territory \"").append(entry.territory().name()).append('"');
    }
    if (entry.reason() != null) {
      text.append(": ").append(entry.reason().word());
    }
    if (entry.parkReason() != null) {
      text.append(": ").append(entry.parkReason().word());
    }
    if (entry.blocker() != null) {
      text.append(" / ").append(entry.blocker());
    }
    if (entry.due() != null) {
      text.append(", looked at again at ").append(entry.due()).append(" at the latest");
    }
    return text.toString();
  }

  private void receipt(Receipt receipt) {
    if (receipt.winner() == null) {
      out.println("  no rule won");
    } else {
      rule("won   ", receipt.winner(), "");
    }
    if (receipt.readiness() != null) {
      rule("queued", receipt.readiness(), "");
    }
    receipt.runnersUp().forEach(lost -> rule("lost  ", lost.hit(), ": " + lost.why()));
    if (receipt.detail() != null) {
      out.println("  " + receipt.detail());
    }
    out.printf(
        "  decided at %s, rulebook %.12s, territories %.12s%n",
        receipt.decidedAt(), receipt.rulebook(), receipt.snapshot());
  }

  private void rule(String how, Receipt.RuleHit hit, String more) {
    out.printf(
        "  %s  \"%s\" (%s, salience %d)%s%n", how, hit.rule(), hit.place(), hit.salience(), more);
  }
}
