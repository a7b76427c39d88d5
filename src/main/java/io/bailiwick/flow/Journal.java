package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The memory. A stage that completes normally means the write is durable; one that fails means it
 * is not known to be. Every write is atomic. One service owns a journal at a time, or several
 * instances share it.
 */
public interface Journal extends JournalReader {

  /**
   * A lead to be accepted.
   *
   * @param body the source's own text of it, kept for people
   * @param origin how it came to us
   */
  record Submission(String id, Lead lead, String body, Instant at, Origin origin) {

    /** Nobody knows how it came. */
    public Submission(String id, Lead lead, String body, Instant at) {
      this(id, lead, body, at, Origin.UNKNOWN);
    }

    /** Without the source's text: it names a person. */
    @Override
    public String toString() {
      return "Submission[" + id + ", " + lead + "]";
    }
  }

  /** An idempotency key and the SHA-256 of the request it came with. */
  record Key(String value, String digest) {}

  /** What became of the leads of one request. */
  sealed interface Acceptance {

    /** All on disk, in the request's order. */
    record Accepted(List<Entry> entries) implements Acceptance {}

    /** The same request came before under this key: the entries it made, as they are now. */
    record Repeated(List<Entry> entries) implements Acceptance {}

    /** The key came before with another request; nothing was stored. */
    record KeyReused(String key) implements Acceptance {}
  }

  /** The kinds of work that fall due. */
  enum Work {
    /** ACCEPTED and QUEUED leads: ask the rules. */
    DECIDE,
    /** ASSIGNED leads of which it is to be seen whether anybody works on them. */
    WATCH,
    /** DECIDED leads to send, SENDING leads whose outcome must be looked up. */
    SEND
  }

  /** A due lead; {@code newer} is the id of a higher revision of its record, if there is one. */
  record Claim(Entry entry, @Nullable String newer) {}

  /** Due leads, and the next due time among the others; null where nothing else is due. */
  record Claimed(List<Claim> claims, @Nullable Instant nextDue) {}

  /**
   * Whose leads a reading of the territories wakes.
   *
   * @param territories their names
   * @param first whether there was none before, so that all leads wait for it
   */
  record Changed(Set<String> territories, boolean first) {

    public static final Changed NOTHING = new Changed(Set.of(), false);

    public Changed {
      territories = Set.copyOf(territories);
    }

    /** What a reading wakes after that one; {@code before} is null where there was none. */
    public static Changed between(@Nullable TerritorySnapshot before, TerritorySnapshot after) {
      if (before == null) {
        var none = new TerritorySnapshot(List.of(), after.permitted());
        return new Changed(none.differingNames(after), true);
      }
      return before.equals(after) ? NOTHING : new Changed(before.differingNames(after), false);
    }

    /** All that either wakes. */
    public Changed and(Changed other) {
      Set<String> all = new HashSet<>(territories);
      all.addAll(other.territories);
      return new Changed(all, first || other.first);
    }
  }

  /**
   * Whether a move was written (not where another had moved the lead), and the id of a higher
   * revision of its record, if there is one.
   */
  record Recorded(boolean applied, @Nullable String newer) {}

  /**
   * Stores the leads of one request in one commit. A lead without a revision gets the next of its
   * line; a lower one than the highest is stored as SUPERSEDED, and older ones that are not being
   * sent become SUPERSEDED in the same commit.
   */
  CompletionStage<Acceptance> accept(List<Submission> submissions, @Nullable Key key);

  /**
   * Takes up to {@code limit} due leads for this caller alone until each is recorded or released;
   * where more are due, a quarter of them the newest due, the others the oldest. A lead is left out
   * while another revision of its record is SENDING.
   */
  CompletionStage<Claimed> claim(Work work, Instant now, int limit);

  /**
   * Gives claimed leads back unchanged. One that has moved since is left: of a write that failed
   * nobody knows whether it was done, and then a claim of the lead is another one.
   */
  CompletionStage<Void> release(List<Entry> entries);

  /**
   * Writes the moves whose {@code before} is still current, and ends their claims. Of steps of one
   * lead that follow each other, all are written or none.
   */
  CompletionStage<List<Recorded>> record(List<Move> moves);

  /**
   * Makes due the leads queued as territory_not_ready or by_rule or ambiguous for a territory that
   * changed, and at the first reading those of crm_unavailable; with them those of what was kept as
   * changed and not woken to the end since, whoever kept it. Answers how many. Found by index, and
   * in several commits where they are many, so that leads are accepted in between: where it fails,
   * some may be due already, and the same again wakes the rest. After each commit {@code some} is
   * run, on any thread: work on the first begins while the last still wait.
   */
  CompletionStage<Integer> wakeTerritories(Changed changed, Instant now, Runnable some);

  /** The same of the leads queued for this reason. */
  CompletionStage<Integer> wake(QueueReason reason, Instant now, Runnable some);

  /**
   * Keeps a complete snapshot as the latest, and in the same commit what changed by it: whoever
   * ends before {@link #wakeTerritories} did its work leaves that to the next. Answers whether it
   * did: not where the latest is another than the one before its number.
   */
  CompletionStage<Boolean> keepSnapshot(KeptSnapshot snapshot, Changed changed);

  /** A publication that is to follow another; {@code after} is null for the first. */
  record Succession(Publication publication, @Nullable Publication after) {

    /** Whether it may be added where that is the last. */
    public boolean follows(@Nullable Publication last) {
      return last == null ? after == null : last.isSameAs(after);
    }
  }

  /**
   * Keeps a version with its fixtures, in place of an equal one's, and in the same commit: adds the
   * publication to the log, where one is given, and remembers {@code taken}, the digest of the
   * state of {@code rules/} that is dealt with by it, where one is given and its rules are those
   * that were published last. Answers whether it did: nothing is kept where the publication does
   * not follow the last one, as of an instance that stood still while others published.
   */
  CompletionStage<Boolean> keepVersion(
      RuleVersion version, @Nullable Succession next, @Nullable String taken);

  /**
   * Makes due the queued leads that other rules can move: those of no_match, ambiguous, rule_error
   * and by_rule, and those a readiness rule keeps (territory_not_ready but for the blocker
   * refused). Once a publication: where all of it was done since the last one, it does nothing.
   * Answers how many. Found by index, in several commits as the others.
   */
  CompletionStage<Integer> wakeForRules(Instant now, Runnable some);

  /** What is to be told to the outside. */
  Outbox outbox();

  /** Where instances agree on audits. */
  @Override
  AuditBook audits();

  /** The jobs. */
  JobBook jobs();

  /** The keys, and the record of who did what. */
  AccessBook access();

  /** How we are let in at the CRM. */
  TokenBook tokens();

  /** What our calls to the CRM cost. */
  CreditBook credits();

  /** How often what happened lately. */
  DayBook days();

  /** Where persons are forgotten. */
  ErasureBook erasures();

  /** What instances on it tell each other. */
  default Sharing sharing() {
    return Sharing.ALONE;
  }

  /** Keeps that nothing is to be sent, or with null that sending goes on. */
  CompletionStage<Void> keepPause(@Nullable Pause pause);

  /** Forgets idempotency keys accepted before this instant; answers how many. */
  CompletionStage<Integer> forgetKeys(Instant before);

  /** Writes something small, to learn whether writing works. */
  CompletionStage<Void> probe(Instant now);

  /** Writes something small, and says how the journal stands. */
  CompletionStage<JournalCondition> condition(Instant now);

  /** Writes what is under way, then closes; blocks until done. */
  @Override
  void close();
}
