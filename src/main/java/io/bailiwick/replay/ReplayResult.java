package io.bailiwick.replay;

import io.bailiwick.replay.CaseResult.Kind;
import io.bailiwick.replay.CaseResult.Outcome;
import java.util.List;

/**
 * What a replay showed.
 *
 * @param rulebook hash of the rules that were run
 * @param results leads first, then stories, each in the order of their files
 */
public record ReplayResult(String rulebook, List<CaseResult> results, Coverage coverage) {

  public ReplayResult {
    results = List.copyOf(results);
  }

  /** How many of that kind ended so. */
  public long count(Kind kind, Outcome outcome) {
    return results.stream().filter(r -> r.kind() == kind && r.outcome() == outcome).count();
  }

  /** How many ended so. */
  public long count(Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }

  /**
   * The exit status of a command that replays: 0 all as expected and every rule fired or declared,
   * 3 an expectation or the coverage failed, 1 something could not be run.
   */
  public int exitStatus() {
    if (results.isEmpty() || count(Outcome.ERROR) > 0) {
      return 1;
    }
    return count(Outcome.FAIL) > 0 || !coverage.complete() ? 3 : 0;
  }
}
