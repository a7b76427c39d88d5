package io.bailiwick.command;

import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.RulePlace;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A finished audit for people. */
final class AuditText {

  private static final int RULES = 12;

  private AuditText() {}

  static void print(AuditReport report, PrintWriter out) {
    String read = report.readAt() == null ? "never" : "at " + report.readAt();
    out.printf(
        "%,d territories, read %s; rules name %,d of them (rulebook %s)%n",
        report.territories(),
        read,
        report.used(),
        report.rulebook().substring(0, Math.min(12, report.rulebook().length())));
    if (!report.findings().isEmpty()) {
      out.printf(
          "%n%-8s%-18s%-24s%8s%8s%9s%14s%n",
          "", "finding", "territory", "7 days", "30 days", "waiting", "would queue");
      report.findings().forEach(finding -> print(finding, out));
    }
    out.println();
    report.untold().forEach(untold -> out.printf("not known: %s%n", untold.why()));
    out.printf(
        "%d found: %d new, %d still; %d cleared. %,d leads of the last 7 days were decided again%n",
        report.standing().size(),
        report.count(News.NEW),
        report.count(News.STILL),
        report.count(News.CLEARED),
        report.decided());
    out.flush();
  }

  private static void print(AuditFinding finding, PrintWriter out) {
    BlastRadius radius = finding.radius();
    out.printf(
        "%-8s%-18s%-24s%,8d%,8d%,9d%,14d%n",
        finding.news().word(),
        finding.kind().told(),
        finding.subject().isEmpty() ? "(all)" : finding.subject(),
        radius.routed7Days(),
        radius.routed30Days(),
        radius.waiting(),
        radius.wouldQueue());
    if (finding.stands()) {
      out.printf("        %s%n", finding.detail());
      places(radius).forEach(place -> out.printf("        %s%n", place));
      out.printf("        → %s%n", finding.advice());
    }
  }

  private static List<String> places(BlastRadius radius) {
    List<String> told = new ArrayList<>();
    for (RulePlace place : radius.rules().subList(0, Math.min(RULES, radius.rules().size()))) {
      String what = place.rule() == null ? "a row" : "rule \"" + place.rule() + "\"";
      told.add(place.place() + ": " + what);
    }
    if (radius.rules().size() > RULES) {
      told.add("and " + (radius.rules().size() - RULES) + " more");
    }
    return told;
  }
}
