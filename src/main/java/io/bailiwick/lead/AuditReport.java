package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What one finished audit found, compared with the one before it.
 *
 * @param day the local day it was due on, {@code 2026-11-24}; null where somebody asked for it
 * @param snapshot id of the territories it went by; null where none were ever read
 * @param readAt when they were read
 * @param comparedWith id of the audit before it; null for the first
 * @param territories how many the CRM lists
 * @param used how many names rules and lookup rows use
 * @param decided how many leads of the last 7 days were decided again
 * @param findings also those that are cleared since; the gravest first
 * @param untold what this CRM or this reading cannot tell, which is not the same as well
 */
public record AuditReport(
    String id,
    @Nullable String day,
    Trigger trigger,
    Instant startedAt,
    Instant finishedAt,
    @Nullable String snapshot,
    @Nullable Instant readAt,
    String rulebook,
    @Nullable String comparedWith,
    int territories,
    int used,
    long decided,
    List<AuditFinding> findings,
    List<Untold> untold) {

  /** Why an audit was run. */
  public enum Trigger {
    /** Its time had come. */
    SCHEDULED,
    /** Its time came while no service ran. */
    CATCH_UP,
    /** A person asked. */
    ASKED;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A kind of finding that could not be looked for.
   *
   * @param why one sentence for people
   */
  public record Untold(AuditFinding.Kind kind, String why) {}

  public AuditReport {
    findings = List.copyOf(findings);
    untold = List.copyOf(untold);
  }

  /** The findings that are so now. */
  public List<AuditFinding> standing() {
    return findings.stream().filter(AuditFinding::stands).toList();
  }

  /** Whether something stands that is more than a note. */
  public boolean drifted() {
    return standing().stream()
        .anyMatch(finding -> finding.kind().severity() != AuditFinding.Severity.NOTE);
  }

  /** How many findings have these news. */
  public long count(AuditFinding.News news) {
    return findings.stream().filter(finding -> finding.news() == news).count();
  }
}
