package io.bailiwick.lead;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One thing an audit found: what is wrong with which territory, what to do about it and where in
 * the CRM, and how much hangs on it.
 *
 * @param subject the territory's name; empty where it concerns the API user or all of them
 * @param territoryId the CRM's id of it; null where the CRM lists none, or it concerns all
 * @param detail what was seen, one sentence for people
 * @param advice what to do, and where in the CRM's menus
 */
public record AuditFinding(
    Kind kind,
    String subject,
    @Nullable String territoryId,
    News news,
    String detail,
    String advice,
    BlastRadius radius) {

  /** What can be found, the gravest first. */
  public enum Kind {
    /** The territories could not be read, or not for too long; all else is of an older reading. */
    SNAPSHOT_STALE(Severity.ERROR),
    /** The API user's profile may not manage territories. */
    NOT_PERMITTED(Severity.ERROR),
    /** Rules name a territory that the CRM does not list. */
    MISSING(Severity.ERROR),
    /** Rules name a territory that bears another name now. */
    RENAMED(Severity.ERROR),
    /** Not active in the CRM. */
    INACTIVE(Severity.ERROR),
    /** "Allow API Access" is off. */
    API_DISABLED(Severity.ERROR),
    /** The API user is no member of it or of an ancestor. */
    NOT_A_MEMBER(Severity.ERROR),
    /** Its manager's account is not active. */
    MANAGER_INACTIVE(Severity.WARNING),
    /** None of its users is active. */
    USERS_INACTIVE(Severity.WARNING),
    /** Several territories bear the name; rules mean the one of lowest id. */
    DUPLICATE_NAME(Severity.WARNING),
    /** Territories are each other's ancestors. */
    CYCLE(Severity.WARNING),
    /** Created a moment ago; the CRM's API does not know it yet. */
    PROPAGATING(Severity.WARNING),
    /** No rule and no lookup row names it. */
    UNUSED(Severity.NOTE);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    /** How grave it is. */
    public Severity severity() {
      return severity;
    }

    /** Its name in JSON, in metrics and in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Its name for people: {@code api disabled}. */
    public String told() {
      return word().replace('_', ' ');
    }
  }

  /** How grave a finding is. */
  public enum Severity {
    /** Leads wait, or will. */
    ERROR,
    /** Something that becomes an error, or may hide one. */
    WARNING,
    /** To know. */
    NOTE
  }

  /** How it compares with the audit before. */
  public enum News {
    /** The audit before did not have it. */
    NEW,
    /** The audit before had it too. */
    STILL,
    /** The audit before had it, and it is so no more. */
    CLEARED;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** By which it is the same finding from one audit to the next. */
  public String key() {
    return kind.word() + ":" + subject;
  }

  /** Whether it is so now: all but the cleared ones. */
  public boolean stands() {
    return news != News.CLEARED;
  }

  /** The same with other news. */
  public AuditFinding as(News other) {
    return new AuditFinding(kind, subject, territoryId, other, detail, advice, radius);
  }

  /** The gravest first, then by subject. */
  public static List<AuditFinding> ordered(List<AuditFinding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(AuditFinding::kind)
                .thenComparing(AuditFinding::subject)
                .thenComparing(AuditFinding::news))
        .toList();
  }
}
