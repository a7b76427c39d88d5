package io.bailiwick.watch.alarm;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Signals;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Backlog.Overdue;
import io.bailiwick.lead.Backlog.Waiting;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in the flow's signals, and by looking at what waits, what operators must hear of. Nothing
 * here waits for the CRM or for another part to say that it is not well: silence is looked at, too.
 * On the flow's thread.
 */
public final class Alarms implements Signals {

  /**
   * When something counts as wrong.
   *
   * @param waiting a lead that was accepted so long ago and is not at rest
   * @param crm the CRM has taken or told nothing for so long, though it was asked
   * @param stale territories that were read so long ago
   */
  public record Settings(Duration waiting, Duration crm, Duration stale) {}

  private static final String SENDING = "sending";
  private static final String READING = "reading";

  private final AlarmBook book;
  private final Timers timers;
  private final Settings settings;
  private final AuditAlarms audits;
  private final CrmTrouble sending;
  private final CrmTrouble reading;
  private @Nullable Instant readAt;

  /** Tells {@code book} what it finds. */
  public Alarms(AlarmBook book, Timers timers, Settings settings) {
    this.book = book;
    this.timers = timers;
    this.settings = settings;
    this.audits = new AuditAlarms(book, timers);
    this.sending =
        new CrmTrouble(
            SENDING, "See GET /readyz and the CRM's status page; leads are kept and sent later.");
    this.reading =
        new CrmTrouble(
            READING, "Run POST /v1/territories/refresh; leads go by the territories last read.");
  }

  /** When the territories were read before this process began. */
  public void readAt(Instant kept) {
    readAt = kept;
  }

