package io.bailiwick;

import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.crm.TokenSource;
import io.bailiwick.crm.ZohoCrm;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Signals;
import io.bailiwick.http.Happenings;
import io.bailiwick.http.Waiting;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.runs.Bisections;
import io.bailiwick.replay.runs.Replays;
import io.bailiwick.store.SqlJournal;
import io.bailiwick.watch.DayCurve;
import io.bailiwick.watch.KeptCurve;
import io.bailiwick.watch.audit.AuditParts;
import io.bailiwick.watch.audit.DailyAudit;
import io.bailiwick.watch.doctor.Doctor;
import io.bailiwick.watch.doctor.DoctorParts;
import io.bailiwick.watch.doctor.DoctorSettings;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** All parts behind the door, made in the order in which they need each other, and not started. */
final class Parts {

  private static final int CURVE_MILLIS = 5_000;

  private final Vertx vertx;
  private final LoopTimers timers;

  /** So that instances on one journal have its time, however wrong their own clocks are. */
  private volatile Supplier<Duration> ahead = () -> Duration.ZERO;

  private final SqlJournal journal;
  private final String crmUrl;
  private final @Nullable Demo demo;
  private final Waiting waiting = new Waiting();
  private final Happenings happenings = new Happenings();
  private final DayCurve curve;
  private final Replays replays;
  private final Bisections bisections;
  private final Crm crm;
  private final NightWatch watch;
  private final NightWatch.Over over;
  private final RulesWorkshop rules;
  private final LeadFlow flow;
  private final DailyAudit audit;
  private final Doctor doctor;

  /** {@code opened} closes them; throws with a message for people where one cannot be made. */
  Parts(Config config, boolean withDemo, Opened opened) {
    this(config, withDemo, opened, UnaryOperator.identity());
  }

  /** The same with something around what the flow asks of the world. */
  Parts(Config config, boolean withDemo, Opened opened, UnaryOperator<Ports> around) {
    var maker = opened.keep(new RulebookMaker(config), RulebookMaker::close);
    this.vertx = opened.keep(Vertx.vertx(), v -> Service.join(v.close()));
    this.demo = withDemo ? opened.keep(new Demo(vertx, config), Demo::stop) : null;
    InstantSource clock = demo == null ? this::now : demo.clock();
    this.timers = new LoopTimers(vertx, clock);
    this.watch = new NightWatch(config, vertx, timers);
    // A demo's journal outlives its sandbox, whose port may change: the name does not.
    String crmName = demo == null ? config.text(Config.CRM_BASE_URL) : "sandbox";
    this.journal =
        opened.keep(
            SqlJournal.open(config.journal(), crmName, watch.metrics()::committed),
            SqlJournal::close);
    this.ahead = journal::ahead;
    this.crmUrl = demo == null ? config.text(Config.CRM_BASE_URL) : demo.start(timers::advanced);
    ZohoCrm zoho = zoho(config, opened, clock);
    this.over = watch.new Over(journal, opened);
    this.crm = zoho;
    this.curve = curve(opened, clock);
    var ports = around.apply(new Ports(journal, watch.metrics().measured(zoho), timers, signals()));
    this.rules = new RulesWorkshop(config, maker, ports, opened);
    this.flow =
        new LeadFlow(
            ports,
            rules.publisher(),
            new LeadFlow.Settings(
                config.directory(), config.dispatch(), JournalKnobs.retention(config)),
            new SecureRandom());
    ExecutorService worker = worker("audit", opened);
    var working =
        new AuditParts(ports, flow.directory(), rules.publisher(), rules.rulebooks(), worker);
    ExecutorService replayer = worker("replay", opened);
    this.replays = replays(config, replayer, clock);
    this.bisections = new Bisections(rules.rulebooks(), journal, clock, replayer);
    this.audit = new DailyAudit(working, config.audit(), new SecureRandom());
    this.doctor = doctor(config, zoho, worker, clock);
  }

  private ZohoCrm zoho(Config config, Opened opened, InstantSource clock) {
    URI url = URI.create(crmUrl);
    ZohoCrm zoho =
        opened.keep(
            new ZohoCrm(vertx, config.crm(url), token(config, demo, url, opened), clock),
            ZohoCrm::close);
    journal.sharing().calls((int) config.number(Config.CRM_MAX_IN_FLIGHT), zoho::allow);
    zoho.keepCredits(journal.credits());
    return zoho;
  }

  private DayCurve curve(Opened opened, InstantSource clock) {
    var counted = new DayCurve(clock);
    KeptCurve kept = opened.keep(new KeptCurve(counted, journal.days()), KeptCurve::close);
    kept.turn();
    vertx.setPeriodic(CURVE_MILLIS, turn -> kept.turn());
    return counted;
  }

  private static ExecutorService worker(String name, Opened opened) {
    return opened.keep(
        Executors.newSingleThreadExecutor(task -> daemon(task, name)),
        ExecutorService::shutdownNow);
  }

  private SignalHub signals() {
    List<Signals> all = new ArrayList<>(over.listeners());
    all.addAll(List.of(curve, happenings));
    return new SignalHub(all, waiting);
  }

  private Replays replays(Config config, ExecutorService replayer, InstantSource clock) {
    var worlds = new SandboxWorlds(config.propagation());
    return new Replays(rules.rulebooks(), worlds, journal, clock, replayer);
  }

  private Doctor doctor(Config config, Crm crm, ExecutorService worker, InstantSource clock) {
    return new Doctor(
        new DoctorParts(
            () -> CompletableFuture.completedStage(crm),
            () -> CompletableFuture.completedStage(journal),
            rules::sight,
            worker,
            clock),
        DoctorSettings.of(config.audit()));
  }

  private TokenSource token(Config config, @Nullable Demo demo, URI url, Opened opened) {
    var around = new CrmAccess.Around(vertx, timers, () -> journal, url);
    return CrmAccess.token(config, demo, around, opened);
  }

  private Instant now() {
    return Instant.now().plus(ahead.get());
  }

  Vertx vertx() {
    return vertx;
  }

  LoopTimers timers() {
    return timers;
  }

  SqlJournal journal() {
    return journal;
  }

  /** The sandbox inside; null where the CRM is another. */
  @Nullable
  Demo demo() {
    return demo;
  }

  String crmUrl() {
    return crmUrl;
  }

  Waiting waiting() {
    return waiting;
  }

  Happenings happenings() {
    return happenings;
  }

  Replays replays() {
    return replays;
  }

  Bisections bisections() {
    return bisections;
  }

  DayCurve curve() {
    return curve;
  }

  Crm crm() {
    return crm;
  }

  NightWatch watch() {
    return watch;
  }

  NightWatch.Over over() {
    return over;
  }

  RulesWorkshop rules() {
    return rules;
  }

  LeadFlow flow() {
    return flow;
  }

  DailyAudit audit() {
    return audit;
  }

  Doctor doctor() {
    return doctor;
  }

  /** Throws where no CRM is configured, and none is inside. */
  static void needCrm(Config config, boolean demo) {
    if (!demo && config.optional(Config.CRM_BASE_URL) == null) {
      throw new Refusal(
          "crm.base-url is needed: the CRM's base URL (or try serve --demo, which needs nothing)");
    }
  }

  static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A configuration that cannot be served; the message says what is missing. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }
}
