package io.bailiwick.drools;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Territory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.drools.model.Drools;
import org.drools.modelcompiler.consequence.DroolsImpl;

/**
 * What rules say, collected while they fire: the global {@code route}. One per session; a rule only
 * adds to it, so no rule can undo what another said. Not for use outside rules.
 */
public final class Route {

  /**
   * One thing a rule said.
   *
   * @param rule its number among the compiled rules
   * @param territory null where it queues
   * @param reason null where it proposes a territory
   */
  record Said(
      int rule,
      @Nullable Territory territory,
      @Nullable String reason,
      @Nullable String blocker,
      @Nullable Instant until) {}

  private final List<Said> said = new ArrayList<>();
  private volatile int firing = -1;

  Route() {}

  /** Proposes a territory for the lead. */
  public void to(Territory territory) {
    said.add(new Said(firing, territory, null, null, null));
  }

  /** Queues the lead for a reason, with the exact blocker. */
  public void queue(String reason, String blocker) {
    said.add(new Said(firing, null, reason, blocker, null));
  }

  /** Queues the lead and names when to look again; null where that is not known. */
  public void queueUntil(String reason, String blocker, @Nullable Instant until) {
    said.add(new Said(firing, null, reason, blocker, until));
  }

  /** As {@link #to}, by the rule that fires. */
  public void to(Drools rule, Territory territory) {
    firing = number(rule);
    to(territory);
  }

  /** As {@link #queue}, by the rule that fires. */
  public void queue(Drools rule, String reason, String blocker) {
    firing = number(rule);
    queue(reason, blocker);
  }

  /** As {@link #queueUntil}, by the rule that fires. */
  public void queueUntil(Drools rule, String reason, String blocker, @Nullable Instant until) {
    firing = number(rule);
    queueUntil(reason, blocker, until);
  }

  /** Rules are printed with their number as their name. */
  private static int number(Drools firing) {
    return Integer.parseInt(((DroolsImpl) firing).getRule().getName());
  }

  /** A rule is about to fire. */
  void firing(int rule) {
    firing = rule;
  }

  /** The rule that fired last in this phase; -1 where none did. */
  int lastFired() {
    return firing;
  }

  /** Takes what was said and begins anew. */
  List<Said> take() {
    firing = -1;
    if (said.isEmpty()) {
      return List.of();
    }
    List<Said> taken = List.copyOf(said);
    said.clear();
    return taken;
  }
}
