package io.bailiwick.lead;

import java.time.Instant;

/** What a move makes of an entry: nothing of the old stage's own facts is left in it. */
final class NextEntry {
  private final Entry from;
  private final Stage stage;
  private final Instant now;
  private Lead lead;
  private @Nullable String crmId;
  private @Nullable Instant due;
  private @Nullable QueueReason reason;
  private @Nullable String blocker;
  private @Nullable ParkReason parkReason;
  private @Nullable String supersededBy;
  private @Nullable Decision decision;
  private @Nullable Decision previous;
  private Attempts attempts;
  private Instant waitingSince;
  private Written written;

  NextEntry(Entry from, Stage stage, Instant now) {
    this.from = from;
    this.stage = stage;
    this.now = now;
    this.lead = from.lead();
    this.crmId = from.crmId();
    this.decision = from.decision();
    this.previous = from.previous();
    this.attempts = from.attempts();
    this.waitingSince = from.waitingSince();
    this.written = from.written().settled();
  }

  NextEntry lead(Lead left) {
    lead = left;
    return this;
  }

  NextEntry crmId(String record) {
    crmId = record;
    return this;
  }

  NextEntry due(@Nullable Instant at) {
    due = at;
    return this;
  }

  NextEntry reason(@Nullable QueueReason why, @Nullable String blockedBy) {
    reason = why;
    blocker = blockedBy;
    return this;
  }

  NextEntry parkReason(ParkReason why) {
    parkReason = why;
    return this;
  }

  NextEntry supersededBy(String newer) {
    supersededBy = newer;
    return this;
  }

  NextEntry decision(@Nullable Decision made) {
    decision = made;
    return this;
  }

  NextEntry previous(@Nullable Decision shown) {
    previous = shown;
    return this;
  }

  /** As if it had just come: no attempt is spent, and it has not waited. */
  NextEntry anew() {
    attempts = Attempts.NONE;
    return waitingFrom(now);
  }

  NextEntry waitingFrom(Instant since) {
    waitingSince = since;
    return this;
  }

  NextEntry attempts(Attempts spent) {
    attempts = spent;
    return this;
  }

  NextEntry written(Written known) {
    written = known;
    return this;
  }

  /** One that has just come in. */
  static Entry first(String id, Lead lead, long revision, Instant now, Origin origin) {
    return new Entry(
        id,
        1,
        lead,
        lead.crmId(),
        revision,
        now,
        Stage.ACCEPTED,
        now,
        null,
        null,
        null,
        null,
        null,
        null,
        Attempts.NONE,
        now,
        now,
        Written.NOTHING,
        origin);
  }

  /** No move, so its stage and its version stay. */
  static Entry unmoved(Entry from, long revision, @Nullable Instant due, Written written) {
    return new Entry(
        from.id(),
        from.version(),
        from.lead(),
        from.crmId(),
        revision,
        from.acceptedAt(),
        from.stage(),
        due,
        from.reason(),
        from.blocker(),
        from.parkReason(),
        from.supersededBy(),
        from.decision(),
        from.previous(),
        from.attempts(),
        from.waitingSince(),
        from.changedAt(),
        written,
        from.origin());
  }

  Entry entry() {
    return new Entry(
        from.id(),
        from.version() + 1,
        lead,
        crmId,
        from.revision(),
        from.acceptedAt(),
        stage,
        due,
        reason,
        blocker,
        parkReason,
        supersededBy,
        decision,
        previous,
        attempts,
        waitingSince,
        now,
        written,
        from.origin());
  }
}
