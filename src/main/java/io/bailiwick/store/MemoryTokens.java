package io.bailiwick.store;

import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How we are let in at the CRM, of {@link MemoryJournal}. */
final class MemoryTokens implements TokenBook {

  private static final class Row {
    private @Nullable Access access;
    private @Nullable Instant turnUntil;
    private @Nullable Instant coolUntil;
    private final Deque<Instant> renewals = new ArrayDeque<>();
  }

  /** What they were asked for costs, too. */
  final MemoryCredits credits = new MemoryCredits();

  final MemoryDays days = new MemoryDays();

  private final Map<String, Row> rows = new HashMap<>();
  private @Nullable Grant grant;

  @Override
  public synchronized CompletionStage<Optional<Grant>> grant() {
    return done(Optional.ofNullable(grant));
  }

  @Override
  public synchronized CompletionStage<Void> keepGrant(Grant kept) {
    grant = kept;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Turn> turn(Ask ask) {
    Row row = row(ask.key());
    row.renewals.removeIf(at -> !at.isAfter(ask.now().minus(WINDOW)));
    var state =
        new TurnRules.State(
            row.access,
            row.turnUntil,
            row.coolUntil,
            row.renewals.size() < MOST ? null : row.renewals.peekFirst());
    Turn turn = TurnRules.turn(state, ask);
    if (turn instanceof Turn.Yours yours) {
      row.turnUntil = yours.until();
      row.renewals.addLast(ask.now());
    }
    return done(turn);
  }

  @Override
  public synchronized CompletionStage<Void> keep(String key, Access access) {
    Row row = row(key);
    row.access = access;
    row.turnUntil = null;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> release(String key, Turn.Yours turn, boolean spent) {
    Row row = row(key);
    if (turn.until().equals(row.turnUntil)) {
      row.turnUntil = null;
    }
    if (!spent) {
      row.renewals.pollLast();
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> cool(String key, Instant until) {
    Row row = row(key);
    row.coolUntil = until;
    row.turnUntil = null;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Standing> standing(String key, Instant now) {
    Row row = row(key);
    int renewals = (int) row.renewals.stream().filter(at -> at.isAfter(now.minus(WINDOW))).count();
    Instant cool = row.coolUntil;
    boolean cools = cool != null && cool.isAfter(now);
    Instant end = row.access == null ? null : row.access.expiresAt();
    return done(new Standing(end, renewals, cools ? cool : null));
  }

  private Row row(String key) {
    return rows.computeIfAbsent(key, none -> new Row());
  }

  private static <T> CompletionStage<T> done(T answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
