package io.bailiwick;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Ports;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The real service, which ends as by SIGKILL when it comes to a named point for the n-th time. Its
 * arguments: the point, n, and where the CRM is, for the one point that must know what arrived.
 */
public final class DyingService {

  /** What a killed process ends with. */
  public static final int KILLED = 137;

  /** Where it dies. */
  public enum Point {
    /** The lead is on disk; its source is not told. */
    AFTER_COMMIT_BEFORE_REPLY,
    /** The decision is on disk; nothing is sent. */
    BETWEEN_DECIDE_AND_SEND,
    /** That it is being sent is on disk; not one byte has left. */
    BEFORE_THE_BYTES_LEAVE,
    /** The CRM has the call and has not answered. */
    BYTES_ON_THE_WIRE,
    /** The CRM's answer was heard and is not on disk. */
    ANSWER_BEFORE_RECORD,
    /** What a dead process had sent is being looked up. */
    IN_RECOVERY,
    /** The journal is being brought to a newer schema. */
    IN_MIGRATION,
    /** A publication is about to be written. */
    BEFORE_A_PUBLICATION,
    /** A publication is on disk; the rulebook before still serves. */
    AFTER_A_PUBLICATION,
    /** The day's audit is taken; no report is there. */
    IN_AUDIT,
    /** The audit's report is on disk; nobody was told. */
    AFTER_AUDIT
  }

  private final Point point;
  private final AtomicInteger left;
  private final String crm;

  private DyingService(Point point, int nth, String crm) {
    this.point = point;
    this.left = new AtomicInteger(nth);
    this.crm = crm;
  }

  public static void main(String[] args) {
    var dying = new DyingService(Point.valueOf(args[0]), Integer.parseInt(args[1]), args[2]);
    dying.listenToMigrations();
    Config config = ConfigReader.read(null, System.getenv(), Map.of());
    Service service = Service.start(config, false, dying::around);
    System.out.println("Bailiwick listens on " + service.url());
  }

  private Ports around(Ports real) {
    return new Ports(
        AroundPort.of(Journal.class, real.journal(), this::journal),
        AroundPort.of(Crm.class, real.crm(), this::crm),
        real.timers(),
        real.signals());
  }

  private Object journal(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    return switch (method) {
      case "accept" -> after(Point.AFTER_COMMIT_BEFORE_REPLY, real.call());
      case "record" -> {
        Object done = real.call();
        if (moves(arguments, Stage.DECIDED)) {
          after(Point.BETWEEN_DECIDE_AND_SEND, done);
        }
        yield moves(arguments, Stage.SENDING) ? after(Point.BEFORE_THE_BYTES_LEAVE, done) : done;
      }
      case "keepVersion" -> {
        if (arguments[1] != null) {
          at(Point.BEFORE_A_PUBLICATION);
        }
        Object kept = real.call();
        yield arguments[1] == null ? kept : after(Point.AFTER_A_PUBLICATION, kept);
      }
      case "audits" -> AroundPort.of(AuditBook.class, (AuditBook) real.call(), this::audits);
      default -> real.call();
    };
  }

  private Object audits(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    return switch (method) {
      case "claim" -> after(Point.IN_AUDIT, real.call());
      case "keep" -> after(Point.AFTER_AUDIT, real.call());
      default -> real.call();
    };
  }

  private Object crm(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    if (method.equals("read")) {
      at(Point.IN_RECOVERY);
    }
    Object answer = real.call();
    if (method.equals("assign")) {
      if (point == Point.BYTES_ON_THE_WIRE && left.decrementAndGet() == 0) {
        new Thread(this::dieWhenTheCrmHasIt).start();
      }
      return after(Point.ANSWER_BEFORE_RECORD, answer);
    }
    return answer;
  }

  private static boolean moves(Object[] arguments, Stage to) {
    return ((List<?>) arguments[0]).stream().anyMatch(one -> ((Move) one).after().stage() == to);
  }

  /** Dies when the stage has completed, before anybody hears of it. */
  private Object after(Point here, Object stage) {
    return here == point
        ? ((CompletionStage<?>) stage)
            .thenApply(
                value -> {
                  at(here);
                  return value;
                })
        : stage;
  }

  private void at(Point here) {
    if (here == point && left.decrementAndGet() == 0) {
      die();
    }
  }

  /** At once: no shutdown hook, no finally. */
  private void die() {
    Runtime.getRuntime().halt(KILLED);
  }

  private void dieWhenTheCrmHasIt() {
    while (!CrmSees.aWriteUnderWay(crm)) {
      Thread.onSpinWait();
    }
    die();
  }

  /** Flyway tells of each migration before it begins it. */
  private void listenToMigrations() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.addTurboFilter(
        new TurboFilter() {
          @Override
          public FilterReply decide(
              Marker marker,
              Logger logger,
              Level level,
              String format,
              Object[] parameters,
              Throwable thrown) {
            if (format != null && format.startsWith("Migrating schema")) {
              at(Point.IN_MIGRATION);
            }
            return FilterReply.NEUTRAL;
          }
        });
  }
}
