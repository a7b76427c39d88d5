package io.bailiwick.checker;

import java.util.List;
import java.util.function.Function;

/** What is promised, and how it is seen whether it was kept. */
public enum Condition {
  KEPT(
      "what was acknowledged is in the journal once, and nothing is that nobody sent",
      Keeping::kept),
  ONE_STATE("each lead is in one state, and came there by legal steps", Keeping::oneState),
  DUE("no lead waits without a time at which something is done with it", Keeping::due),
  LAST_WRITE("each record shows what its highest revision's decision says", Writing::lastWrite),
  ONE_WRITER("no two writes of one record are under way at once", Writing::oneWriter),
  SAME_AGAIN("each decision made again comes out the same", Deciding::sameAgain),
  SERVED("each decision is of the rulebook that served then", Deciding::served),
  FEW_WRITES("no record is written again without a cause", Writing::fewWrites),
  GATES("the CRM's limits are kept", Writing::gates),
  CONVERGED("when all has healed, every lead comes to rest in time", Keeping::converged);

  private final String promise;
  private final Function<Evidence, List<String>> look;

  Condition(String promise, Function<Evidence, List<String>> look) {
    this.promise = promise;
    this.look = look;
  }

  /** In one sentence. */
  public String promise() {
    return promise;
  }

  /** What of it was not kept; empty where all was. */
  List<String> broken(Evidence evidence) {
    return look.apply(evidence);
  }
}
