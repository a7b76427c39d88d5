package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which assignments are read back. */
class VerifyingTest {

  private final World world = new World();
  private int read;
  private boolean unreadable;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void noneIsWhereEveryAssignmentIsTrusted() {
    verifying(0);
    assertEquals(0, readsOf(5));
  }

  @Test
  void theFirstOfAProcessIsAndTheOthersAreOnlyWhereTheSampleSaysSo() {
    verifying(Double.MIN_VALUE);
    assertEquals(1, readsOf(5));
    world.startAgain();
    assertEquals(1, readsOf(5));
    verifying(1);
    assertEquals(5, readsOf(5));
  }

  @Test
  void afterOneThatWasIgnoredAllAreUntilOneIsSeen() {
    verifying(Double.MIN_VALUE);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"ignoreWrite\",\"times\":2}]}");
    String lead = world.post("US");
    world.pass(Duration.ofMinutes(1));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    assertEquals("1", world.shown(lead));
    assertEquals(3, read, "twice ignored, then seen");
    assertEquals(0, readsOf(2));
  }

  @Test
  void oneThatCannotBeReadSaysNothingOfTheOthers() {
    verifying(Double.MIN_VALUE);
    unreadable = true;
    String lead = world.post("US");
    world.pass(Duration.ofMillis(500));
    assertEquals(Stage.SENDING, world.entry(lead).stage(), "it is looked up later");
    unreadable = false;
    assertTrue(readsOf(1) > 0, "the next is read as if it were the first");
  }

  private void verifying(double share) {
    world.settings = Knobs.verifying(share);
    world.line = this::called;
    world.startAgain();
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    if (!method.equals("read")) {
      return real.call();
    }
    read++;
    return unreadable
        ? CompletableFuture.failedStage(new IllegalStateException("a mistake"))
        : real.call();
  }

  /** One after the other. */
  private int readsOf(int leads) {
    int before = read;
    for (int i = 0; i < leads; i++) {
      world.post("US");
      world.pass(Duration.ofMillis(500));
    }
    return read - before;
  }
}
