package io.bailiwick.lead;

import java.time.Instant;
import java.util.Locale;

/**
 * What others may hear of a lead: that it was assigned, queued or parked. It holds ids, names of
 * territories and the closed reasons, and no personal data.
 *
 * @param id the same for the same step of the same lead, whoever tells it
 * @param lead the lead's id
 * @param crmId the record's id in the CRM
 * @param reason why it is queued or parked; null for an assigned one
 * @param rulebook hash of the rulebook that decided; null where nothing was decided
 */
public record LeadEvent(
    String id,
    Type type,
    Instant at,
    String lead,
    String module,
    @Nullable String crmId,
    long revision,
    @Nullable TerritoryRef territory,
    @Nullable String reason,
    @Nullable String blocker,
    @Nullable String rulebook) {

  /** What can be heard. */
  public enum Type {
    ASSIGNED,
    QUEUED,
    PARKED;

    /** Its name in configuration and in the event's type. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The event of a move; null where there is none to tell: another step, or one more time of the
   * same waiting. Trying again after a failure is no news; that it began to fail is.
   */
  public static @Nullable LeadEvent of(Move move) {
    Entry after = move.after();
    return switch (after.stage()) {
      case ASSIGNED -> noNews(move) ? null : event(Type.ASSIGNED, after, null);
      case PARKED ->
          event(Type.PARKED, after, after.parkReason() == null ? null : after.parkReason().word());
      case QUEUED ->
          again(move)
              ? null
              : event(Type.QUEUED, after, after.reason() == null ? null : after.reason().word());
      case ACCEPTED, DECIDED, SENDING, SUPERSEDED, ERASED -> null;
    };
  }

  /** It was left as it was, or only looked at. */
  private static boolean noNews(Move move) {
    Decision previous = move.before().previous();
    return move.before().stage() == Stage.ASSIGNED
        || (previous != null && previous.equals(move.after().decision()));
  }

  private static boolean again(Move move) {
    Entry before = move.before();
    Entry after = move.after();
    if (before.stage() == Stage.QUEUED) {
      return before.reason() == after.reason()
          && java.util.Objects.equals(before.blocker(), after.blocker())
          && java.util.Objects.equals(before.territory(), after.territory());
    }
    return before.stage() == Stage.SENDING
        && after.attempts().spent() + after.attempts().waits() > 1;
  }

  private static LeadEvent event(Type type, Entry entry, @Nullable String reason) {
    Decision decision = entry.decision();
    return new LeadEvent(
        entry.id() + "-" + entry.version(),
        type,
        entry.changedAt(),
        entry.id(),
        entry.lead().module(),
        entry.crmId(),
        entry.revision(),
        entry.territory(),
        reason,
        entry.blocker(),
        decision == null ? null : decision.receipt().rulebook());
  }
}
