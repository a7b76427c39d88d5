package io.bailiwick.lead;

import java.time.Instant;

/**
 * What the rules said of a lead: assign it to a territory, or queue it with a reason, or that they
 * came to no end and it was given up; with the receipt that lets anyone decide again and compare.
 *
 * @param territory the territory that won; null where none did
 * @param reason why it is queued; null for assign
 * @param blocker the exact blocker or the rule's own word; null where the reason says it all
 * @param lookAgain when the blocker may lift, where that is known
 */
public record Decision(
    Action action,
    @Nullable TerritoryRef territory,
    @Nullable QueueReason reason,
    @Nullable String blocker,
    @Nullable Instant lookAgain,
    Receipt receipt) {

  /** What rules decide between. */
  public enum Action {
    ASSIGN,
    QUEUE,
    /** Not the rules' word but the watchdog's: the judgement did not end in time. */
    GIVE_UP
  }

  public Decision {
    boolean assign = action == Action.ASSIGN;
    if (assign && (territory == null || territory.id() == null)) {
      throw new IllegalArgumentException("assign needs a territory with an id");
    }
    if ((action == Action.QUEUE) != (reason != null)) {
      throw new IllegalArgumentException("queue needs a reason, and nothing else has one");
    }
  }

  /** Assign to this territory, which must be listed. */
  public static Decision assign(TerritoryRef territory, Receipt receipt) {
    return new Decision(Action.ASSIGN, territory, null, null, null, receipt);
  }

  /** Given up, for the cause that the receipt's detail says. */
  public static Decision giveUp(Receipt receipt) {
    return new Decision(Action.GIVE_UP, null, null, null, null, receipt);
  }

  /** The same without what its receipt says in words, which may tell of the lead. */
  public Decision skeleton() {
    return new Decision(action, territory, reason, blocker, lookAgain, receipt.skeleton());
  }

  /** Queue for a reason that needs no territory. */
  public static Decision queue(QueueReason reason, Receipt receipt) {
    return new Decision(Action.QUEUE, null, reason, null, null, receipt);
  }
}
