package io.bailiwick.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoverTest {

  private static final Duration REST = Duration.ofMillis(1);
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @Test
  void whatWasHandedOverIsTakenInItsOrderAtTheCloseAtLatest() {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    Handover<Integer> handover = started(1_000, AN_HOUR, taken::add);
    IntStream.range(0, 1_000).forEach(handover::offer);
    handover.close();
    assertEquals(IntStream.range(0, 1_000).boxed().toList(), taken);
  }

  @Test
  void itIsTakenAfterEachSilence() throws InterruptedException {
    var taken = new LinkedBlockingQueue<Integer>();
    Handover<Integer> handover = started(10, REST, taken::add);
    for (int i = 0; i < 200; i++) {
      handover.offer(i);
      assertEquals(i, taken.poll(10, TimeUnit.SECONDS), "in vain");
    }
    handover.close();
  }

  @Test
  void whereTooManyWaitOneIsDroppedAndNobodyWaits() throws InterruptedException {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    var first = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Handover<Integer> handover =
        started(
            10,
            REST,
            number -> {
              first.countDown();
              await(goOn);
              taken.add(number);
            });
    assertTrue(handover.offer(0));
    await(first);
    for (int i = 1; i <= 10; i++) {
      assertTrue(handover.offer(i));
    }
    assertFalse(handover.offer(11));
    goOn.countDown();
    handover.close();
    assertEquals(IntStream.rangeClosed(0, 10).boxed().toList(), taken);
  }

  @Test
  void oneThatCannotBeTakenKeepsNoOtherFromIt() {
    List<Integer> taken = new CopyOnWriteArrayList<>();
    Handover<Integer> handover =
        started(
            10,
            REST,
            number -> {
              if (number == 1) {
                throw new IllegalStateException("this one is thrown by a test");
              }
              taken.add(number);
            });
    List.of(0, 1, 2).forEach(handover::offer);
    handover.close();
    assertEquals(List.of(0, 2), taken);
  }

  @Test
  void whoeverTakesHearsThatThoseOfAMomentAreTaken() {
    List<String> heard = new CopyOnWriteArrayList<>();
    Handover<Integer> handover =
        started(
            1_000,
            AN_HOUR,
            new Handover.Taker<>() {
              @Override
              public void take(Integer number) {
                heard.add("one");
              }

              @Override
              public void rest() {
                heard.add("all");
              }
            });
    IntStream.range(0, 1_000).forEach(handover::offer);
    handover.close();
    assertEquals(1_000, Collections.frequency(heard, "one"));
    assertEquals("all", heard.get(heard.size() - 1));
    assertTrue(Collections.frequency(heard, "all") < 10, "at the first silence, and at the close");
  }

  private static Handover<Integer> started(int most, Duration rest, Handover.Taker<Integer> taker) {
    var handover = new Handover<Integer>("test", most, rest, taker);
    handover.start();
    return handover;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS), "in vain");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
