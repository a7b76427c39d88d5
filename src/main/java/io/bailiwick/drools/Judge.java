package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Decides one lead after another in one long-lived session. Used by one thread at a time. A rule
 * that throws or fires without end costs the session, which is made anew, and never another lead.
 */
final class Judge implements AutoCloseable {

  private final Compiled compiled;
  private final JudgeSettings settings;
  private final Verdict verdict;
  private volatile @Nullable Session session;

  Judge(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
    this.verdict =
        new Verdict(compiled.rules(), compiled.schema().limits(), compiled.hash(), settings);
  }

  /** The decision of a lead that does not wait; a broken rule is one too. */
  Decision decide(Lead lead, TerritorySnapshot snapshot, Instant at) {
    return decide(new Asked(lead, null), snapshot, at);
  }

  /** The decision; a broken rule is one too. */
  Decision decide(Asked asked, TerritorySnapshot snapshot, Instant at) {
    try {
      Session open = session();
      open.hold(snapshot);
      try (var judged = open.put(asked.lead(), at)) {
        return verdict.of(new Heard(open, judged), asked, snapshot, at);
      }
    } catch (Session.Broken broken) {
      close();
      return verdict.broken(broken, new Afresh(snapshot), asked, snapshot, at);
    }
  }

  private static final class Heard implements Verdict.Hearing {
    private final Session session;
    private final Session.Put lead;

    Heard(Session session, Session.Put lead) {
      this.session = session;
      this.lead = lead;
    }

    @Override
    public List<Said> routing() throws Session.Broken {
      return lead.fire();
    }

    @Override
    public List<Said> readiness(Placement placement) throws Session.Broken {
      return session.saidOf(placement);
    }
  }

  /** Asks in a session that is made when it is asked: the one before is not to be trusted. */
  private final class Afresh implements Verdict.Hearing {
    private final TerritorySnapshot snapshot;

    Afresh(TerritorySnapshot snapshot) {
      this.snapshot = snapshot;
    }

    @Override
    public List<Said> routing() {
      return List.of();
    }

    @Override
    public List<Said> readiness(Placement placement) throws Session.Broken {
      try {
        Session open = session();
        open.hold(snapshot);
        return open.saidOf(placement);
      } catch (Session.Broken broken) {
        close();
        throw broken;
      }
    }
  }

  /** Whether a session is there and holds these territories. */
  boolean holds(TerritorySnapshot snapshot) {
    Session open = session;
    return open != null && open.holds(snapshot);
  }

  /** What is decided in place of a judgement that did not end; another thread asks. */
  Decision giveUp(Lead lead, TerritorySnapshot snapshot, Instant at) {
    Session open = session;
    String last = open == null ? "" : ", the last rule to fire was " + open.lastFired();
    return Decision.giveUp(
        new ReceiptDraft(lead, snapshot, at)
            .detail("judging did not end within " + settings.deadline() + last)
            .receipt(compiled.hash(), settings.version()));
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private Session session() {
    Session open = session;
    if (open == null) {
      open = new Session(compiled, settings.fireLimit());
      session = open;
    }
    return open;
  }
}
