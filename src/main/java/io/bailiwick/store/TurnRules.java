package io.bailiwick.store;

import io.bailiwick.flow.TokenBook;
import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Ask;
import io.bailiwick.flow.TokenBook.Turn;
import io.bailiwick.lead.Nullable;
import java.time.Instant;

/** Whose turn it is to renew the CRM's token: a pure function, one for every journal. */
final class TurnRules {

  /**
   * How a grant stands.
   *
   * @param oldest the first of the last {@link TokenBook#MOST} renewals, where there are as many
   */
  record State(
      @Nullable Access access,
      @Nullable Instant turnUntil,
      @Nullable Instant coolUntil,
      @Nullable Instant oldest) {}

  private TurnRules() {}

  static Turn turn(State state, Ask ask) {
    Instant now = ask.now();
    Access access = state.access();
    if (access != null && now.isBefore(access.renewAt()) && !access.token().equals(ask.givenUp())) {
      return new Turn.Has(access);
    }
    Instant cool = state.coolUntil();
    if (cool != null && now.isBefore(cool)) {
      return new Turn.Cooling(cool);
    }
    Instant taken = state.turnUntil();
    if (taken != null && now.isBefore(taken)) {
      return new Turn.Others(taken);
    }
    Instant oldest = state.oldest();
    return oldest != null
        ? new Turn.Spent(oldest.plus(TokenBook.WINDOW))
        : new Turn.Yours(now.plus(ask.lease()));
  }
}
