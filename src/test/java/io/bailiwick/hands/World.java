package io.bailiwick.hands;

import io.bailiwick.AroundPort;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.ServingRulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.TerritoryRef;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service, a person at it and a CRM that takes 100 ms a call, on virtual time. */
final class World implements AutoCloseable {

  private static final String RULES =
      """
      rule "US" salience 50 when Lead( country == "US" ) $t : Territory( name == "West" )
      then route.to($t); end
      rule "FR" salience 50 when Lead( country == "FR" ) then route.queue("odd"); end
      """;

  final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  final MemoryJournal journal = new MemoryJournal();

  /** What a process has of it; another one shows troubles of the disk. */
  Journal disk = journal;

  final SignalsHeard heard = new SignalsHeard();
  final SandboxModel crm;
  LeadFlow flow;

  /** What stands between the next process and the CRM. */
  AroundPort line = AroundPort.NOTHING;

  /** What stands around the rules that serve. */
  AroundPort judge = AroundPort.NOTHING;

  /** The rulebooks of which a judgement was given up. */
  final List<String> abandoned = new ArrayList<>();

  /** How much the process's clock is ahead of the world's. */
  Duration ahead = Duration.ZERO;

  /** How many records go in one call. */
  int batch = 1;

  LeadFlow.Settings settings = LeadFlow.Settings.DEFAULT;
  private Rulebook rulebook;
  private int records;
  private MortalTimers life;

  World() {
    var reading =
        new TerritoryReading(
            List.of(listed("1", "West"), listed("2", "East")), Set.of("1", "2"), Flag.YES);
    crm = new SandboxModel(SandboxSettings.STANDARD.withAdopt(true), reading, "9", timers);
    tell("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":100}]}");
    rulebook = compiled(Map.of("main.drl", RULES));
    start();
  }

  /** Other rules serve from now on. */
  void rules(Map<String, String> files) {
    rulebook.close();
    rulebook = compiled(files);
  }

  private static Rulebook compiled(Map<String, String> files) {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "test");
    var compiled = RulebookCompiler.compile(new RuleFiles(files), settings);
    return ((Compilation.Ready) compiled).rulebook();
  }

  /** A process begins; what was under way in the last one is dead. */
  void start() {
    journal.reopen();
    life = new MortalTimers(timers, () -> ahead);
    var ports = new Ports(disk, AroundPort.of(Crm.class, port(), line), life, heard);
    flow = new LeadFlow(ports, new Serving(), settings, new Random(1));
    flow.start();
    pass(Duration.ofSeconds(1));
  }

  private final class Serving implements ServingRulebook {

    @Override
    public Rulebook rulebook() {
      return AroundPort.of(Rulebook.class, rulebook, judge);
    }

    @Override
    public void abandoned(String hash) {
      abandoned.add(hash);
    }
  }

  /** Another process in its place, with what was set since. */
  void startAgain() {
    die();
    start();
  }

  /** The process dies at once: nothing it planned happens any more, and no answer reaches it. */
  void die() {
    life.end();
  }

  /** The process is stopped for so long, and then goes on with all that it would have done. */
  void standStill(Duration time) {
    life.hold();
    pass(time);
    life.goOn();
  }

  /** The journal, but for one kind of call, which fails as long as that is true. */
  Journal refusing(String call, AtomicBoolean refused) {
    return Disk.refusing(journal, call, refused);
  }

  /** The journal, but for what {@code trouble} makes of a call by its name. */
  Journal troubled(BiFunction<String, Supplier<Object>, Object> trouble) {
    return Disk.troubled(journal, trouble);
  }

  /** Another process, of whose journal this part has that around it. */
  <T> void around(String part, Class<T> port, AroundPort how) {
    disk =
        AroundPort.of(
            Journal.class,
            journal,
            (method, arguments, real) ->
                method.equals(part)
                    ? AroundPort.of(port, port.cast(real.call()), how)
                    : real.call());
    startAgain();
  }

  void tell(String command) {
    try {
      crm.control(Json.read(command.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A lead as its source posts it. */
  String post(String country) {
    return postTogether(country, 1).get(0);
  }

  /** So many in one request. */
  List<String> postTogether(String country, int leads) {
    return post(Stream.generate(() -> new Arrival(lead(country), "{}")).limit(leads).toList());
  }

  /** One request. */
  List<String> post(List<Arrival> arrivals) {
    var accepted = (Journal.Acceptance.Accepted) get(flow.intake().accept(arrivals, null));
    return accepted.entries().stream().map(Entry::id).toList();
  }

  /** A lead of which the CRM has no record that its source knows. */
  String postNew(String country, String email, String lastName) {
    Lead lead =
        new LeadForm()
            .set(LeadField.COUNTRY, country)
            .set(LeadField.EMAIL, email)
            .set(LeadField.LAST_NAME, lastName)
            .lead();
    return post(List.of(new Arrival(lead, "{}"))).get(0);
  }

  /** Dead letters with a decision for the west. */
  List<String> bury(int leads, ParkReason why) {
    List<Journal.Submission> submissions = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      String id = "dead-" + why.word() + "-" + i;
      submissions.add(new Journal.Submission(id, lead("US"), "{}", timers.now()));
    }
    var accepted = (Journal.Acceptance.Accepted) get(journal.accept(submissions, null));
    List<Move> moves = new ArrayList<>();
    Decision west = Decision.assign(new TerritoryRef("1", "West"), Samples.receipt("s"));
    for (Entry entry : accepted.entries()) {
      Entry parked = entry.decided(west, timers.now()).parked(why, timers.now());
      moves.add(new Move(entry, parked, "parked"));
    }
    get(journal.record(moves));
    return accepted.entries().stream().map(Entry::id).toList();
  }

  Entry entry(String id) {
    return get(journal.find(id)).orElseThrow();
  }

  /** What its history says, a line each. */
  String notes(String id) {
    return get(journal.history(id)).stream()
        .map(HistoryLine::note)
        .collect(Collectors.joining("\n"));
  }

  String lastNote(String id) {
    List<HistoryLine> history = get(journal.history(id));
    return history.get(history.size() - 1).note();
  }

  /** How often the CRM was asked to write a lead's record. */
  int writes(String id) {
    return crm.writes("Leads", entry(id).crmId(), 0, 100).path("writes").size();
  }

  /** A person changes a record in the CRM. */
  void inTheCrm(String id, String territory) {
    var to = new TerritoryRef(territory, "by hand");
    get(port().assign(new Assignment("Leads", String.valueOf(entry(id).crmId()), to, null)));
  }

  /** The territory id that the CRM shows. */
  String shown(String id) {
    return crm.territoryOf("Leads", String.valueOf(entry(id).crmId())).orElse("none");
  }

  SandboxCrm port() {
    return new SandboxCrm(crm, timers, Duration.ofSeconds(30), batch);
  }

  void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }

  <T> T get(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    timers.runUntil(future::isDone, timers.now().plusSeconds(60));
    if (!future.isDone()) {
      throw new AssertionError("no answer came");
    }
    return future.join();
  }

  /** Of a record of its own. */
  Lead lead(String country) {
    return new LeadForm()
        .set(LeadField.CRM_ID, Integer.toString(++records))
        .set(LeadField.COUNTRY, country)
        .lead();
  }

  private static Listed listed(String id, String name) {
    return new Listed(id, name, null, null, Flag.YES, Flag.YES, Instant.EPOCH, Staff.UNKNOWN);
  }

  @Override
  public void close() {
    rulebook.close();
    journal.close();
  }
}
