package io.bailiwick.replay;

import java.util.List;

/**
 * What came of one fixture lead or story.
 *
 * @param place where it stands: {@code file#number} or the story's file
 * @param details of a FAIL, what differs; of an ERROR, why it could not be run; else empty
 */
public record CaseResult(
    Kind kind, String place, String name, Outcome outcome, List<String> details) {

  /** What was run. */
  public enum Kind {
    LEAD,
    STORY
  }

  /** How it ended. */
  public enum Outcome {
    /** As expected. */
    PASS,
    /** It ran, and came out otherwise. */
    FAIL,
    /** It could not be run; that says nothing about the rules. */
    ERROR
  }

  public CaseResult {
    details = List.copyOf(details);
  }

  static CaseResult of(Kind kind, String place, String name, List<String> differences) {
    Outcome outcome = differences.isEmpty() ? Outcome.PASS : Outcome.FAIL;
    return new CaseResult(kind, place, name, outcome, differences);
  }

  static CaseResult error(Kind kind, String place, String name, String why) {
    return new CaseResult(kind, place, name, Outcome.ERROR, List.of(why));
  }
}
