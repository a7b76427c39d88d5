package io.bailiwick.crm;

import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.CreditBook.Spent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Brings what calls cost to the journal every few seconds, and learns there what was spent before
 * this process began, and by others since. On the gate's event loop.
 */
final class KeptCredits {

  private static final int PAUSE_MILLIS = 2_000;

  /** Where nothing is spent here, it is looked so seldom what others spent. */
  private static final int IDLE_TURNS = 15;

  private final Vertx vertx;
  private final Context context;
  private final Gate gate;
  private final CreditBook book;
  private int idle = IDLE_TURNS;

  KeptCredits(Vertx vertx, Gate gate, CreditBook book) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.gate = gate;
    this.book = book;
  }

  void start() {
    Spent told = gate.unkept();
    if (told.credits() == 0 && idle < IDLE_TURNS) {
      idle++;
      again();
      return;
    }
    idle = 0;
    book.charge(told, gate.now())
        .whenComplete(
            (all, failure) ->
                context.runOnContext(
                    then -> {
                      // What the journal does not take is told again.
                      if (failure == null) {
                        gate.kept(told, all);
                      }
                      again();
                    }));
  }

  private void again() {
    vertx.setTimer(PAUSE_MILLIS, go -> start());
  }
}
