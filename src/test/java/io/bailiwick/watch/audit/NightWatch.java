package io.bailiwick.watch.audit;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.DroolsRulebooks;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import io.bailiwick.watch.doctor.Doctor;
import io.bailiwick.watch.doctor.DoctorParts;
import io.bailiwick.watch.doctor.DoctorSettings;
import io.bailiwick.watch.doctor.RulesSight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A whole service on virtual time, with the sandbox as its CRM: leads, audits, a doctor. */
final class NightWatch implements AutoCloseable {

  static final Instant BEGIN = Instant.parse("2026-01-15T12:00:00Z");

  /** The lines of the rules below. */
  static final Map<String, Integer> LINES = Map.of("West", 1, "East", 5, "South", 9);

  private static final String RULES =
      """
      rule "US to West" salience 50
      when Lead( country == "US" )
           $t : Territory( name == "West" )
      then route.to($t); end
      rule "DE to East" salience 50
      when Lead( country == "DE" )
           $t : Territory( name == "East" )
      then route.to($t); end
      rule "FR to South" salience 50
      when Lead( country == "FR" )
           $t : Territory( name == "South" )
      then route.to($t); end
      """;

  final VirtualTimers timers = new VirtualTimers(BEGIN);
  final MemoryJournal journal = new MemoryJournal();
  final List<Signal> signals = new ArrayList<>();
  final DailyAudit audit;
  private final SandboxModel model;
  private final Rulebook rulebook;
  private final LeadFlow flow;
  private final Doctor doctor;
  private int records;

  NightWatch() {
    this(AuditSettings.DEFAULT);
  }

  NightWatch(AuditSettings settings) {
    var reading =
        new TerritoryReading(
            List.of(
                listed("1", "Root", null),
                listed("2", "Other Root", null),
                listed("10", "West", "1"),
                listed("11", "East", "1"),
                listed("12", "South", "2")),
            Set.of("1", "2"),
            Flag.YES);
    this.model = new SandboxModel(SandboxSettings.STANDARD.withAdopt(true), reading, "9", timers);
    var judge = JudgeSettings.onCallersThread(settings.propagation(), "test");
    var files = new RuleFiles(Map.of("routing.drl", RULES, "readiness.drl", readiness()));
    this.rulebook = ((Compilation.Ready) RulebookCompiler.compile(files, judge)).rulebook();
    journal.keepVersion(new RuleVersion(files, Map.of()), null, null);
    var crm = new SandboxCrm(model, timers, Duration.ofSeconds(30));
    var ports = new Ports(journal, crm, timers, signals::add);
    this.flow = new LeadFlow(ports, () -> rulebook, LeadFlow.Settings.DEFAULT, new Random(1));
    var rulebooks = new DroolsRulebooks(judge, timers);
    var parts = new AuditParts(ports, flow.directory(), () -> rulebook, rulebooks, timers);
    this.audit = new DailyAudit(parts, settings, new Random(2));
    this.doctor =
        new Doctor(
            new DoctorParts(
                () -> CompletableFuture.completedStage(crm),
                () -> CompletableFuture.completedStage(journal),
                () ->
                    CompletableFuture.completedStage(
                        new RulesSight("they serve", rulebook.uses(), List.of())),
                timers,
                timers),
            DoctorSettings.of(settings));
    flow.start(audit::start);
    pass(Duration.ofSeconds(10));
  }

  /** An order to the CRM, in single quotes. */
  void control(String order) {
    try {
      model.control(Json.read(order.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }

  /** Posts so many leads of each of these countries, and lets them be sent. */
  void post(int leads, String... countries) {
    List<Arrival> arrivals = new ArrayList<>();
    for (String country : countries) {
      for (int i = 0; i < leads; i++) {
        var form = new LeadForm().set(LeadField.CRM_ID, Integer.toString(++records));
        arrivals.add(new Arrival(form.set(LeadField.COUNTRY, country).lead(), "{}"));
      }
    }
    get(flow.intake().accept(arrivals, null));
    pass(Duration.ofSeconds(10));
  }

  /** A person assigns the newest queued lead to this territory, in place of the rules. */
  void assignByHand(String territory) {
    String id = get(journal.list(LeadFilter.of(Stage.QUEUED), null, 1)).entries().get(0).id();
    get(flow.desk().assign(id, territory, new Hand("pat", null)));
    pass(Duration.ofSeconds(10));
  }

  /** Runs an audit now. */
  AuditReport audit() {
    return get(audit.ask().thenCompose(DailyAudit.Running::report));
  }

  /** The last finished audit. */
  AuditReport last() {
    return get(journal.audits().latest(1)).get(0);
  }

  Diagnosis examine() {
    return get(doctor.examine());
  }

  /** What was told of this finding since the last asking of all. */
  <T extends Signal> long told(Class<T> how, String key) {
    return signals.stream()
        .filter(how::isInstance)
        .filter(signal -> finding(signal) != null && finding(signal).key().equals(key))
        .count();
  }

  private static @Nullable AuditFinding finding(Signal signal) {
    if (signal instanceof Signal.FindingNew found) {
      return found.finding();
    }
    if (signal instanceof Signal.FindingStill still) {
      return still.finding();
    }
    return signal instanceof Signal.FindingCleared cleared ? cleared.finding() : null;
  }

  <T> T get(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    timers.runUntil(future::isDone, timers.now().plus(Duration.ofMinutes(5)));
    if (!future.isDone()) {
      throw new AssertionError("no answer came");
    }
    return future.join();
  }

  long queued() {
    return get(journal.list(LeadFilter.of(Stage.QUEUED), null, 99)).entries().size();
  }

  @Override
  public void close() {
    rulebook.close();
  }

  private static Listed listed(String id, String name, @Nullable String parent) {
    return new Listed(id, name, parent, "Pat", Flag.YES, Flag.YES, Instant.EPOCH, Staff.UNKNOWN);
  }

  private static String readiness() {
    try {
      return Files.readString(Path.of("src/test/resources/desk/rules/readiness.drl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
