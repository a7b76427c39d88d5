package io.bailiwick;

import io.bailiwick.CrmAccess.Around;
import io.bailiwick.crm.ZohoCrm;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.store.CommitWatch;
import io.bailiwick.store.SqlJournal;
import io.bailiwick.watch.audit.DailyAudit.Running;
import io.bailiwick.watch.doctor.Doctor;
import io.bailiwick.watch.doctor.DoctorParts;
import io.bailiwick.watch.doctor.DoctorSettings;
import io.bailiwick.watch.doctor.RulesSight;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One piece of work on a journal that no service holds: the parts are made, used and closed again.
 * No lead is accepted, decided or sent meanwhile.
 */
public final class Visit {

  /** The work came to no end; the message is for people. */
  private static final class NoEnd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoEnd(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private Visit() {}

  /** Audits now; blocks until done, throws with a message for people where it cannot. */
  public static AuditReport audit(Config config, boolean demo) {
    Parts.needCrm(config, demo);
    Logging.use(config);
    var opened = new Opened();
    try {
      var parts = new Parts(config, demo, opened);
      CompletionStage<AuditReport> report =
          CompletableFuture.supplyAsync(parts.flow().directory()::start, parts.timers())
              .thenCompose(started -> started)
              .thenCompose(loaded -> parts.audit().ask())
              .thenCompose(Running::report);
      return report.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new NoEnd("the audit came to no end: " + e.getCause(), e);
    } finally {
      opened.close();
    }
  }

  /** Works on the keys of a journal that no service holds; blocks until done. */
  public static <T> T keys(Config config, Function<Keys, CompletionStage<T>> work) {
    Logging.use(config);
    var opened = new Opened();
    try {
      Vertx vertx = opened.keep(Vertx.vertx(), v -> Service.join(v.close()));
      var timers = new LoopTimers(vertx, InstantSource.system());
      var journal = opened.keep(SqlJournal.open(config.journal()), SqlJournal::close);
      var keys = new Keys(journal.access(), timers, new SecureRandom());
      return keys.start().thenCompose(read -> work.apply(keys)).toCompletableFuture().join();
    } finally {
      opened.close();
    }
  }

  /** Works on how a journal that no service holds is let in at the CRM; blocks until done. */
  public static <T> T tokens(Config config, Function<TokenBook, CompletionStage<T>> work) {
    Logging.use(config);
    try (SqlJournal journal = SqlJournal.open(config.journal())) {
      return work.apply(journal.tokens()).toCompletableFuture().join();
    }
  }

  /** What is known already, as work. */
  public static <T> CompletionStage<T> done(T known) {
    return CompletableFuture.completedStage(known);
  }

  /** Walks the checklist; what cannot be made is a line of it. Blocks until done. */
  public static Diagnosis diagnosis(Config config, boolean demo) {
    Logging.use(config);
    var opened = new Opened();
    try {
      Vertx vertx = opened.keep(Vertx.vertx(), v -> Service.join(v.close()));
      Demo sandbox = demo ? opened.keep(new Demo(vertx, config), Demo::stop) : null;
      InstantSource clock = sandbox == null ? InstantSource.system() : sandbox.clock();
      var once = new AtomicReference<@Nullable Journal>();
      Supplier<Journal> journal =
          () -> once.updateAndGet(open -> open == null ? journal(config, demo, opened) : open);
      var parts =
          new DoctorParts(
              asStage(
                  () -> {
                    Parts.needCrm(config, demo);
                    String url =
                        sandbox == null
                            ? config.text(Config.CRM_BASE_URL)
                            : sandbox.start(by -> {});
                    var timers = new LoopTimers(vertx, clock);
                    var around = new Around(vertx, timers, journal, URI.create(url));
                    return crm(config, sandbox, around, opened);
                  }),
              asStage(journal),
              asStage(() -> rules(config)),
              Runnable::run,
              clock);
      return new Doctor(parts, DoctorSettings.of(config.audit()))
          .examine()
          .toCompletableFuture()
          .join();
    } finally {
      opened.close();
    }
  }

  private static Crm crm(Config config, @Nullable Demo demo, Around around, Opened opened) {
    InstantSource clock = demo == null ? InstantSource.system() : demo.clock();
    var token = CrmAccess.token(config, demo, around, opened);
    return opened.keep(
        new ZohoCrm(around.vertx(), config.crm(around.base()), token, clock), ZohoCrm::close);
  }

  private static Journal journal(Config config, boolean demo, Opened opened) {
    String crm = config.optional(Config.CRM_BASE_URL);
    String name = demo ? "sandbox" : crm;
    if (name == null) {
      throw new IllegalStateException("not opened: which CRM it belongs to is not configured");
    }
    return opened.keep(
        SqlJournal.open(config.journal(), name, CommitWatch.NONE), SqlJournal::close);
  }

  private static RulesSight rules(Config config) {
    var settings = Service.judge(config).onThreads(0);
    Compilation compilation = RulebookCompiler.compile(RuleFolder.read(config.rules()), settings);
    if (compilation instanceof Compilation.Refused refused) {
      List<String> flaws = refused.flaws().stream().map(RuleFlaw::told).toList();
      return new RulesSight(config.rules() + " does not compile", null, flaws);
    }
    try (Rulebook rulebook = ((Compilation.Ready) compilation).rulebook()) {
      String said =
          "%s compiles, rulebook %s".formatted(config.rules(), rulebook.hash().substring(0, 12));
      return new RulesSight(said, rulebook.uses(), List.of());
    }
  }

  private static <T> Supplier<CompletionStage<T>> asStage(Supplier<T> made) {
    return () -> {
      try {
        return CompletableFuture.completedStage(made.get());
      } catch (RuntimeException e) {
        return CompletableFuture.failedStage(e);
      }
    };
  }
}
