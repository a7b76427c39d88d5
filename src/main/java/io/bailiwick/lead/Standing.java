package io.bailiwick.lead;

/**
 * Where a decision leaves a lead.
 *
 * @param territory the territory's name; null for none
 * @param waits why it waits, with the blocker; null where it is assigned
 */
public record Standing(@Nullable String territory, @Nullable String waits)
    implements Comparable<Standing> {

  /** Of a decision. */
  public static Standing of(Decision decision) {
    TerritoryRef ref = decision.territory();
    QueueReason reason = decision.reason();
    String blocker = decision.blocker();
    String waits =
        switch (decision.action()) {
          case ASSIGN -> null;
          case QUEUE ->
              (reason == null ? "" : reason.word()) + (blocker == null ? "" : " / " + blocker);
          case GIVE_UP -> "judge_timeout";
        };
    return new Standing(ref == null ? null : ref.name(), waits);
  }

  /** {@code West}, {@code West (territory_not_ready / inactive)} or {@code (no_match)}. */
  public String told() {
    if (waits == null) {
      return String.valueOf(territory);
    }
    return (territory == null ? "" : territory + " ") + "(" + waits + ")";
  }

  @Override
  public int compareTo(Standing other) {
    return told().compareTo(other.told());
  }
}
