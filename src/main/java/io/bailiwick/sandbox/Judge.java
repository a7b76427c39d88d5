package io.bailiwick.sandbox;

import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Placing.Placed;
import java.time.Instant;
import java.util.List;

/** What a write is to be answered, at one instant; it changes nothing but for adopted records. */
final class Judge {

  private final World world;
  private final SandboxSettings settings;
  private final Instant now;

  Judge(World world, SandboxSettings settings, Instant now) {
    this.world = world;
    this.settings = settings;
    this.now = now;
  }

  /** A write to a record that is to be there. */
  Verdict verdict(Wish wish) {
    return exists(wish.module(), wish.id()) ? value(wish) : Verdict.UNKNOWN_RECORD;
  }

  /** What is written, apart from where. */
  Verdict value(Wish wish) {
    boolean named = wish.named() && world.enabledFor(wish.module());
    if (!named && wish.fields().isEmpty()) {
      return Verdict.IGNORED;
    }
    String territory = wish.territory();
    FaultPlan faults = world.faults();
    if (named
        && territory != null
        && (faults.strikes(Fault.Kind.INVALID_TERRITORY, wish.path())
            || refusal(territory) != null)) {
      return Verdict.INVALID_TERRITORY;
    }
    return faults.strikes(Fault.Kind.IGNORE_WRITE, wish.path())
        ? Verdict.IGNORED
        : named ? Verdict.WRITTEN : Verdict.UPDATED;
  }

  /** An assignment or a removal. */
  Placed placed(Placing placing) {
    String module = placing.module();
    if (!exists(module, placing.id())) {
      return Placed.of(Verdict.UNKNOWN_RECORD, 0);
    }
    if (world.faults().strikes(Fault.Kind.RECORD_LOCKED, placing.path())) {
      return Placed.of(Verdict.LOCKED, 0);
    }
    RecordBook.Shown shown = world.records().find(module, placing.id());
    List<String> has = shown == null ? List.of() : shown.territories();
    for (int i = 0; i < placing.territories().size(); i++) {
      String territory = placing.territories().get(i);
      Blocker blocker = refusal(territory);
      if (world.faults().strikes(Fault.Kind.INVALID_TERRITORY, placing.path()) || blocker != null) {
        return new Placed(Verdict.INVALID_TERRITORY, i, blocker, null);
      }
      if (has.contains(territory) != placing.removal()) {
        return Placed.of(placing.removal() ? Verdict.INVALID_TERRITORY : Verdict.ALREADY_THERE, i);
      }
    }
    if (world.jobs().waiting(module, placing.id()) != null) {
      return Placed.of(Verdict.ALREADY_SCHEDULED, 0);
    }
    int after = has.size() + placing.territories().size();
    if (!placing.removal() && after > Placing.most(module)) {
      return Placed.of(Verdict.TOO_MANY, 0);
    }
    boolean ignored = world.faults().strikes(Fault.Kind.IGNORE_WRITE, placing.path());
    return Placed.of(ignored ? Verdict.IGNORED : Verdict.WRITTEN, 0);
  }

  /** Whether the record is there; it is adopted first where that is on. */
  boolean exists(String module, String id) {
    RecordBook records = world.records();
    if (records.find(module, id) != null) {
      return true;
    }
    if (!settings.adopt() || !RecordBook.plausible(id) || records.full()) {
      return false;
    }
    records.put(module, id, null);
    return true;
  }

  private @Nullable Blocker refusal(String territory) {
    return world.territories().refusal(territory, now, settings.propagation());
  }
}
