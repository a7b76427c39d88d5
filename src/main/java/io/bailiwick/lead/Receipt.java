package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;

/**
 * The proof of a decision: what it was made of and why it came out so. The same lead, rulebook,
 * snapshot and instant give the same receipt, byte for byte.
 *
 * @param leadDigest SHA-256 of the lead as judged; empty where a person decided
 * @param winner the rule that won; null where none did
 * @param readiness the readiness rule that queued the lead; null where none did
 * @param runnersUp the other rules that matched, with why each lost, best first
 * @param blockers every blocker of the territory, the told one first
 * @param detail one sentence where the reason needs one (an ambiguity, an error of a rule)
 * @param rulebook SHA-256 over all files that can change a decision
 * @param snapshot id of the territory snapshot
 * @param decidedAt the decision's clock
 * @param bailiwick version of Bailiwick; empty where a person decided, and so is that of Drools
 * @param drools version of Drools
 * @param waited what waiting had to do with it; null where nothing
 * @param by who assigned it by hand, in place of the rules; null where the rules decided
 */
public record Receipt(
    String leadDigest,
    @Nullable RuleHit winner,
    @Nullable RuleHit readiness,
    List<RunnerUp> runnersUp,
    List<String> blockers,
    @Nullable String detail,
    String rulebook,
    String snapshot,
    Instant decidedAt,
    String bailiwick,
    String drools,
    @Nullable Waited waited,
    @Nullable String by) {

  /**
   * A rule that matched, and where it stands.
   *
   * @param line the line of its {@code rule}, from 1
   * @param territory the territory's name it proposed; null for a readiness rule
   */
  public record RuleHit(
      String rule, String file, int line, int salience, @Nullable String territory) {

    /** {@code file:line}, as an editor opens it. */
    public String place() {
      return file + ":" + line;
    }
  }

  /**
   * That a limit of {@code waiting.yaml} is for a lead in this state of waiting.
   *
   * @param waiting what was known of its waiting
   * @param limit the limit that has passed; its territory is where the lead goes instead of waiting
   *     on. Null where none has passed
   * @param next when the next limit passes; null where all have
   */
  public record Waited(Waiting waiting, @Nullable RuleHit limit, @Nullable Instant next) {}

  /** A rule that matched and did not win. */
  public record RunnerUp(RuleHit hit, String why) {}

  public Receipt {
    runnersUp = List.copyOf(runnersUp);
    blockers = List.copyOf(blockers);
  }

  /** Of a decision that a person made in place of the rules, which judged nothing. */
  public static Receipt byHand(
      String who, @Nullable String why, String rulebook, String snapshot, Instant at) {
    return new Receipt(
        "", null, null, List.of(), List.of(), why, rulebook, snapshot, at, "", "", null, who);
  }

  /** The same without its detail. */
  Receipt skeleton() {
    return with(waited, null);
  }

  /** The same, with what waiting had to do with it, in a sentence. */
  public Receipt waited(Waited told, @Nullable String sentence) {
    return with(told, sentence);
  }

  private Receipt with(@Nullable Waited told, @Nullable String sentence) {
    return new Receipt(
        leadDigest,
        winner,
        readiness,
        runnersUp,
        blockers,
        sentence,
        rulebook,
        snapshot,
        decidedAt,
        bailiwick,
        drools,
        told,
        by);
  }

  /** The limit of waiting that has passed, whether it is told or sends the lead elsewhere. */
  public @Nullable RuleHit overdue() {
    return waited == null ? null : waited.limit();
  }

  /**
   * The rule that settles where the lead stands: the limit where it sends it elsewhere, the
   * readiness rule where one queued it.
   */
  public @Nullable RuleHit settledBy() {
    RuleHit limit = overdue();
    if (limit != null && limit.territory() != null) {
      return limit;
    }
    return readiness == null ? winner : readiness;
  }
}
