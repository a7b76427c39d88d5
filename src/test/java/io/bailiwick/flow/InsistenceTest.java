package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InsistenceTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final GivenBack journal = new GivenBack();
  private final Insistence insistence = new Insistence(journal.ports(timers));

  @Test
  void theJournalIsAskedEachSecondUntilItAnswersAndTheTroubleIsToldOnce() {
    List<Instant> asked = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    insistence.on(
        "nothing is known",
        () -> {
          asked.add(timers.now());
          return asked.size() < 4
              ? CompletableFuture.failedFuture(new IOException("the disk is full"))
              : CompletableFuture.completedFuture("it is so");
        },
        answers::add);
    pass(Duration.ofSeconds(10));
    assertEquals(
        List.of(0L, 1L, 2L, 3L),
        asked.stream().map(at -> Duration.between(Samples.NOON, at).toSeconds()).toList());
    assertEquals(List.of("it is so"), answers);
    assertEquals(List.of("nothing is known; tried again each second"), troubles());
  }

  @Test
  void whatIsGivenBackIsSaidWhereTheJournalDoesNotTakeIt() {
    Entry lead = Entry.accepted("lead-1", Samples.lead("1"), 1, Samples.NOON);
    List<String> done = new ArrayList<>();
    journal.full = true;
    insistence.giveBack(List.of(lead), () -> done.add("given back"));
    pass(Duration.ofSeconds(2));
    assertEquals(List.of(), done);
    assertEquals(List.of("1 leads could not be given back; tried again each second"), troubles());
    journal.full = false;
    pass(Duration.ofSeconds(1));
    assertEquals(List.of("given back"), done);
    insistence.giveBack(List.of(), () -> done.add("nothing"));
    pass(Duration.ofSeconds(1));
    assertEquals(1, done.size(), "where there is nothing, nobody is told");
  }

  private List<String> troubles() {
    return journal.signals.stream().map(signal -> ((Signal.Trouble) signal).what()).toList();
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }
}
