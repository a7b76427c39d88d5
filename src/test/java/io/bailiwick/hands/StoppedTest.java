package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first and the last of a flow's life. */
class StoppedTest {

  private final World world = new World();
  private final List<String> asked = new ArrayList<>();
  private Consumer<Topic> told = topic -> {};

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whoHasStoppedAsksNothingOfTheJournalNorOfTheCrmWhateverIsHeard() {
    listening();
    world.post("FR");
    world.pass(Duration.ofMinutes(5));
    world.get(world.flow.drain());
    world.pass(Duration.ofSeconds(1));
    asked.clear();
    world.get(world.journal.keepPause(new Pause(world.timers.now(), "bo", null)));
    for (Topic topic : Topic.values()) {
      told.accept(topic);
    }
    world.flow.wake();
    world.pass(Duration.ofHours(3));
    assertEquals(List.of(), asked);
  }

  @Test
  void whoIsToldToStopTwiceHasOneEnd() {
    assertTrue(world.get(world.flow.drain()) == null && world.get(world.flow.drain()) == null);
  }

  @Test
  void itBeginsOnceTheLastTerritoriesAreLoadedAndForgetsOldKeysThenAndEachSixHours() {
    world.die();
    listening();
    world.die();
    asked.clear();
    var begun = new AtomicBoolean();
    var ports = new Ports(world.disk, world.port(), world.timers, world.heard);
    var flow = new LeadFlow(ports, () -> null, LeadFlow.Settings.DEFAULT, new Random(1));
    flow.start(() -> begun.set(true));
    assertFalse(begun.get());
    world.pass(Duration.ofSeconds(1));
    assertTrue(begun.get());
    world.pass(Duration.ofHours(13));
    assertEquals(3, asked.stream().filter("forgetKeys"::equals).count());
    world.get(flow.drain());
  }

  @Test
  void keysThatCannotBeForgottenAreToldOfAndEachLeadThatIsAccepted() {
    world.disk = world.refusing("forgetKeys", new AtomicBoolean(true));
    world.startAgain();
    String lead = world.post("US");
    world.pass(Duration.ofSeconds(1));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    var accepted =
        world.heard.of(Signal.Accepted.class).stream().map(one -> one.entry().id()).toList();
    assertEquals(List.of(lead), accepted);
    assertTrue(world.heard.troubles().contains("forgetting old keys failed"));
  }

  @Test
  void everyPauseAndItsEndAreToldWhoeverSaidSo() {
    listening();
    world.get(world.flow.sendingSwitch().pause("ana", null));
    assertEquals(List.of("paused"), pauses());
    world.get(world.flow.sendingSwitch().resume("ana"));
    assertEquals(List.of("paused", "resumed"), pauses());
    world.get(world.journal.keepPause(new Pause(world.timers.now(), "bo", null)));
    told.accept(Topic.PAUSE);
    told.accept(Topic.PAUSE);
    world.pass(Duration.ofSeconds(1));
    assertEquals("bo", world.flow.sendingSwitch().paused().orElseThrow().who());
    assertEquals(List.of("paused", "resumed", "paused"), pauses());
    world.startAgain();
    assertEquals(4, pauses().size(), "that it is paused is told at a start, too");
    world.get(world.journal.keepPause(null));
    told.accept(Topic.PAUSE);
    told.accept(Topic.PAUSE);
    world.pass(Duration.ofSeconds(1));
    assertTrue(world.flow.sendingSwitch().paused().isEmpty());
    assertEquals("resumed", pauses().get(4));
    assertEquals(5, pauses().size());
  }

  @Test
  void whatSomebodySaysHereStandsThoughTheJournalAnswersLateWhatWasSoBefore() {
    var late = new CompletableFuture<Object>();
    var first = new AtomicBoolean();
    listening();
    world.disk =
        AroundPort.of(
            Journal.class,
            world.disk,
            (method, arguments, real) ->
                method.equals("pause") && first.compareAndSet(true, false) ? late : real.call());
    world.startAgain();
    first.set(true);
    told.accept(Topic.PAUSE);
    world.pass(Duration.ofMillis(1));
    world.get(world.flow.sendingSwitch().pause("ana", null));
    late.complete(Optional.empty());
    world.pass(Duration.ofSeconds(1));
    assertEquals("ana", world.flow.sendingSwitch().paused().orElseThrow().who());
  }

  @Test
  void aPauseThatCannotBeReadLeavesSendingAsItIs() {
    listening();
    var full = new AtomicBoolean();
    world.disk =
        AroundPort.of(
            Journal.class,
            world.disk,
            (method, arguments, real) ->
                method.equals("pause") && full.get()
                    ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                    : real.call());
    world.startAgain();
    world.get(world.flow.sendingSwitch().pause("ana", null));
    full.set(true);
    told.accept(Topic.PAUSE);
    world.pass(Duration.ofSeconds(1));
    assertEquals("ana", world.flow.sendingSwitch().paused().orElseThrow().who());
  }

  private List<String> pauses() {
    return world.heard.all().stream()
        .map(
            signal ->
                signal instanceof Signal.SendingPaused
                    ? "paused"
                    : signal instanceof Signal.SendingResumed ? "resumed" : "")
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void listening() {
    world.disk =
        AroundPort.of(
            Journal.class,
            world.journal,
            (method, arguments, real) -> {
              asked.add(method);
              return method.equals("sharing") ? heard(world.journal.sharing()) : real.call();
            });
    world.line =
        (method, arguments, real) -> {
          asked.add(method);
          return real.call();
        };
    world.startAgain();
  }

  private Sharing heard(Sharing real) {
    return AroundPort.of(
        Sharing.class,
        real,
        (method, arguments, sharing) -> {
          if (method.equals("listen")) {
            @SuppressWarnings("unchecked")
            Consumer<Topic> taker = (Consumer<Topic>) arguments[0];
            told = taker;
          }
          return sharing.call();
        });
  }
}
