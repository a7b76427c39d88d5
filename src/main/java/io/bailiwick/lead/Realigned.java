package io.bailiwick.lead;

import java.util.Locale;

/**
 * One assigned lead that a job changed: what an undo needs, and what became of it.
 *
 * @param before the decision that it had
 * @param to the id of the territory that the job gave it
 * @param result what became of it
 */
public record Realigned(String job, String lead, Decision before, String to, Result result) {

  /** What became of it. */
  public enum Result {
    /** It is on its way, or waits. */
    UNDER_WAY,
    /** The CRM has it. */
    ASSIGNED,
    /** A person had changed the territory in the CRM; it was left as it is. */
    CHANGED_BY_HAND,
    /** Others moved it before it was assigned. */
    MOVED_ON;

    /** The name in JSON, lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** That a job's move replaces the decision of a lead. */
  public static Realigned by(String job, Move move) {
    Decision before = move.before().decision();
    TerritoryRef to = move.after().territory();
    if (before == null || to == null || to.id() == null) {
      throw new IllegalArgumentException("nothing is replaced by " + move.note());
    }
    return new Realigned(job, move.after().id(), before, to.id(), Result.UNDER_WAY);
  }

  /** What a move makes of the replacement that was under way; UNDER_WAY where it still is. */
  public static Result after(Move move) {
    Entry before = move.before();
    Entry after = move.after();
    Decision previous = before.previous();
    if (previous == null || (after.previous() != null && after.previous().equals(previous))) {
      return Result.UNDER_WAY;
    }
    if (after.stage() != Stage.ASSIGNED) {
      return Result.MOVED_ON;
    }
    return previous.equals(after.decision()) ? Result.CHANGED_BY_HAND : Result.ASSIGNED;
  }
}
