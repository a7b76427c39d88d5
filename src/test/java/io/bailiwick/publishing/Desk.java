package io.bailiwick.publishing;

import io.bailiwick.AroundPort;
import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.drools.DroolsRulebooks;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Candidate.State;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.flow.Sharing;
import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.replay.ReplayProof;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One life of a service on virtual time: publisher and flow over a journal, judged by Drools. */
final class Desk {

  private static final Duration PROPAGATION = Duration.ofMinutes(15);
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

  final VirtualTimers timers;
  final Journal journal;
  final List<Signal> signals = new ArrayList<>();

  /** The calls that the journal fails. */
  final Set<String> failing = new HashSet<>();

  private final List<Consumer<Topic>> listening = new ArrayList<>();

  final Publisher publisher;
  final TroubledRulebooks rulebooks;
  private LeadFlow flow;
  private int records;

  Desk(Journal journal, Publisher.Mode mode) {
    this(journal, mode, Samples.NOON);
  }

  Desk(Journal journal, Publisher.Mode mode, Instant now) {
    this.timers = new VirtualTimers(now);
    this.journal = AroundPort.of(Journal.class, journal, this::called);
    var judged = JudgeSettings.onCallersThread(PROPAGATION, "test");
    this.rulebooks = new TroubledRulebooks(new DroolsRulebooks(judged, timers), timers);
    this.publisher =
        new Publisher(
            ports(), rulebooks, new ReplayProof(new SandboxWorlds(PROPAGATION), timers), mode);
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    if (method.equals("sharing")) {
      return AroundPort.of(Sharing.class, (Sharing) real.call(), this::listens);
    }
    return failing.contains(method)
        ? CompletableFuture.failedFuture(new IOException("the disk is full"))
        : real.call();
  }

  private Object listens(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    if (method.equals("listen")) {
      @SuppressWarnings("unchecked")
      Consumer<Topic> taker = (Consumer<Topic>) arguments[0];
      listening.add(taker);
    }
    return real.call();
  }

  /** Another instance published something, and it is said. */
  void hearsOfOtherRules() {
    listening.forEach(taker -> taker.accept(Topic.RULES));
    pass();
  }

  private Ports ports() {
    var reading =
        new TerritoryReading(
            List.of(listed("1", "West"), listed("2", "East")), Set.of("1", "2"), Flag.YES);
    var settings = SandboxSettings.STANDARD.withAdopt(true);
    var model = new SandboxModel(settings, reading, "9", timers);
    return new Ports(
        journal, new SandboxCrm(model, timers, Duration.ofSeconds(30)), timers, signals::add);
  }

  /** Starts with this in the folders; what it throws is what an operator sees. */
  Desk start(RuleVersion folder) {
    get(publisher.start(new Publisher.Folder(folder, null)));
    flow = new LeadFlow(ports(), publisher, LeadFlow.Settings.DEFAULT, new Random(1));
    publisher.attach(flow);
    flow.start();
    pass();
    return this;
  }

  /** The folders have settled so; what follows from it has happened. */
  RulesStanding seen(RuleVersion folder) {
    publisher.seen(new Publisher.Folder(folder, null));
    pass();
    return standing();
  }

  RulesStanding standing() {
    return get(publisher.standing());
  }

  Candidate candidate() {
    return standing().fromFolder().orElseThrow();
  }

  /** Until what was seen in {@code rules/} is proved and about to be written down as serving. */
  void awaitPublishing() {
    statesUntil(State.PUBLISHING);
  }

  /** How far what was seen in {@code rules/} has come until then, step by step. */
  List<State> statesUntil(State last) {
    Set<State> states = new LinkedHashSet<>();
    var asked = new AtomicReference<>(publisher.candidate(Candidate.FOLDER).toCompletableFuture());
    timers.runUntil(
        () -> {
          Candidate now = asked.get().getNow(null);
          if (asked.get().isDone()) {
            asked.set(publisher.candidate(Candidate.FOLDER).toCompletableFuture());
          }
          if (now != null) {
            states.add(now.state());
          }
          return states.contains(last);
        },
        timers.now().plus(LONG_ENOUGH));
    return List.copyOf(states);
  }

  String serving() {
    return standing().publication().hash();
  }

  /** Posts a lead of that country; answers its id. */
  String post(String country) {
    String id = post(country, 1).get(0);
    pass();
    return id;
  }

  /** Posts so many leads of that country in one request; answers their ids at once. */
  List<String> post(String country, int leads) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      Lead lead =
          new LeadForm()
              .set(LeadField.CRM_ID, Integer.toString(++records))
              .set(LeadField.COUNTRY, country)
              .lead();
      arrivals.add(new Arrival(lead, "{}"));
    }
    var accepted = (Journal.Acceptance.Accepted) get(flow.intake().accept(arrivals, null));
    return accepted.entries().stream().map(Entry::id).toList();
  }

  Entry entry(String id) {
    return get(journal.find(id)).orElseThrow();
  }

  /** Lets a few seconds pass. */
  void pass() {
    timers.runUntil(timers.now().plus(LONG_ENOUGH));
  }

  <T> T get(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    timers.runUntil(future::isDone, timers.now().plus(LONG_ENOUGH));
    return future.getNow(null) == null && !future.isDone() ? fail() : future.join();
  }

  /** How versions came to serve, the latest first. */
  List<How> hows() {
    return get(journal.publications(100)).stream().map(Publication::how).toList();
  }

  /** The next life, an hour later on the same journal. */
  static Desk after(Desk before, MemoryJournal journal, RuleVersion folder) {
    journal.reopen();
    return new Desk(journal, Publisher.Mode.ON_CHANGE, before.timers.now().plusSeconds(3_600))
        .start(folder);
  }

  boolean heard(Class<? extends Signal> kind) {
    return signals.stream().anyMatch(kind::isInstance);
  }

  private static <T> T fail() {
    throw new AssertionError("no answer came");
  }

  /** Rules that send each of these countries to its territory; COUNTRY=TERRITORY. */
  static RuleVersion rules(String... routes) {
    return version(drl(routes), Map.of());
  }

  static RuleVersion version(String drl, Map<String, String> fixtures) {
    return new RuleVersion(new RuleFiles(Map.of("main.drl", drl)), fixtures);
  }

  static String drl(String... routes) {
    var text = new StringBuilder();
    for (String route : routes) {
      String[] parts = route.split("=");
      text.append(
          """
          rule "%1$s to %2$s" salience 50
          when Lead( country == "%1$s" )
               $t : Territory( name == "%2$s" )
          then route.to($t); end
          """
              .formatted(parts[0], parts[1]));
    }
    return text.toString();
  }

  /** One lead of that country that expects that territory. */
  static Map<String, String> fixture(String country, String territory) {
    return Map.of(
        "territories.json",
        """
        {"user":{"id":"9","permitted":true},"territories":[
          {"id":"1","name":"West","status":"Active","apiEnabled":true},
          {"id":"2","name":"East","status":"Active","apiEnabled":true}]}""",
        "leads/one.json",
        """
        {"at":"2026-01-15T12:00:00Z","leads":[{"name":"one","lead":{"country":"%s"},
          "expect":{"status":"assign","territory":"%s"}}]}"""
            .formatted(country, territory));
  }

  private static Listed listed(String id, String name) {
    return new Listed(id, name, null, null, Flag.YES, Flag.YES, Instant.EPOCH, Staff.UNKNOWN);
  }
}
