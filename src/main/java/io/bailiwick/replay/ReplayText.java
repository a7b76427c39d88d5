package io.bailiwick.replay;

import io.bailiwick.replay.CaseResult.Kind;
import io.bailiwick.replay.CaseResult.Outcome;
import java.util.Locale;

/** A replay's result for a terminal: what differs, then totals; colours only where asked for. */
public final class ReplayText {

  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final boolean colours;
  private final StringBuilder text = new StringBuilder();

  private ReplayText(boolean colours) {
    this.colours = colours;
  }

  /** Lines that end in a newline; {@code colours} only where a terminal reads and allows them. */
  public static String of(ReplayResult result, boolean colours) {
    return new ReplayText(colours).tell(result);
  }

  private String tell(ReplayResult result) {
    result.results().stream().filter(r -> r.outcome() != Outcome.PASS).forEach(this::tell);
    tell(result.coverage());
    for (Kind kind : Kind.values()) {
      tell(result, kind);
    }
    Coverage coverage = result.coverage();
    line(
        "%d rules, %d never fired, %d declared as not fired"
            .formatted(coverage.rules(), coverage.neverFired().size(), coverage.declared().size()));
    line("rulebook " + result.rulebook().substring(0, 12));
    line(
        switch (result.exitStatus()) {
          case 0 -> green("PASS");
          case 3 -> red("FAIL");
          default -> red("ERROR: not everything could be run");
        });
    return text.toString();
  }

  private void tell(CaseResult result) {
    line(red(result.outcome().name()) + " " + clean(result.place() + "  " + result.name()));
    result.details().forEach(detail -> line("      " + clean(detail)));
  }

  private void tell(Coverage coverage) {
    coverage
        .neverFired()
        .forEach(
            rule ->
                line(
                    red("UNFIRED")
                        + " %s: rule \"%s\" is fired by no fixture; add one, or declare it in"
                            .formatted(rule.place(), clean(rule.rule()))
                        + " unfired.json"));
    coverage
        .falselyDeclared()
        .forEach(what -> line(red("UNFIRED") + " unfired.json is not true: " + clean(what)));
  }

  private void tell(ReplayResult result, Kind kind) {
    String what = kind == Kind.LEAD ? "leads" : "stories";
    var counts = new StringBuilder();
    long all = 0;
    for (Outcome outcome : Outcome.values()) {
      long count = result.count(kind, outcome);
      all += count;
      if (count > 0) {
        counts.append(", ").append(count).append(' ').append(word(outcome));
      }
    }
    line(all + " " + what + counts);
  }

  private static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** Names come from files; no control character of theirs may reach a terminal. */
  private static String clean(String told) {
    return told.replaceAll("\\p{Cntrl}", " ");
  }

  private String red(String word) {
    return colours ? RED + word + PLAIN : word;
  }

  private String green(String word) {
    return colours ? GREEN + word + PLAIN : word;
  }
}