  /** The last audit before this process began. */
  public void kept(AuditReport report) {
    audits.kept(report);
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Attempted attempted) {
      attempted(attempted.outcome());
    } else if (signal instanceof Signal.TerritoriesFailed failed) {
      if (failed.trouble() != null) {
        access(READING, failed.trouble(), failed.detail());
      } else {
        reading.failed(failed.detail());
      }
    } else if (signal instanceof Signal.TerritoriesChanged
        || signal instanceof Signal.TerritoriesRead) {
      readAt = timers.now();
      reading.worked();
      book.clear(AlarmKind.SNAPSHOT_STALE, "");
    } else if (signal instanceof Signal.CandidateRefused refused) {
      if (refused.candidate().name().equals(Candidate.FOLDER)) {
        rejected(refused.candidate());
      }
    } else if (signal instanceof Signal.CandidateWithdrawn withdrawn) {
      serves(withdrawn.candidate().name());
    } else if (signal instanceof Signal.CandidateKept kept) {
      serves(kept.candidate().name());
    } else if (signal instanceof Signal.CandidateWaits waits) {
      serves(waits.candidate().name());
    } else if (signal instanceof Signal.Serving) {
      serves(Candidate.FOLDER);
    } else if (signal instanceof Signal.Published published) {
      published(published.publication());
    } else {
      audits.tell(signal);
    }
  }

  /** Looks at what only time can show. */
  public void round(Backlog backlog) {
    Instant now = timers.now();
    List<Alarm> waiting = new ArrayList<>();
    for (Waiting kind : backlog.waiting()) {
      if (!kind.oldest().plus(settings.waiting()).isAfter(now)) {
        waiting.add(tooLong(kind));
      }
    }
    backlog.overdue().forEach(limit -> waiting.add(overdue(limit)));
    book.replace(AlarmKind.LEAD_WAITING, waiting);
    List<Alarm> dead = new ArrayList<>();
    backlog.parked().forEach((reason, count) -> dead.add(dead(reason, count)));
    book.replace(AlarmKind.DEAD_LETTERS, dead);
    sending.look(now);
    reading.look(now);
    Instant read = readAt;
    if (read != null && read.plus(settings.stale()).isBefore(now)) {
      book.raise(
          new Alarm(
              AlarmKind.SNAPSHOT_STALE,
              "",
              now,
              "The territories were last read at " + read + "; leads are decided by them.",
              "Run POST /v1/territories/refresh and see what it answers.",
              1));
    }
    audits.look();
  }

  /** Whether the journal takes writes. */
  public void journal(@Nullable Throwable failure) {
    if (failure == null) {
      book.clear(AlarmKind.JOURNAL_FAILING, "");
    } else {
      book.raise(
          new Alarm(
              AlarmKind.JOURNAL_FAILING,
              "",
              timers.now(),
              "The journal does not take a write, so no lead is accepted: " + failure.getMessage(),
              "Look at the disk behind journal.url: space, permissions, the system's log.",
              1));
    }
  }

  /** A channel takes nothing, for this reason; or it does again, where that is empty. */
  public void channel(String name, String why) {
    if (why.isEmpty()) {
      book.clear(AlarmKind.CHANNEL_FAILING, name);
    } else {
      book.raise(
          new Alarm(
              AlarmKind.CHANNEL_FAILING,
              name,
              timers.now(),
              "It takes nothing: " + why + ". What it is to carry is kept and tried again.",
              "Look at the receiver, and at the channel's address in the configuration.",
              1));
    }
  }

  private void attempted(Outcome outcome) {
    if (outcome instanceof Outcome.Unauthorized unauthorized) {
      String detail = unauthorized.detail() + "; sending is paused, leads are kept";
      access(SENDING, unauthorized.trouble(), detail);
    } else if (outcome instanceof Outcome.RateLimited
        || outcome instanceof Outcome.GateShut
        || outcome instanceof Outcome.Unavailable
        || outcome instanceof Outcome.Unknown) {
      sending.failed(outcome.detail());
    } else {
      sending.worked();
    }
  }

  /** Without any token no use works: that is one alarm, whoever comes upon it. */
  private void access(String use, AccessTrouble trouble, String detail) {
    String subject = trouble == AccessTrouble.NO_TOKEN ? "" : use;
    if (!subject.isEmpty()) {
      book.clear(AlarmKind.TOKEN_BROKEN, "");
    }
    book.raise(
        new Alarm(
            AlarmKind.TOKEN_BROKEN, subject, timers.now(), detail + ".", trouble.advice(), 1));
  }

  private void rejected(Candidate candidate) {
    book.raise(
        new Alarm(
            AlarmKind.RULEBOOK_REJECTED,
            Candidate.FOLDER,
            timers.now(),
            candidate.objections().size() + " objections, the first: " + candidate.firstObjection(),
            "Mend rules/; what served goes on serving. GET /v1/rules lists all objections.",
            1));
  }

  private void serves(String candidate) {
    if (candidate.equals(Candidate.FOLDER)) {
      book.clear(AlarmKind.RULEBOOK_REJECTED, Candidate.FOLDER);
    }
  }

  private void published(Publication publication) {
    serves(Candidate.FOLDER);
    String fellBack = Publication.How.FELL_BACK.word();
    if (publication.how() == Publication.How.FELL_BACK) {
      book.raise(
          new Alarm(
              AlarmKind.RULEBOOK_REJECTED,
              fellBack,
              timers.now(),
              "Judgements of the version before did not end; " + publication.hash() + " serves.",
              "Mend the rule that the log names, and publish again.",
              1));
    } else {
      book.clear(AlarmKind.RULEBOOK_REJECTED, fellBack);
    }
  }

  private Alarm tooLong(Waiting kind) {
    String subject = kind.reason() == null ? kind.stage().status() : kind.reason().word();
    return new Alarm(
        AlarmKind.LEAD_WAITING,
        subject,
        kind.oldest(),
        "%d leads; the oldest, %s, was accepted at %s"
            .formatted(kind.count(), kind.lead(), kind.oldest()),
        "GET /v1/leads/" + kind.lead() + " says why; GET /v1/territories what blocks a territory.",
        kind.count());
  }

  private static Alarm overdue(Overdue limit) {
    return new Alarm(
        AlarmKind.LEAD_WAITING,
        "limit " + limit.limit(),
        limit.since(),
        "%d leads wait longer than \"%s\" in waiting.yaml allows; the oldest, %s, since %s"
            .formatted(limit.count(), limit.limit(), limit.lead(), limit.since()),
        "GET /v1/leads/" + limit.lead() + " says why; mend that, or assign by hand.",
        limit.count());
  }

  private Alarm dead(ParkReason reason, long count) {
    return new Alarm(
        AlarmKind.DEAD_LETTERS,
        reason.word(),
        timers.now(),
        count + " leads wait for a person",
        "GET /v1/leads?status=parked lists them; POST /v1/leads/ID/retry sends one again,"
            + " POST /v1/retries many.",
        count);
  }

  /** Whether one use of the CRM works; single failures are everyday, lasting ones are not. */
  private final class CrmTrouble {
    private final String subject;
    private final String advice;
    private @Nullable Instant since;
    private String last = "";

    CrmTrouble(String subject, String advice) {
      this.subject = subject;
      this.advice = advice;
    }

    void failed(String detail) {
      since = since == null ? timers.now() : since;
      last = detail;
    }

    void worked() {
      since = null;
      book.clear(AlarmKind.CRM_REFUSING, subject);
      book.clear(AlarmKind.TOKEN_BROKEN, subject);
      book.clear(AlarmKind.TOKEN_BROKEN, "");
    }

    void look(Instant now) {
      if (since != null && !since.plus(settings.crm()).isAfter(now)) {
        book.raise(
            new Alarm(
                AlarmKind.CRM_REFUSING,
                subject,
                since,
                "Nothing has worked since " + since + "; the last answer: " + last,
                advice,
                1));
      }
    }
  }
}
