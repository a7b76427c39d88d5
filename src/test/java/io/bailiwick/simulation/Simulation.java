package io.bailiwick.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.checker.Checker;
import io.bailiwick.checker.Evidence;
import io.bailiwick.checker.Evidence.Bounds;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.checker.Evidence.Told;
import io.bailiwick.checker.FinalJournal;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One seeded schedule: sources post leads to the production flow over a sandbox CRM, while things
 * fail as the seed says (answers lost or late, 429, 5xx, resets, refusals, territories switched off
 * or new, the process killed at any moment, the rules changed and changed back under way, or judged
 * by in shadow). Then everything heals, the rules are the right ones, and {@link #check} looks.
 */
final class Simulation {

  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration TROUBLE = Duration.ofHours(1);
  private static final Duration HEALED = Duration.ofHours(8);

  /** So that a lead which no event wakes is found waiting, and not helped by the hourly look. */
  private static final Duration NO_SECOND_LOOK = Duration.ofDays(30);

  /** The longest backoff, the CRM's own fifteen minutes, and as much again. */
  private static final Duration CONVERGED = Duration.ofHours(1);

  /** How long leads may still be judged by rules that are being replaced. */
  private static final Duration SWAPPED = Duration.ofSeconds(10);

  /** A call whose sending was being journaled when the CRM asked for rest. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

  /** How far the clock of a life may be from the world's, either way. */
  private static final Duration CLOCK_WRONG = Duration.ofMinutes(10);

  private static final Map<String, String> TERRITORY =
      Map.of("US", "West Region", "DE", "Central Europe", "JP", "Japan");

  /** Without the rule for Japan, whose leads then match nothing. */
  private static final RuleVersion EARLY = version("US", "DE");

  private static final RuleVersion RIGHT = version("US", "DE", "JP");

  private static final Map<String, Rulebook> COMPILED =
      Map.of(EARLY.hash(), compiled(EARLY), RIGHT.hash(), compiled(RIGHT));

  private final Random random;
  private final Random people;
  private final Random orders;
  private final VirtualTimers world = new VirtualTimers(START);
  private final MemoryJournal disk = new MemoryJournal();
  private final SandboxModel model;
  private final Map<String, String> acked = new HashMap<>();
  private final Map<String, String> posted = new TreeMap<>();
  private final WatchedCrm.Watch watch;
  private final boolean verifies;
  private final int batch;
  private final boolean diskFails;
  private final DiskFaults diskFaults;
  private final boolean clocksAreWrong;

  /** A life that is never killed must help itself. */
  private final boolean mortal;

  private final int calls;
  private RuleVersion folder;
  private SimulatedProcess process;
  private int kills;

  Simulation(long seed) {
    // Seeds that follow each other begin alike in Random, whose first bit is that of them all.
    var seeds = new SplittableRandom(seed);
    this.random = new Random(seeds.nextLong());
    this.people = new Random(seeds.nextLong());
    this.orders = new Random(seeds.nextLong());
    this.calls = orders.nextBoolean() ? 2 : DispatchSettings.DEFAULT.maxInFlight();
    this.verifies = random.nextBoolean();
    this.batch = random.nextBoolean() ? 1 : 10;
    this.folder = random.nextBoolean() ? EARLY : RIGHT;
    var settings = SandboxSettings.STANDARD.withAdopt(true).withSeed(seed);
    var reading =
        new TerritoryReading(
            List.of(listed("1", "West Region"), listed("2", "Central Europe")),
            Set.of("1", "2", "3"),
            Flag.YES);
    this.model = new SandboxModel(settings, reading, "9", world);
    this.diskFaults = new DiskFaults(world, orders);
    this.clocksAreWrong = orders.nextInt(3) == 0;
    this.diskFails = orders.nextInt(3) == 0;
    this.mortal = orders.nextInt(5) > (diskFails ? 2 : 0);
    this.watch = new WatchedCrm.Watch(model, world);
    this.process = begin();
  }

  /** Runs the whole schedule; answers how many leads were acknowledged. */
  int run() {
    trouble();
    if (diskFails) {
      troubleTheDisk();
    }
    int leads = 5 + random.nextInt(15);
    for (int i = 0; i < leads; i++) {
      String record = Integer.toString(1000 + random.nextInt(leads));
      int second = random.nextInt(1800);
      plan(second, () -> source(record));
      // The next revision comes while the one before is under way.
      while (random.nextInt(3) == 0) {
        Duration soon = Duration.ofMillis(second * 1_000L + random.nextInt(30_000));
        world.after(soon, () -> source(record));
      }
    }
    if (orders.nextBoolean()) {
      // Several at once, which then go together in one call and fare differently in it.
      int second = orders.nextInt(1800);
      for (int i = 3 + orders.nextInt(6); i > 0; i--) {
        String record = Integer.toString(1_100 + i);
        plan(second, () -> source(record));
      }
    }
    world.runUntil(START.plus(TROUBLE));
    heal();
    world.runUntil(START.plus(TROUBLE).plus(HEALED));
    return acked.size();
  }

  /** Throws AssertionError that says which promise was not kept, and of which lead. */
  void check() {
    Checker.check(evidence());
    onePersonOneRecord();
    String serving = disk.publications(1).toCompletableFuture().join().get(0).hash();
    if (!serving.equals(RIGHT.hash())) {
      throw new AssertionError("the rules that were right at last do not serve");
    }
  }

  private Evidence evidence() {
    var journal = new FinalJournal(disk, COMPILED::get);
    List<Told> told =
        posted.entrySet().stream()
            .map(one -> new Told(one.getKey(), acked.get(one.getKey()), one.getValue()))
            .map(one -> new Told(one.key(), one.id(), territoryId(TERRITORY.get(one.right()))))
            .toList();
    List<Stored> leads = journal.leads();
    Map<String, String> shown = new HashMap<>();
    for (Stored lead : leads) {
      String[] record = lead.line().split("/", 2);
      model.territoryOf(record[0], record[1]).ifPresent(id -> shown.put(lead.line(), id));
    }
    Instant healed = START.plus(TROUBLE);
    var bounds =
        new Bounds(
            calls,
            healed,
            world.now(),
            CONVERGED,
            SWAPPED,
            ON_ITS_WAY,
            clocksAreWrong ? CLOCK_WRONG.multipliedBy(2) : Duration.ZERO,
            true);
    return new Evidence(
        told, leads, watch.calls(), watch.attempts(), shown, journal.reigns(), bounds);
  }

  /** Whoever has no record when a lead comes has one in the end, and never two. */
  private void onePersonOneRecord() {
    Map<String, String> records = new HashMap<>();
    for (String id : acked.values()) {
      Entry entry = entry(id);
      String email = entry.lead().email();
      String record = String.valueOf(entry.crmId());
      // A new record whose fields the CRM ignored cannot be found again.
      if (email != null
          && !verifies
          && !records.computeIfAbsent(email, e -> record).equals(record)) {
        throw new AssertionError(told(entry, "is another record than " + records.get(email)));
      }
    }
    for (JsonNode write : model.writes("Leads", null, 0, 1_000_000).path("writes")) {
      boolean made = write.path("result").asText().equals("inserted");
      if (made && !verifies && !records.containsValue(write.path("id").asText())) {
        throw new AssertionError("a record was made that no lead knows: " + write);
      }
    }
  }

  int kills() {
    return kills;
  }

  private void trouble() {
    // Of this person there is a record, which others know by its id.
    ObjectNode known = command("addRecord").put("module", "Leads").put("id", "1000");
    known.putObject("fields").put("Email", "p0@acme.example").put("Last_Name", "Diaz");
    command(known);
    ArrayNode faults = Json.mapper().createArrayNode();
    fault(faults, "status", "status", 429);
    fault(faults, "status", "status", 503);
    fault(faults, "status", "status", 502);
    fault(faults, "reset", null, 0);
    fault(faults, "lostAnswer", null, 0);
    fault(faults, "lateAnswer", "millis", 31_000);
    fault(faults, "latency", "millis", 1 + random.nextInt(20_000));
    fault(faults, "invalidTerritory", null, 0);
    if (verifies) {
      fault(faults, "ignoreWrite", null, 0);
    }
    if (random.nextBoolean()) {
      for (JsonNode fault : faults) {
        if (fault.path("status").asInt() == 429 && random.nextBoolean()) {
          ((ObjectNode) fault).put("retryAfter", 1 + random.nextInt(120));
        }
      }
    }
    command(command("setFaults").set("faults", faults));
    plan(random.nextInt(1200), this::addJapan);
    if (random.nextBoolean()) {
      plan(random.nextInt(600), () -> switchAccess("West Region", false));
      plan(600 + random.nextInt(1200), () -> switchAccess("West Region", true));
    }
    int edits = random.nextInt(4);
    for (int i = 0; i < edits; i++) {
      plan(random.nextInt(2400), () -> edit(random.nextBoolean() ? EARLY : RIGHT));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      RuleVersion version = random.nextBoolean() ? EARLY : RIGHT;
      plan(random.nextInt(2400), () -> process.shadow(version));
    }
    int planned = random.nextInt(6);
    for (int i = 0; i < planned; i++) {
      world.after(Duration.ofMillis(random.nextInt(2_400_000)), this::kill);
    }
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

  /** Kills come where things happen: soon after a post, within the milliseconds that it takes. */
  private void source(String record) {
    String key = "key-" + posted.size();
    if (random.nextInt(4) == 0) {
      world.after(Duration.ofMillis(random.nextInt(60)), this::kill);
    }
    List<String> countries = List.of("US", "DE", "JP");
    String country = countries.get(random.nextInt(countries.size()));
    posted.put(key, country);
    LeadForm form = new LeadForm().set(LeadField.COUNTRY, country).set(FinalJournal.KEY, key);
    // Some sources count their revisions, which then come in any order.
    if (orders.nextInt(4) == 0) {
      form.set(LeadField.REVISION, Integer.toString(1 + orders.nextInt(5)));
    }
    post(key, identified(form, record).lead());
  }

  /** By its record's id, or as a person; that may be one whose record others name. */
  private LeadForm identified(LeadForm form, String record) {
    int kind = people.nextInt(6);
    if (kind == 0) {
      return form.set(LeadField.CRM_ID, made(record));
    }
    return kind > 2
        ? form.set(LeadField.CRM_ID, record)
        : form.set(LeadField.EMAIL, "p" + people.nextInt(5) + "@acme.example")
            .set(LeadField.LAST_NAME, "Diaz");
  }

  /** A record that was made of a lead, if there is one yet. */
  private String made(String otherwise) {
    return acked.values().stream()
        .flatMap(id -> disk.find(id).toCompletableFuture().join().stream())
        .filter(entry -> entry.lead().crmId() == null)
        .map(Entry::crmId)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(otherwise);
  }

  /** Posts until it is acknowledged, as a source does: the same request with the same key. */
  private void post(String key, Lead lead) {
    if (acked.containsKey(key)) {
      return;
    }
    Intake intake = process.intake();
    if (intake != null) {
      intake
          .accept(List.of(new Arrival(lead, "{}")), new Key(key, "digest of " + key))
          .thenAccept(answer -> acked.put(key, id(answer)));
    }
    world.after(Duration.ofMillis(1_000 + random.nextInt(5_000)), () -> post(key, lead));
  }

  private static String id(Acceptance answer) {
    if (answer instanceof Acceptance.Accepted accepted) {
      return accepted.entries().get(0).id();
    }
    return ((Acceptance.Repeated) answer).entries().get(0).id();
  }

  private void heal() {
    diskFaults.heal();
    command(command("setFaults").set("faults", Json.mapper().createArrayNode()));
    switchAccess("West Region", true);
    edit(RIGHT);
  }

  /** Somebody saves other rules; a kill may come while they are compiled, proved or journaled. */
  private void edit(RuleVersion version) {
    folder = version;
    process.sees(version);
    // Leads that are judged while one rulebook takes the other's place.
    for (int i = random.nextInt(4); i > 0; i--) {
      String record = Integer.toString(1_000 + random.nextInt(20));
      world.after(Duration.ofMillis(random.nextInt(6_000)), () -> source(record));
    }
    if (random.nextInt(3) == 0) {
      world.after(Duration.ofMillis(random.nextInt(6_000)), this::kill);
    }
  }

  /** Kills come where a publication is half done: before the leads it moves are woken. */
  private void published() {
    if (random.nextInt(4) == 0) {
      world.after(Duration.ofMillis(random.nextInt(8)), this::kill);
    }
  }

  private void kill() {
    if (mortal) {
      end();
    }
  }

  private void end() {
    kills++;
    process.kill();
    process = begin();
  }

  /** Each life may have another clock. */
  private Duration clockAhead() {
    long most = CLOCK_WRONG.toMillis();
    return clocksAreWrong
        ? Duration.ofMillis(Math.round((orders.nextDouble() * 2 - 1) * most))
        : Duration.ZERO;
  }

  /** Could not start: whoever sees to it starts it again. */
  private void restart(int life) {
    world.after(
        Duration.ofSeconds(1),
        () -> {
          if (kills == life) {
            end();
          }
        });
  }

  private SimulatedProcess begin() {
    disk.reopen();
    var crm = new SandboxCrm(model, world, Duration.ofSeconds(30), batch);
    int life = kills;
    var watched = new WatchedCrm(crm, watch, life, () -> kills == life);
    var around =
        new SimulatedProcess.Surroundings(
            folder, diskFaults, this::published, () -> restart(life), clockAhead());
    return new SimulatedProcess(disk, watched, world, settings(), random, around);
  }

  /** Where every assignment is read back, the CRM may also ignore writes with SUCCESS. */
  private LeadFlow.Settings settings() {
    var standard = DispatchSettings.DEFAULT;
    var dispatch =
        new DispatchSettings(
            calls,
            standard.batch(),
            standard.retry(),
            standard.maxAttempts(),
            standard.maxTime(),
            standard.refusedLimit(),
            standard.scheduledLimit(),
            standard.sendDeadline(),
            diskFails ? standard.lookAgain() : NO_SECOND_LOOK,
            standard.tokenPause(),
            verifies ? 1 : 0);
    return new LeadFlow.Settings(DirectorySettings.DEFAULT, dispatch);
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

  private Entry entry(String id) {
    return disk.find(id)
        .toCompletableFuture()
        .join()
        .orElseThrow(() -> new AssertionError("an acknowledged lead is lost: " + id));
  }

  private String told(Entry entry, String what) {
    List<String> lines = new ArrayList<>();
    disk.history(entry.id())
        .toCompletableFuture()
        .join()
        .forEach(line -> lines.add(line.at() + " " + line.stage() + " " + line.note()));
    return "%s (%s) %s%n  %s"
        .formatted(entry.line(), entry.stage(), what, String.join("\n  ", lines));
  }

  private String territoryId(String name) {
    for (JsonNode territory : model.state().path("territories")) {
      if (territory.path("name").asText().equals(name)) {
        return territory.path("id").asText();
      }
    }
    return "no territory " + name;
  }

  private static Listed listed(String id, String name) {
    return new Listed(id, name, null, null, Flag.YES, Flag.YES, Instant.EPOCH, Staff.UNKNOWN);
  }

  static Rulebook compiled(String hash) {
    return COMPILED.get(hash);
  }

  private static RuleVersion version(String... countries) {
    var routing = new StringBuilder();
    for (String country : countries) {
      routing.append(
          """
          rule "%1$s" salience 50
          when Lead( country == "%1$s" )
               $t : Territory( name == "%2$s" )
          then route.to($t); end
          """
              .formatted(country, TERRITORY.get(country)));
    }
    var files = Map.of("routing.drl", routing.toString(), "readiness.drl", readiness());
    return new RuleVersion(new RuleFiles(files), Map.of());
  }

  private static Rulebook compiled(RuleVersion version) {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "simulation");
    Compilation compiled = RulebookCompiler.compile(version.files(), settings);
    if (compiled instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new AssertionError(((Compilation.Refused) compiled).flaws().toString());
  }

  /** The rules that are shipped, so that the simulated flow is judged as the real one is. */
  private static String readiness() {
    try {
      return java.nio.file.Files.readString(java.nio.file.Path.of("rules/readiness.drl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
