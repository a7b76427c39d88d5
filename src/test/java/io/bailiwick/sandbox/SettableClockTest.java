package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettableClockTest {

  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private final SettableClock clock = new SettableClock(InstantSource.fixed(START));

  @Test
  void it_moves_forward_and_tells_its_listeners_after_the_move() {
    List<Instant> heard = new ArrayList<>();
    clock.onMove(() -> heard.add(clock.instant()));
    clock.moveForward(Duration.ofMinutes(15));
    clock.moveForward(Duration.ofSeconds(1));
    assertEquals(START.plusSeconds(901), clock.instant());
    assertEquals(List.of(START.plusSeconds(900), START.plusSeconds(901)), heard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P3651D"})
  void it_never_goes_back_or_out_of_bounds(Duration by) {
    assertThrows(IllegalArgumentException.class, () -> clock.moveForward(by));
    assertEquals(START, clock.instant());
  }

  @Test
  void moves_of_many_threads_all_count() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 1000; n++) {
                  clock.moveForward(Duration.ofMillis(1));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(START.plusSeconds(8), clock.instant());
  }
}
