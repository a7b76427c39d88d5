package io.bailiwick.watch.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AlarmBookTest extends AlarmGround {

  @Test
  void anAlarmIsToldOnceHoweverOftenItIsRaisedAndClearedOnce() {
    for (int i = 0; i < 100; i++) {
      book.raise(alarm(AlarmKind.TOKEN_BROKEN, "", 1));
      pass(Duration.ofSeconds(7));
    }
    assertEquals(List.of("raised token_broken "), told());
    book.clear(AlarmKind.TOKEN_BROKEN, "");
    book.clear(AlarmKind.TOKEN_BROKEN, "");
    assertEquals(List.of("raised token_broken ", "cleared token_broken "), told());
  }

  @Test
  void whatChangesTogetherIsToldTogetherByKind() {
    book.raise(alarm(AlarmKind.DRIFT, "a", 1));
    book.raise(alarm(AlarmKind.DEAD_LETTERS, "rejected", 1));
    book.raise(alarm(AlarmKind.DRIFT, "b", 1));
    assertEquals(List.of("raised dead_letters rejected", "raised drift a b"), sorted(told()));
  }

  @Test
  void whatComesAndGoesWithinTheGroupingTimeIsNotTold() {
    book.raise(alarm(AlarmKind.CRM_REFUSING, "sending", 1));
    pass(Duration.ofSeconds(10));
    book.clear(AlarmKind.CRM_REFUSING, "sending");
    assertEquals(List.of(), told());
  }

  @Test
  void whatGrowsIsToldAgainOnlyWhenItHasDoubled() {
    for (int count = 1; count <= 9; count++) {
      book.raise(alarm(AlarmKind.DEAD_LETTERS, "rejected", count));
      pass(Duration.ofMinutes(1));
    }
    assertEquals(4, told().size(), "at 1, 2, 4 and 8");
  }

  @Test
  void afterARestartNothingIsToldTwiceAndWhatEndedMeanwhileIsCleared() {
    book.raise(alarm(AlarmKind.DRIFT, "a", 1));
    book.raise(alarm(AlarmKind.DRIFT, "b", 1));
    assertEquals(1, told().size());
    AlarmBook next = book(Set.of("web"));
    // Both before what stands is loaded and after.
    next.raise(alarm(AlarmKind.DRIFT, "a", 1));
    pass(Duration.ofSeconds(1));
    next.replace(AlarmKind.DRIFT, List.of(alarm(AlarmKind.DRIFT, "a", 1)));
    assertEquals(List.of("raised drift a b", "cleared drift b"), told());
    assertEquals(List.of("a"), next.standing().stream().map(Alarm::subject).toList());
  }

  @Test
  void aChannelDoesNotCarryThatItFails() {
    AlarmBook two = book(Set.of("web", "mail"));
    two.raise(alarm(AlarmKind.CHANNEL_FAILING, "mail", 1));
    assertEquals(List.of("raised channel_failing mail"), told("web"));
    assertEquals(List.of(), told("mail"));
  }

  @Test
  void aMissedAuditIsToldThoughTheNextOneFollowsAtOnce() {
    book.raise(alarm(AlarmKind.AUDIT_MISSED, "missed", 1));
    book.settle(AlarmKind.AUDIT_MISSED);
    assertEquals(List.of("raised audit_missed missed", "cleared audit_missed missed"), told());
    assertEquals(List.of(), book.standing());
  }

  @Test
  void whereTheJournalFailsTheAlarmGoesPastItAndIsKeptOnceItWorksAgain() {
    var failing = new FailingOutbox(journal.outbox());
    var metrics = new io.bailiwick.watch.Metrics("test", timers);
    AlarmBook over =
        new AlarmBook(
            failing,
            timers,
            GROUPING,
            new Teller() {
              @Override
              public Set<String> channels() {
                return Set.of("web");
              }

              @Override
              public void wake() {}

              @Override
              public void past(Outbox.Message message) {
                past.add(message);
              }
            },
            metrics.notices());
    over.start();
    over.raise(alarm(AlarmKind.JOURNAL_FAILING, "", 1));
    pass(Duration.ofMinutes(10));
    assertEquals(1, past.size());
    assertEquals(List.of(), journal.outbox().standing().toCompletableFuture().join());
    failing.broken = false;
    pass(Duration.ofMinutes(1));
    assertEquals(1, journal.outbox().standing().toCompletableFuture().join().size());
    assertEquals(1, past.size(), "told once");
    assertEquals(List.of(), told(), "and not a second time from the journal");
    over.clear(AlarmKind.JOURNAL_FAILING, "");
    assertEquals(List.of("cleared journal_failing "), told());
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** A disk that takes no write. */
  private static final class FailingOutbox implements Outbox {
    private final Outbox under;
    private boolean broken = true;

    FailingOutbox(Outbox under) {
      this.under = under;
    }

    @Override
    public void subscribe(Set<Subscription> subscriptions) {
      under.subscribe(subscriptions);
    }

    @Override
    public CompletionStage<Void> tell(Change change) {
      return broken
          ? CompletableFuture.failedFuture(new IllegalStateException("disk full"))
          : under.tell(change);
    }

    @Override
    public CompletionStage<List<Standing>> standing() {
      return under.standing();
    }

    @Override
    public CompletionStage<Due> due(String channel, java.time.Instant now, int limit) {
      return under.due(channel, now, limit);
    }

    @Override
    public CompletionStage<Void> done(Message message) {
      return under.done(message);
    }

    @Override
    public CompletionStage<Void> postpone(Message message, java.time.Instant due) {
      return under.postpone(message, due);
    }

    @Override
    public CompletionStage<List<Undelivered>> undelivered() {
      return under.undelivered();
    }

    @Override
    public CompletionStage<Integer> forget(String channel) {
      return under.forget(channel);
    }
  }
}
