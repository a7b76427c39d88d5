package io.bailiwick.hands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal that takes no claim back for a while keeps no lead for longer than that. */
class GivingBackTest {

  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final World world = new World();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void troubleTheDisk() {
    world.die();
    var refusing = world.refusing("release", full);
    world.disk =
        world.troubled(
            (name, goOn) -> {
              if (!name.equals("release")) {
                return goOn.get();
              }
              tries.incrementAndGet();
              return full.get() ? refusing.release(List.of()) : goOn.get();
            });
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aLeadThatWaitedForItsTwinGoesOn() {
    world.start();
    String first = world.postNew("US", "ana@acme.example", "Diaz");
    String second = world.postNew("US", "ana@acme.example", "Diaz");
    full.set(true);
    world.pass(A_WHILE);
    assertTrue(tries.get() > 1, "it was tried again");
    assertEquals(Stage.DECIDED, world.entry(second).stage(), "nobody can have it");
    full.set(false);
    world.pass(A_WHILE);
    assertEquals(Stage.SUPERSEDED, world.entry(first).stage());
    assertEquals(Stage.ASSIGNED, world.entry(second).stage());
  }

  @Test
  void leadsForWhichThereWasNoCallLeftGoOn() {
    world.settings = oneCallAtATime();
    world.batch = 10;
    world.start();
    List<String> leads = new ArrayList<>();
    full.set(true);
    for (int i = 0; i < 5; i++) {
      leads.add(world.postNew("US", "ana%d@acme.example".formatted(i), "Diaz" + i));
    }
    world.pass(A_WHILE);
    assertTrue(tries.get() > 1, "they were given back, again and again");
    full.set(false);
    world.pass(A_WHILE);
    for (String lead : leads) {
      assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
    }
  }

  @Test
  void leadsOfAWriteThatFailedGoOn() {
    var readOnly = new AtomicBoolean();
    var release = world.disk;
    var record = world.refusing("record", readOnly);
    world.disk =
        world.troubled(
            (name, goOn) ->
                switch (name) {
                  case "record" -> readOnly.get() ? record.record(List.of()) : goOn.get();
                  case "release" -> full.get() ? release.release(List.of()) : goOn.get();
                  default -> goOn.get();
                });
    world.start();
    full.set(true);
    readOnly.set(true);
    String lead = world.post("US");
    world.pass(A_WHILE);
    Entry waits = world.entry(lead);
    assertEquals(Stage.ACCEPTED, waits.stage());
    assertTrue(tries.get() > 1, "it was tried again");
    readOnly.set(false);
    full.set(false);
    world.pass(A_WHILE);
    assertEquals(Stage.ASSIGNED, world.entry(lead).stage());
  }

  private static LeadFlow.Settings oneCallAtATime() {
    var usual = DispatchSettings.DEFAULT;
    var dispatch =
        new DispatchSettings(
            1,
            usual.batch(),
            usual.retry(),
            usual.maxAttempts(),
            usual.maxTime(),
            usual.refusedLimit(),
            usual.scheduledLimit(),
            usual.sendDeadline(),
            usual.lookAgain(),
            usual.tokenPause(),
            usual.verifyShare());
    return new LeadFlow.Settings(LeadFlow.Settings.DEFAULT.directory(), dispatch);
  }
}
