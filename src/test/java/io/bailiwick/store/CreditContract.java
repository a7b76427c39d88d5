package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.CreditBook.Spent;
import io.bailiwick.flow.Journal;
import io.bailiwick.lead.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every journal promises of what calls to the CRM cost. */
abstract class CreditContract {

  private static final Instant NOON = Samples.NOON;

  abstract Journal open();

  @Test
  void whatWasSpentInADayIsKeptOverARestartAndThenForgotten() {
    Instant later = NOON.plus(Duration.ofMinutes(15));
    Journal journal = open();
    assertEquals(List.of(), charge(journal, new Spent(NOON, 0), NOON));
    charge(journal, new Spent(NOON, 7), NOON);
    charge(journal, new Spent(later, 2), later);
    charge(journal, new Spent(NOON, 1), later);
    journal.close();
    journal = open();
    List<Spent> all = List.of(new Spent(NOON, 8), new Spent(later, 2));
    Instant end = NOON.plus(CreditBook.DAY).plus(CreditBook.QUARTER);
    assertEquals(all, charge(journal, new Spent(end, 0), end.minusMillis(1)));
    assertEquals(List.of(new Spent(later, 2)), charge(journal, new Spent(end, 0), end));
    journal.close();
  }

  private static List<Spent> charge(Journal journal, Spent more, Instant now) {
    return journal.credits().charge(more, now).toCompletableFuture().join();
  }
}
