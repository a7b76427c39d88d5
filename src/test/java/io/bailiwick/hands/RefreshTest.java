package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.TerritoryAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshTest {

  private static final String LATE =
      "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"lateAnswer\",\"millis\":1000}]}";

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoAsksForAReadingSeesWhatWasSoWhenTheyAskedThoughAnotherWasUnderWay() {
    world.tell(LATE);
    var first = ask();
    world.pass(Duration.ofMillis(500));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    var second = ask();
    var third = ask();
    assertTrue(world.timers.runUntil(first::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(2, territories(first), "it began before");
    assertTrue(world.timers.runUntil(second::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(3, territories(second));
    assertSame(second.join(), third.join(), "one reading serves all who wait");
  }

  @Test
  void whoWaitsForATerritoryWhileAReadingIsUnderWayHasAnotherOneSoon() {
    var first = ask();
    CompletableFuture.runAsync(() -> world.flow.directory().refreshSoon(), world.timers);
    world.pass(Duration.ofMillis(500));
    world.tell("{\"do\":\"addTerritory\",\"name\":\"North\",\"parentId\":\"1\"}");
    assertTrue(world.timers.runUntil(first::isDone, world.timers.now().plusSeconds(30)));
    assertEquals(2, territories(first), "it began before");
    world.pass(Duration.ofMinutes(2));
    assertEquals(3, world.flow.directory().current().orElseThrow().territories().size());
  }

  private CompletableFuture<TerritoryAnswer> ask() {
    CompletionStage<CompletionStage<TerritoryAnswer>> asked =
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers);
    world.pass(Duration.ZERO);
    return asked.thenCompose(answer -> answer).toCompletableFuture();
  }

  private static int territories(CompletableFuture<TerritoryAnswer> answer) {
    return assertInstanceOf(TerritoryAnswer.Complete.class, answer.join())
        .reading()
        .territories()
        .size();
  }
}
