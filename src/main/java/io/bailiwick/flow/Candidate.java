package io.bailiwick.flow;

import io.bailiwick.flow.Proof.Failing;
import io.bailiwick.flow.Trial.Verdict;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A version that does not serve yet, and how far it has come.
 *
 * @param name {@link #FOLDER}, or the name it was uploaded under
 * @param since when it came so far
 * @param flaws why it was refused, where its rules are wrong
 * @param findings what analysis found; those that are errors keep it from serving
 * @param failing why it was refused, where its fixtures came out otherwise
 * @param warnings what is not as it should be and does not keep it from serving
 */
public record Candidate(
    String name,
    RuleVersion version,
    Instant seenAt,
    State state,
    Instant since,
    List<RuleFlaw> flaws,
    List<Finding> findings,
    List<Failing> failing,
    List<String> warnings) {

  /** The name of the candidate that comes from {@code rules/}. */
  public static final String FOLDER = "rules";

  /** How far a candidate has come. */
  public enum State {
    COMPILING,
    /** Compiled; looked at for ties and rules that can never fire. */
    ANALYSING,
    /** Its fixtures run. */
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
    findings = List.copyOf(findings);
    failing = List.copyOf(failing);
    warnings = List.copyOf(warnings);
  }

  static Candidate seen(String name, RuleVersion version, Instant at) {
    return new Candidate(
        name, version, at, State.COMPILING, at, List.of(), List.of(), List.of(), List.of());
  }

  Candidate as(State next, Instant at) {
    return new Candidate(name, version, seenAt, next, at, flaws, findings, failing, warnings);
  }

  Candidate after(Verdict verdict, Instant at) {
    if (verdict instanceof Verdict.Passed passed) {
      return new Candidate(
          name,
          version,
          seenAt,
          State.WAITING,
          at,
          List.of(),
          passed.findings(),
          List.of(),
          passed.warnings());
    }
    var refused = (Verdict.Refused) verdict;
    return new Candidate(
        name,
        version,
        seenAt,
        State.REFUSED,
        at,
        refused.flaws(),
        refused.findings(),
        refused.failing(),
        List.of());
  }

  /** Everything that keeps it from serving, each with its place; empty where nothing does. */
  public List<String> objections() {
    List<String> told = new ArrayList<>();
    flaws.forEach(flaw -> told.add(flaw.told()));
    findings.stream().filter(f -> f.kind().error()).forEach(finding -> told.add(finding.told()));
    failing.forEach(one -> told.add(one.told()));
    return told;
  }

  /** The first thing that keeps it from serving, on one line; empty where nothing does. */
  public String firstObjection() {
    return objections().stream().findFirst().flatMap(all -> all.lines().findFirst()).orElse("");
  }
}
