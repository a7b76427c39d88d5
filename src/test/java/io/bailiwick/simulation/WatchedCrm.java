package io.bailiwick.simulation;

import io.bailiwick.checker.Evidence.Answer;
import io.bailiwick.checker.Evidence.Attempt;
import io.bailiwick.checker.Evidence.Call;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TraceParent;
import io.bailiwick.sandbox.SandboxModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One life's way to the CRM, on which each write is noted with what became of it. */
final class WatchedCrm implements Crm {

  /** What was seen of all lives. */
  static final class Watch {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final SandboxModel model;
    private final InstantSource clock;
    private final Trace trace;

    Watch(SandboxModel model, InstantSource clock, Trace trace) {
      this.model = model;
      this.clock = clock;
      this.trace = trace;
    }

    List<Attempt> attempts() {
      return attempts;
    }

    List<Call> calls() {
      return calls;
    }
  }

  private final Crm crm;
  private final Watch watch;
  private final int life;
  private final InstanceFaults own;

  WatchedCrm(Crm crm, Watch watch, int life, InstanceFaults own) {
    this.crm = crm;
    this.watch = watch;
    this.life = life;
    this.own = own;
  }

  @Override
  public CompletionStage<List<Outcome>> assign(List<Assignment> together) {
    Instant begin = watch.clock.instant();
    int first = watch.attempts.size();
    for (Assignment one : together) {
      watch.attempts.add(attempt(first, one, begin, null));
      watch.trace.tell("write", life, one.crmId(), one.territoryId());
    }
    return counted(crm.assign(together))
        .thenApply(outcomes -> own.misses() ? missed(together) : outcomes)
        .whenComplete(
            (outcomes, failure) -> {
              for (int i = 0; failure == null && i < together.size(); i++) {
                Attempt ended = attempt(first, together.get(i), begin, outcomes.get(i));
                watch.attempts.set(first + i, ended);
              }
            });
  }

  /** It stood still beyond its own deadline, and that is what it sees first when it goes on. */
  private static List<Outcome> missed(List<Assignment> together) {
    return Collections.nCopies(together.size(), new Outcome.Unknown("no answer in time"));
  }

  private <T> CompletionStage<T> counted(CompletionStage<T> call) {
    Instant begin = watch.clock.instant();
    int at = watch.calls.size();
    watch.calls.add(new Call(life, begin, null));
    return call.whenComplete(
        (answer, failure) -> watch.calls.set(at, new Call(life, begin, watch.clock.instant())));
  }

  private Attempt attempt(long seq, Assignment one, Instant begin, @Nullable Outcome outcome) {
    Duration rest = outcome instanceof Outcome.RateLimited limited ? limited.retryAfter() : null;
    return new Attempt(
        life,
        seq,
        one.module() + "/" + one.crmId(),
        one.territoryId(),
        begin,
        outcome == null ? null : watch.clock.instant(),
        outcome == null || !own.alive() ? Answer.UNKNOWN : answer(one, outcome),
        rest);
  }

  private Answer answer(Assignment one, Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      boolean there =
          watch
              .model
              .territoryOf(one.module(), one.crmId())
              .filter(one.territoryId()::equals)
              .isPresent();
      return there ? Answer.TAKEN : Answer.UNKNOWN;
    }
    if (outcome instanceof Outcome.RateLimited) {
      return Answer.LIMITED;
    }
    return outcome instanceof Outcome.Unknown ? Answer.UNKNOWN : Answer.REFUSED;
  }

  @Override
  public CrmCapabilities capabilities() {
    return crm.capabilities();
  }

  @Override
  public CompletionStage<Creation> create(Lead lead, @Nullable TraceParent trace) {
    return counted(crm.create(lead, trace));
  }

  @Override
  public CompletionStage<Outcome> remove(Assignment assignment) {
    return counted(crm.remove(assignment));
  }

  @Override
  public CompletionStage<List<RecordState>> read(String module, List<String> crmIds) {
    return counted(crm.read(module, crmIds));
  }

  @Override
  public CompletionStage<TerritoryAnswer> territories() {
    return crm.territories();
  }

  @Override
  public CompletionStage<TerritoryMembers> members(String territory) {
    return crm.members(territory);
  }

  @Override
  public CompletionStage<CrmInspection> inspect() {
    return crm.inspect();
  }
}
