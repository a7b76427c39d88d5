package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.DayBook.Counted;
import io.bailiwick.flow.Journal;
import io.bailiwick.lead.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every journal promises of what happened lately. */
abstract class DayContract {

  private static final Instant NOON = Samples.NOON;
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(15));

  abstract Journal open();

  @Test
  void whatIsCountedIsAddedUpKeptOverARestartAndForgottenWithItsStep() {
    Journal journal = open();
    assertEquals(List.of(), add(journal, NOON));
    add(journal, NOON, new Counted(NOON, "accepted", 7), new Counted(LATER, "accepted", 2));
    add(journal, NOON, new Counted(NOON, "accepted", 1), new Counted(NOON, "assigned", 3));
    journal.close();
    journal = open();
    Counted later = new Counted(LATER, "accepted", 2);
    assertEquals(
        List.of(new Counted(NOON, "accepted", 8), new Counted(NOON, "assigned", 3), later),
        add(journal, NOON));
    assertEquals(List.of(later), add(journal, LATER));
    journal.close();
  }

  private static List<Counted> add(Journal journal, Instant oldest, Counted... more) {
    return journal.days().add(List.of(more), oldest).toCompletableFuture().join();
  }
}
