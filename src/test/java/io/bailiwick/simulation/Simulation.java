package io.bailiwick.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One seeded schedule: sources post leads to the production flow of one to four instances on one
 * journal and over one sandbox CRM, while things fail as the seed says (answers lost or late, 429,
 * 5xx, resets, refusals, territories switched off or new, processes killed at any moment or stopped
 * for minutes, clocks set, the journal full, in doubt or not reached, the rules changed and changed
 * back under way, or judged by in shadow, sending paused by a person). Then everything heals, the
 * rules are the right ones, and {@link #check} looks.
 */
final class Simulation {

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration TROUBLE = Duration.ofHours(1);

  /** Longer than anything may take that must have come to its end. */
  private static final Duration HEALED = Findings.CONVERGED.plusMinutes(30);

  /** Longer than anything takes to begin once all leads are at rest: a restart, a late answer. */
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final Random random;
  private final Random orders;
  private final Plan plan;
  private final VirtualTimers world = new VirtualTimers(START);
  private final Trace trace = new Trace(world);
  private final SandboxModel model;
  private final DiskFaults diskFaults;
  private final Cluster cluster;
  private final Sources sources;
  private final Findings findings;

  Simulation(long seed) {
    // Seeds that follow each other begin alike in Random, whose first bit is that of them all.
    var seeds = new SplittableRandom(seed);
    this.random = new Random(seeds.nextLong());
    var people = new Random(seeds.nextLong());
    this.orders = new Random(seeds.nextLong());
    var fates = new Random(seeds.nextLong());
    this.plan = Plan.of(orders);
    var settings = SandboxSettings.STANDARD.withAdopt(true).withSeed(seed);
    var reading =
        new TerritoryReading(
            List.of(listed("1", "West Region"), listed("2", "Central Europe")),
            Set.of("1", "2", "3"),
            Flag.YES);
    this.model = new SandboxModel(settings, reading, "9", world);
    this.diskFaults = new DiskFaults(world, orders);
    MemoryJournal disk = plan.several() ? MemoryJournal.shared(world) : new MemoryJournal();
    var watch = new WatchedCrm.Watch(model, world, trace);
    var ground = new Cluster.Ground(world, disk, diskFaults, model, watch, trace);
    this.cluster = new Cluster(plan, ground, drawnRules(), random, fates);
    this.sources = new Sources(cluster, ground, random, people, orders);
    this.findings = new Findings(plan, ground, sources, START.plus(TROUBLE));
  }

  /** Runs the whole schedule. */
  void run() {
    trouble();
    if (plan.diskFails()) {
      troubleTheDisk();
    }
    troubleTheInstances();
    int leads = 5 + random.nextInt(15);
    for (int i = 0; i < leads; i++) {
      String record = Integer.toString(1000 + random.nextInt(leads));
      int second = random.nextInt(1800);
      plan(second, () -> sources.post(record));
      // The next revision comes while the one before is under way.
      while (random.nextInt(3) == 0) {
        Duration soon = Duration.ofMillis(second * 1_000L + random.nextInt(30_000));
        world.after(soon, () -> sources.post(record));
      }
    }
    if (orders.nextBoolean()) {
      // Several at once, which then go together in one call and fare differently in it.
      int second = orders.nextInt(1800);
      for (int i = 3 + orders.nextInt(6); i > 0; i--) {
        String record = Integer.toString(1_100 + i);
        plan(second, () -> sources.post(record));
      }
    }
    world.runUntil(START.plus(TROUBLE));
    heal();
    untilNothingHappens(START.plus(TROUBLE).plus(HEALED));
  }

  private void untilNothingHappens(Instant end) {
    boolean wasAtRest = false;
    boolean atRest = false;
    while (!(wasAtRest && atRest) && world.now().isBefore(end)) {
      world.runUntil(world.now().plus(QUIET));
      wasAtRest = atRest;
      atRest = findings.atRest();
    }
  }

  /** How many were acknowledged. */
  int leads() {
    return sources.acked().size();
  }

  /** Throws AssertionError that says which promise was not kept, and of which lead. */
  void check() {
    findings.check();
  }

  int kills() {
    return cluster.kills();
  }

  int stops() {
    return cluster.stops();
  }

  int instances() {
    return plan.instances();
  }

  /** What happened, as one line: two runs of a seed come to the same. */
  String trace() {
    return trace.hash();
  }

  /** Which faults it knows. */
  @Override
  public String toString() {
    return plan.toString();
  }

  private void trouble() {
    // Of this person there is a record, which others know by its id.
    ObjectNode known = command("addRecord").put("module", "Leads").put("id", "1000");
    known.putObject("fields").put("Email", "p0@acme.example").put("Last_Name", "Diaz");
    command(known);
    command(command("setFaults").set("faults", faults()));
    plan(random.nextInt(1200), this::addJapan);
    if (random.nextBoolean()) {
      plan(random.nextInt(600), () -> switchAccess("West Region", false));
      plan(600 + random.nextInt(1200), () -> switchAccess("West Region", true));
    }
    int edits = random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      plan(random.nextInt(2400), () -> edit(drawnRules()));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      RuleVersion version = drawnRules();
      plan(random.nextInt(2400), () -> shadow(version));
    }
    int planned = random.nextInt(6);
    for (int i = 0; i < planned; i++) {
      world.after(Duration.ofMillis(random.nextInt(2_400_000)), cluster::kill);
    }
  }

  private ArrayNode faults() {
    ArrayNode faults = Json.mapper().createArrayNode();
    fault(faults, "status", "status", 429);
    fault(faults, "status", "status", 503);
    fault(faults, "status", "status", 502);
    fault(faults, "reset", null, 0);
    fault(faults, "lostAnswer", null, 0);
    fault(faults, "lateAnswer", "millis", 31_000);
    fault(faults, "latency", "millis", 1 + random.nextInt(20_000));
    fault(faults, "invalidTerritory", null, 0);
    if (plan.verifies()) {
      fault(faults, "ignoreWrite", null, 0);
    }
    if (random.nextBoolean()) {
      for (JsonNode fault : faults) {
        if (fault.path("status").asInt() == 429 && random.nextBoolean()) {
          ((ObjectNode) fault).put("retryAfter", 1 + random.nextInt(120));
        }
      }
    }
    return faults;
  }

  /** The disk is full for a while, or says of what it has done that it is not. */
  private void troubleTheDisk() {
    for (int i = orders.nextInt(3); i > 0; i--) {
      Duration time = Duration.ofMillis(1 + orders.nextInt(300_000));
      plan(orders.nextInt(3_000), () -> diskFaults.full(time));
    }
    if (orders.nextBoolean()) {
      double share = orders.nextDouble() / 5;
      plan(orders.nextInt(1_800), () -> diskFaults.doubt(share));
    }
  }

  private void troubleTheInstances() {
    for (int i = orders.nextInt(4); i > 0; i--) {
      world.after(Duration.ofMillis(orders.nextInt(2_400_000)), cluster::stop);
      world.after(Duration.ofMillis(orders.nextInt(2_400_000)), cluster::cut);
      world.after(Duration.ofMillis(orders.nextInt(2_400_000)), cluster::jump);
    }
    if (orders.nextInt(4) == 0) {
      int second = orders.nextInt(2_400);
      plan(second, () -> pause(true));
      plan(second + orders.nextInt(600), () -> pause(false));
    }
  }

  private void pause(boolean paused) {
    SimulatedProcess one = cluster.some();
    if (one != null && one.sendingSwitch() != null) {
      trace.tell("paused", paused);
      var unused =
          paused ? one.sendingSwitch().pause(null, null) : one.sendingSwitch().resume(null);
    }
  }

  private void shadow(RuleVersion version) {
    SimulatedProcess one = cluster.some();
    if (one != null) {
      one.shadow(version);
    }
  }

  private void heal() {
    trace.tell("healed");
    diskFaults.heal();
    cluster.heal();
    command(command("setFaults").set("faults", Json.mapper().createArrayNode()));
    switchAccess("West Region", true);
    edit(SimulatedRules.RIGHT);
    pause(false);
  }

  /** Somebody saves other rules; a kill may come while they are compiled, proved or journaled. */
  private void edit(RuleVersion version) {
    trace.tell("rules", version.hash());
    cluster.sees(version);
    // Leads that are judged while one rulebook takes the other's place.
    for (int i = random.nextInt(4); i > 0; i--) {
      String record = Integer.toString(1_000 + random.nextInt(20));
      world.after(Duration.ofMillis(random.nextInt(6_000)), () -> sources.post(record));
    }
    if (random.nextInt(3) == 0) {
      world.after(Duration.ofMillis(random.nextInt(6_000)), cluster::kill);
    }
  }

  private RuleVersion drawnRules() {
    return random.nextBoolean() ? SimulatedRules.EARLY : SimulatedRules.RIGHT;
  }

  private void addJapan() {
    command(command("addTerritory").put("name", "Japan").put("parentId", "1"));
  }

  private void switchAccess(String territory, boolean on) {
    command(command("setTerritory").put("territory", territory).put("apiEnabled", on));
  }

  private void fault(ArrayNode faults, String kind, String member, int value) {
    if (random.nextInt(3) == 0) {
      ObjectNode fault = faults.addObject().put("kind", kind);
      fault.put("share", 0.02 + random.nextDouble() * 0.4);
      if (member != null) {
        fault.put(member, value);
      }
    }
  }

  private static ObjectNode command(String what) {
    return Json.mapper().createObjectNode().put("do", what);
  }

  private void command(JsonNode command) {
    model.control(command);
  }

  private void plan(int seconds, Runnable what) {
    world.after(Duration.ofSeconds(seconds), what);
  }

  private static Listed listed(String id, String name) {
    return new Listed(id, name, null, null, Flag.YES, Flag.YES, Instant.EPOCH, Staff.UNKNOWN);
  }
}
