package io.bailiwick.flow;

import io.bailiwick.flow.Proof.Failing;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A version that does not serve yet, and how far it has come.
 *
 * @param name {@link #FOLDER}, or the name it was uploaded under
 * @param flaws why it was refused, where its rules are wrong
 * @param failing why it was refused, where its fixtures came out otherwise
 * @param warnings what is not as it should be and does not keep it from serving
 */
public record Candidate(
    String name,
    RuleVersion version,
    Instant seenAt,
    State state,
    List<RuleFlaw> flaws,
    List<Failing> failing,
    List<String> warnings) {

  /** The name of the candidate that comes from {@code rules/}. */
  public static final String FOLDER = "rules";

  /** How far a candidate has come. */
  public enum State {
    COMPILING,
    PROVING,
    /** Compiled and proved; it serves when it is approved. */
    WAITING,
    /** On its way into the journal. */
    PUBLISHING,
    REFUSED;

    /** For people: {@code waiting for approval}. */
    public String told() {
      return this == WAITING ? "waiting for approval" : name().toLowerCase(Locale.ROOT);
    }
  }

  public Candidate {
    flaws = List.copyOf(flaws);
    failing = List.copyOf(failing);
    warnings = List.copyOf(warnings);
  }

  static Candidate seen(String name, RuleVersion version, Instant at) {
    return new Candidate(name, version, at, State.COMPILING, List.of(), List.of(), List.of());
  }

  Candidate as(State next) {
    return new Candidate(name, version, seenAt, next, flaws, failing, warnings);
  }

  Candidate passed(List<String> told) {
    return new Candidate(name, version, seenAt, State.WAITING, List.of(), List.of(), told);
  }

  Candidate refused(List<RuleFlaw> wrong, List<Failing> otherwise) {
    return new Candidate(name, version, seenAt, State.REFUSED, wrong, otherwise, warnings);
  }

  /** The first thing that keeps it from serving, on one line; empty where nothing does. */
  public String firstObjection() {
    if (!flaws.isEmpty()) {
      return flaws.get(0).told().lines().findFirst().orElse("");
    }
    return failing.isEmpty() ? "" : failing.get(0).told();
  }

  /** How many things keep it from serving. */
  public int objections() {
    return flaws.size() + failing.size();
  }
}
