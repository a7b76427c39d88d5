package io.bailiwick.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.DayBook;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Origin;
import io.bailiwick.store.MemoryJournal;
import io.bailiwick.watch.DayCurve.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DayCurveTest {

  private static final Signals.Signal ACCEPTED =
      new Signals.Signal.Accepted(
          Entry.accepted("id", new LeadForm().lead(), 1, Instant.EPOCH, Origin.UNKNOWN));

  private final DayBook book = new MemoryJournal().days();
  private Instant now = Instant.parse("2026-01-15T12:01:00Z");

  @Test
  void whatWasCountedBeforeARestartAndByOthersIsShownWithWhatComesAfter() {
    DayCurve first = curve();
    accept(first, 3);
    keep(first, book);
    accept(first, 2);
    assertEquals(5, accepted(first));
    new KeptCurve(first, book).close();
    now = now.plus(Duration.ofHours(2));
    DayCurve second = curve();
    DayCurve other = curve();
    accept(other, 4);
    keep(other, book);
    keep(second, book);
    accept(second, 1);
    assertEquals(10, accepted(second));
    assertEquals(Instant.parse("2026-01-15T12:00:00Z"), second.since());
    assertEquals(9, second.steps().size(), "those in which nothing happened stand there");
  }

  @Test
  void whatTheJournalDoesNotTakeIsToldAgainAndCountedOnce() {
    DayCurve curve = curve();
    accept(curve, 3);
    keep(curve, (more, oldest) -> CompletableFuture.failedFuture(new IllegalStateException()));
    assertEquals(3, accepted(curve));
    keep(curve, book);
    keep(curve, book);
    assertEquals(3, accepted(curve));
  }

  @Test
  void whatIsCountedWhileTheJournalWritesIsNotLost() {
    var answer = new CompletableFuture<List<DayBook.Counted>>();
    DayCurve curve = curve();
    accept(curve, 3);
    keep(curve, (more, oldest) -> book.add(more, oldest).thenCombine(answer, (all, end) -> all));
    accept(curve, 2);
    answer.complete(List.of());
    assertEquals(5, accepted(curve));
  }

  @Test
  void whatIsOlderThanADayIsForgotten() {
    DayCurve curve = curve();
    accept(curve, 3);
    keep(curve, book);
    now = now.plus(Duration.ofHours(25));
    assertEquals(0, accepted(curve));
    accept(curve, 1);
    keep(curve, book);
    assertEquals(1, accepted(curve));
    assertTrue(curve.steps().size() <= 96);
  }

  private DayCurve curve() {
    return new DayCurve(() -> now);
  }

  private static void keep(DayCurve curve, DayBook book) {
    new KeptCurve(curve, book).turn();
  }

  private static long accepted(DayCurve curve) {
    return curve.steps().stream()
        .mapToLong(step -> step.counts().getOrDefault(Kind.ACCEPTED, 0L))
        .sum();
  }

  private static void accept(DayCurve curve, int leads) {
    for (int i = 0; i < leads; i++) {
      curve.tell(ACCEPTED);
    }
  }
}
