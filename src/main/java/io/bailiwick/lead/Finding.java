package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;

/**
 * One thing that an analysis of the rules found. What it claims of a lead it shows by an example
 * that was decided by the engine; what it could not decide it says as {@link Kind#UNKNOWN}.
 *
 * @param file the file it concerns; the folder, {@code rules/}, where it concerns all
 * @param line from 1; 0 where it has none
 * @param rule the rule's name; null where it concerns none
 * @param message what it is, with the places of other rules, and what to do
 * @param example a lead that shows it; null where there is none to show
 * @param at the instant the example is decided at; null without an example
 */
public record Finding(
    Kind kind,
    String file,
    int line,
    @Nullable String rule,
    String message,
    @Nullable Lead example,
    @Nullable Instant at) {

  /** What was found, the gravest first. */
  public enum Kind {
    /** Rules of one salience say different things of a lead. */
    TIE(true),
    /** Rules of a higher salience take every lead of the rule. */
    SHADOWED(true),
    /** No lead can match the rule. */
    NEVER(true),
    /** A rule or a lookup row names a territory that the CRM does not list; its leads wait. */
    UNKNOWN_TERRITORY(false),
    /** A lead that no rule matches. */
    GAP(false),
    /** A rule whose time is over. */
    EXPIRED(false),
    /** A territory that no rule and no lookup row names. */
    UNUSED_TERRITORY(false),
    /** A lookup table that no rule asks. */
    UNUSED_LOOKUP(false),
    /** A declared field that no rule asks. */
    UNUSED_FIELD(false),
    /** It could not be decided. */
    UNKNOWN(false);

    private final boolean error;

    Kind(boolean error) {
      this.error = error;
    }

    /** Whether the rules should not be published with it. */
    public boolean error() {
      return error;
    }

    /** Its name in JSON and in reports. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** {@code file:line: kind: rule "name": message}, as an editor understands it. */
  public String told() {
    String place = line > 0 ? file + ":" + line : file;
    String of = rule == null ? "" : "rule \"" + rule + "\": ";
    return place + ": " + kind.word() + ": " + of + message;
  }

  /** The gravest first, then by place. */
  public static List<Finding> ordered(List<Finding> findings) {
    return findings.stream()
        .sorted(
            java.util.Comparator.comparing(Finding::kind)
                .thenComparing(Finding::file)
                .thenComparingInt(Finding::line)
                .thenComparing(Finding::message))
        .toList();
  }
}
