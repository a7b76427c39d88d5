package io.bailiwick.replay.compare;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.ReplayText;
import java.util.List;
import java.util.Locale;

/** What a change would do, for a terminal: counts, groups, leads that fell out, one verdict. */
public final class VerdictText {

  private static final int GROUPS = 20;
  private static final int FALLEN = 10;

  private final boolean colours;
  private final StringBuilder text = new StringBuilder();

  private VerdictText(boolean colours) {
    this.colours = colours;
  }

  /** Lines that end in a newline; {@code head} comes first, colours only where asked for. */
  public static String of(Verdict verdict, List<String> head, boolean colours) {
    return new VerdictText(colours).tell(verdict, head);
  }

  private String tell(Verdict verdict, List<String> head) {
    Comparison comparison = verdict.comparison();
    head.forEach(this::line);
    line(counts(comparison));
    if (!comparison.groups().isEmpty()) {
      line("");
      line(String.format(Locale.ROOT, "%-58s %8s   %s", "By change", "leads", "caused by"));
      comparison.groups().stream().limit(GROUPS).forEach(this::group);
      more(comparison.groups().size() - GROUPS, "groups");
    }
    if (!comparison.world().isEmpty()) {
      line("");
      line("The territories changed, too; not because of the rules:");
      comparison.world().stream().limit(GROUPS).forEach(this::group);
    }
    unseen(comparison);
    fallen(verdict);
    fixtures(verdict.fixtures());
    verdict.guardrails().forEach(this::guardrail);
    line(conclusion(verdict));
    return text.toString();
  }

  private static String counts(Comparison comparison) {
    var counts = new StringBuilder();
    for (Change change : Change.values()) {
      counts.append(
          String.format(
              Locale.ROOT, "%s %s %d   ", change.sign(), change.told(), comparison.count(change)));
    }
    return counts.toString().stripTrailing();
  }

  private void group(Group group) {
    String way = group.from().told() + " → " + group.to().told();
    List<String> causes = group.causes().stream().map(Hunk::told).toList();
    String cause =
        causes.isEmpty()
            ? group.ruleAfter() == null ? "" : "now " + group.ruleAfter()
            : (group.together() ? "together: " : "") + causes.get(0);
    line(
        String.format(
            Locale.ROOT, "%s %-56s %8d   %s", group.change().sign(), way, group.count(), cause));
    causes.stream().skip(1).limit(3).forEach(c -> line(" ".repeat(70) + c));
    more(causes.size() - 4, "causes");
  }

  /** A difference that no lead shows is a warning, not good news. */
  private void unseen(Comparison comparison) {
    List<Hunk> seen = comparison.groups().stream().flatMap(g -> g.causes().stream()).toList();
    List<Hunk> unseen = comparison.hunks().stream().filter(h -> !seen.contains(h)).toList();
    if (!unseen.isEmpty()) {
      line("");
      line("No lead shows what these do; add a fixture that meets them:");
      unseen.stream().limit(GROUPS).forEach(hunk -> line("  " + hunk.told()));
      more(unseen.size() - GROUPS, "differences");
    }
  }

  private void fallen(Verdict verdict) {
    List<Changed> fallen =
        verdict.comparison().changed().stream()
            .filter(changed -> changed.change() == Change.UNMATCHED)
            .toList();
    if (!fallen.isEmpty()) {
      line("");
    }
    for (Changed one : fallen.stream().limit(FALLEN).toList()) {
      line("? " + clean(one.row().place() + "  " + one.row().name()));
      line("    was  " + Standing.of(one.before()).told());
      RuleTrace nearest = verdict.nearest().get(one.row().place());
      if (nearest != null) {
        String where = "\"%s\" %s: ".formatted(nearest.rule().rule(), nearest.rule().place());
        line("    now  no rule matches; nearest " + clean(where + nearest.told()));
      }
    }
    more(fallen.size() - FALLEN, "leads that fell out");
  }

  private void fixtures(@io.bailiwick.lead.Nullable ReplayResult fixtures) {
    if (fixtures != null) {
      line("");
      text.append(ReplayText.of(fixtures, colours));
    }
  }

  private void guardrail(Guardrails.Seen seen) {
    line((seen.kept() ? "✓ kept    " : "✗ broken  ") + seen.told());
  }

  private static String conclusion(Verdict verdict) {
    Comparison comparison = verdict.comparison();
    if (comparison.changes() == 0 && verdict.publishable()) {
      return "No decision of %d leads changes.".formatted(comparison.total());
    }
    return "%d of %d leads change: %d moved, %d queued, %d released, %d unmatched, %d errors. %s"
        .formatted(
            comparison.changes(),
            comparison.total(),
            comparison.count(Change.MOVED),
            comparison.count(Change.TO_QUEUE),
            comparison.count(Change.TO_ASSIGN),
            comparison.count(Change.UNMATCHED),
            comparison.count(Change.ERROR),
            verdict.publishable() ? "Publishable." : "NOT publishable.");
  }

  private void more(int count, String what) {
    if (count > 0) {
      line("  and %d more %s; --json has all".formatted(count, what));
    }
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  /** Names come from files; no control character of theirs may reach a terminal. */
  private static String clean(String told) {
    return told.replaceAll("\\p{Cntrl}", " ");
  }
}
