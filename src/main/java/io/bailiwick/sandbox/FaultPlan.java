package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Effect.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws which faults strike; the same seed and the same calls in the same order, the same draws.
 */
final class FaultPlan {

  private final RandomGenerator random;
  private List<Fault> faults = List.of();
  private int[] left = {};

  FaultPlan(RandomGenerator random) {
    this.random = random;
  }

  void set(List<Fault> next) {
    faults = List.copyOf(next);
    left =
        faults.stream()
            .map(Fault::times)
            .mapToInt(times -> times == null ? Integer.MAX_VALUE : times)
            .toArray();
  }

  /** The faults as they stand: used-up ones are left out, others show what is left of them. */
  List<Fault> faults() {
    List<Fault> standing = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      Fault f = faults.get(i);
      if (left[i] > 0) {
        standing.add(f.left(f.times() == null ? null : left[i]));
      }
    }
    return standing;
  }

  /** What happens to a call as a whole; of several endings the first listed wins. */
  Effect draw(String path) {
    if (faults.isEmpty()) {
      return Effect.NONE;
    }
    Effect effect = Effect.NONE;
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      boolean ends = ending(fault.kind()) != null;
      boolean decided = effect.ending() != Ending.ANSWER;
      if (!fault.ofRecord() && !(ends && decided) && names(fault, path) && strikes(i, path)) {
        effect = with(effect, fault);
      }
    }
    return effect;
  }

  /** Whether a fault of this kind befalls one record of a call. */
  boolean strikes(Fault.Kind kind, String path) {
    boolean struck = false;
    for (int i = 0; i < faults.size(); i++) {
      struck |= faults.get(i).kind() == kind && strikes(i, path);
    }
    return struck;
  }

  /** The error that a record of a call is to be answered; null for none. */
  @Nullable
  ErrorRow row(String path, String id) {
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      boolean its = fault.record() == null || fault.record().equals(id);
      if (fault.row() != null && fault.ofRecord() && its && strikes(i, path)) {
        return fault.row();
      }
    }
    return null;
  }

  /** A fault of one record concerns the calls whose address names it. */
  private static boolean names(Fault fault, String path) {
    return fault.record() == null || List.of(path.split("/", -1)).contains(fault.record());
  }

  private boolean strikes(int index, String path) {
    Fault fault = faults.get(index);
    if (left[index] == 0 || !path.startsWith(fault.path())) {
      return false;
    }
    if (fault.share() < 1 && random.nextDouble() >= fault.share()) {
      return false;
    }
    if (fault.times() != null) {
      left[index]--;
    }
    return true;
  }

  private Effect with(Effect effect, Fault fault) {
    Ending ending = ending(fault.kind());
    if (ending != null) {
      ErrorRow row = fault.row();
      int status = row == null ? fault.status() : row.status();
      return new Effect(
          effect.delay(), ending, status, fault.retryAfter(), effect.late(), fault.row());
    }
    Duration time = Duration.ofMillis(millis(fault));
    boolean late = fault.kind() == Fault.Kind.LATE_ANSWER;
    return new Effect(
        late ? effect.delay() : effect.delay().plus(time),
        effect.ending(),
        effect.status(),
        effect.retryAfter(),
        late ? effect.late().plus(time) : effect.late(),
        effect.row());
  }

  private long millis(Fault fault) {
    return fault.toMillis() > fault.millis()
        ? random.nextLong(fault.millis(), fault.toMillis() + 1)
        : fault.millis();
  }

  private static @Nullable Ending ending(Fault.Kind kind) {
    return switch (kind) {
      case STATUS, ANSWER -> Ending.STATUS;
      case GARBAGE -> Ending.GARBAGE;
      case RESET -> Ending.RESET;
      case LOST_ANSWER -> Ending.LOST;
      case INVALID_TERRITORY, IGNORE_WRITE, RECORD_LOCKED, LATENCY, LATE_ANSWER -> null;
    };
  }
}
