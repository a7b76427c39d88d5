package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The troubleshooting checklist, walked: each line with what was seen and what to do.
 *
 * @param dialect which dialect the organisation answers to
 */
public record Diagnosis(Instant at, String dialect, List<Line> lines) {

  /** How a line came out. */
  public enum Status {
    OK,
    WARN,
    FAIL;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One line of the checklist.
   *
   * @param check its name, which does not change
   * @param seen what was seen
   * @param advice what to do and where in the CRM's menus; null where nothing is to be done
   */
  public record Line(String check, Status status, String seen, @Nullable String advice) {

    /** All is well. */
    public static Line ok(String check, String seen) {
      return new Line(check, Status.OK, seen, null);
    }

    /** It works, or cannot be told; something is to be known. */
    public static Line warn(String check, String seen, String advice) {
      return new Line(check, Status.WARN, seen, advice);
    }

    /** It does not work. */
    public static Line fail(String check, String seen, String advice) {
      return new Line(check, Status.FAIL, seen, advice);
    }
  }

  public Diagnosis {
    lines = List.copyOf(lines);
  }

  /** The worst of its lines. */
  public Status worst() {
    return lines.stream()
        .map(Line::status)
        .max(java.util.Comparator.naturalOrder())
        .orElse(Status.OK);
  }
}
