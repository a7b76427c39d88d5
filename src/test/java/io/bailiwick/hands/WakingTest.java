package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What wakes leads of which another instance, or somebody who was refused, woke none. */
class WakingTest {

  private static final String RULES =
      """
      rule "US" when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "Closed" when Placement( apiEnabled == Flag.NO )
      then route.queue("territory_not_ready", "api_disabled"); end
      """;

  private static final Duration SOON = Duration.ofSeconds(3);

  private final World world = new World();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicBoolean apart = new AtomicBoolean();
  private Consumer<Topic> told = topic -> {};
  private int elsewhere;

  @BeforeEach
  void isOneOfTwo() {
    world.die();
    world.rules(Map.of("main.drl", RULES));
    var memory = world.journal;
    world.disk =
        world.troubled(
            (name, goOn) ->
                switch (name) {
                  case "sharing" -> listening(memory.sharing());
                  case "wake", "wakeTerritories" ->
                      full.get()
                          ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                          : goOn.get();
                  case "latestSnapshot", "snapshotAfter" ->
                      apart.get()
                          ? CompletableFuture.completedFuture(Optional.empty())
                          : goOn.get();
                  default -> goOn.get();
                });
    world.start();
  }

  private Sharing listening(Sharing sharing) {
    return AroundPort.of(
        Sharing.class,
        sharing,
        (method, arguments, real) -> {
          if (method.equals("listen")) {
            @SuppressWarnings("unchecked")
            Consumer<Topic> taker = (Consumer<Topic>) arguments[0];
            told = taker;
          }
          return real.call();
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadThatWaitsForATerritoryGoesOnceAnotherInstanceReadThatItIsReady() {
    String lead = waitsForTheWest();
    anotherReadsThatItIsReady();
    world.pass(SOON);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void itGoesSoonThoughTheJournalCouldNotWakeItAtFirst() {
    String lead = waitsForTheWest();
    full.set(true);
    anotherReadsThatItIsReady();
    goesOnceTheJournalWorks(lead);
  }

  @Test
  void aLeadThatWaitsForSendingGoesOnceAnotherInstanceGoesOn() {
    String lead = waitsForSending();
    world.get(world.journal.keepPause(null));
    told.accept(Topic.PAUSE);
    world.pass(SOON);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void itGoesSoonThoughTheJournalCouldNotWakeItAtFirstAfterAPause() {
    String lead = waitsForSending();
    full.set(true);
    world.get(world.journal.keepPause(null));
    told.accept(Topic.PAUSE);
    goesOnceTheJournalWorks(lead);
  }

  @Test
  void whoeverGoesOnIsToldThatNobodyWasWokenAndTheyAreWokenSoonAllTheSame() {
    String lead = waitsForSending();
    full.set(true);
    var resumed = world.flow.sendingSwitch().resume("ana");
    assertThrows(CompletionException.class, () -> world.get(resumed));
    assertTrue(world.flow.sendingSwitch().paused().isEmpty(), "it goes on");
    full.set(false);
    world.pass(SOON);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  /** It was killed when the reading was on disk, and before it woke anybody. */
  @Test
  void aLeadThatWaitsForATerritoryGoesThoughWhoeverReadItEndedBeforeWakingIt() {
    String lead = waitsForTheWest();
    open(true);
    full.set(true);
    refresh();
    startsAgain();
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void aLeadThatWaitsForSendingGoesThoughWhoeverWentOnEndedBeforeWakingIt() {
    String lead = waitsForSending();
    full.set(true);
    var resumed = world.flow.sendingSwitch().resume("ana");
    assertThrows(CompletionException.class, () -> world.get(resumed));
    startsAgain();
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void aLeadThatWaitsForAFirstReadingGoesThoughTheJournalHadOneThatItDidNotTell() {
    world.die();
    apart.set(true);
    world.tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":503}]}");
    world.start();
    String lead = world.post("US");
    world.pass(Duration.ofMillis(500));
    assertEquals(QueueReason.CRM_UNAVAILABLE, world.entry(lead).reason());
    world.tell("{\"do\":\"setFaults\",\"faults\":[]}");
    apart.set(false);
    world.pass(Duration.ofMinutes(2));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void aLeadThatAnotherInstanceTookInGoesAtOnceWhenThatIsHeard() {
    String lead = takenInElsewhere();
    world.pass(SOON);
    assertEquals(Stage.ACCEPTED, world.entry(lead).stage(), "nobody said so");
    told.accept(Topic.LEADS);
    told.accept(Topic.LEADS);
    world.pass(Duration.ofMillis(500));
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    String next = takenInElsewhere();
    told.accept(Topic.LEADS);
    world.pass(Duration.ofMillis(500));
    assertEquals(Stage.ASSIGNED, world.entry(next).stage());
  }

  @Test
  void aJobThatAnotherInstanceLeftIsTakenUpWhenThatIsHeard() {
    String lead = world.bury(1, ParkReason.REJECTED).get(0);
    var which = LeadFilter.of(Stage.PARKED);
    var order = new Job.Order(Job.Kind.RETRY, which, 50, "ana", null);
    Instant now = world.timers.now().plusSeconds(1);
    world.get(world.journal.jobs().keep(Job.started("job-1", order, 1, now)));
    world.pass(SOON);
    assertEquals(Stage.PARKED, world.entry(lead).stage());
    told.accept(Topic.JOBS);
    world.pass(SOON);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  @Test
  void whoStopsHearsNothingMore() {
    String lead = takenInElsewhere();
    world.get(world.flow.drain());
    told.accept(Topic.LEADS);
    told.accept(Topic.JOBS);
    world.pass(SOON);
    assertEquals(Stage.ACCEPTED, world.entry(lead).stage());
  }

  private String takenInElsewhere() {
    String id = "elsewhere-" + ++elsewhere;
    var lead = new Submission(id, world.lead("US"), "{}", world.timers.now());
    world.get(world.journal.accept(List.of(lead), null));
    return id;
  }

  private void startsAgain() {
    world.die();
    full.set(false);
    world.start();
    world.pass(SOON);
  }

  private void refresh() {
    world.get(
        CompletableFuture.supplyAsync(() -> world.flow.directory().refresh(), world.timers)
            .thenCompose(answer -> answer));
  }

  /** Of two instances it is the other that paused, and woke before this lead waited. */
  private String waitsForSending() {
    world.get(world.journal.keepPause(new Pause(world.timers.now(), "bo", null)));
    told.accept(Topic.PAUSE);
    world.pass(SOON);
    String lead = world.post("US");
    world.pass(SOON);
    assertEquals(QueueReason.CRM_PAUSED, world.entry(lead).reason());
    return lead;
  }

  private void goesOnceTheJournalWorks(String lead) {
    world.pass(SOON);
    assertEquals(Stage.QUEUED, world.entry(lead).stage());
    full.set(false);
    world.pass(SOON);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  private String waitsForTheWest() {
    open(false);
    refresh();
    String lead = world.post("US");
    world.pass(SOON);
    assertEquals(QueueReason.TERRITORY_NOT_READY, world.entry(lead).reason());
    return lead;
  }

  private void anotherReadsThatItIsReady() {
    TerritorySnapshot closed = world.flow.directory().current().orElseThrow();
    open(true);
    var read = world.get(world.port().territories());
    var reading = ((TerritoryAnswer.Complete) read).reading();
    TerritorySnapshot ready = reading.snapshot(closed, world.timers.now());
    world.get(
        world.journal.keepSnapshot(
            new KeptSnapshot(ready, world.timers.now(), 1 + number()),
            Changed.between(closed, ready)));
    told.accept(Topic.TERRITORIES);
  }

  private long number() {
    return world.get(world.journal.latestSnapshot()).orElseThrow().number();
  }

  private void open(boolean ready) {
    world.tell(
        "{\"do\":\"setTerritory\",\"territory\":\"West\",\"apiEnabled\":%s}".formatted(ready));
  }
}
