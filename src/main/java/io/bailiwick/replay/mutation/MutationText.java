package io.bailiwick.replay.mutation;

import io.bailiwick.replay.mutation.ConditionCoverage.Reached;
import io.bailiwick.replay.mutation.MutationScore.Survivor;
import java.util.Locale;

/** How well fixtures test the rules, for a terminal. */
public final class MutationText {

  private MutationText() {}

  /** Lines that end in a newline. */
  public static String of(ConditionCoverage coverage) {
    var text = new StringBuilder();
    for (Reached one : coverage.conditions()) {
      if (!one.both()) {
        String what =
            one.passing().isEmpty() && one.failing().isEmpty()
                ? "is reached by no fixture"
                : one.passing().isEmpty() ? "is passed by no fixture" : "is failed by no fixture";
        text.append(place(one.rule().place(), one.rule().rule()))
            .append("condition ")
            .append(one.text())
            .append(' ')
            .append(what)
            .append('\n');
      }
    }
    return text.append(coverage.reachedBothWays())
        .append(" of ")
        .append(coverage.conditions().size())
        .append(" conditions are passed by some fixture and failed by another\n")
        .toString();
  }

  /** Lines that end in a newline. */
  public static String of(MutationScore score) {
    var text = new StringBuilder();
    for (Survivor survivor : score.survivors()) {
      var mutant = survivor.mutant();
      text.append(place(mutant.rule().place(), mutant.rule().rule()))
          .append("nothing notices ")
          .append(mutant.change())
          .append(
              survivor.killer() == null
                  ? "; no lead that was tried does either"
                  : "; \"" + survivor.killer() + "\" would")
          .append('\n');
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%d of %d small changes are noticed (%.0f %%); %d more fixtures would notice %d%n",
                score.mutants() - score.survivors().size(),
                score.mutants(),
                score.percent(),
                score.suggested().size(),
                score.survivors().stream().filter(s -> s.killer() != null).count()))
        .toString();
  }

  private static String place(String place, String rule) {
    return "%s: rule \"%s\": ".formatted(place, rule);
  }
}
