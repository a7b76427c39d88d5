package io.bailiwick.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a run left behind.
 *
 * @param told what each source posted and was told
 * @param journal every lead of the final journal, in the order of acceptance
 * @param calls every call for the sake of leads, readings of records too
 * @param attempts every write of one record that reached the CRM, or left for it
 * @param shown the territory each record shows at the end, by line; none is absent
 * @param reigns which rulebook served from when on, oldest first
 */
public record Evidence(
    List<Told> told,
    List<Stored> journal,
    List<Call> calls,
    List<Attempt> attempts,
    Map<String, String> shown,
    List<Reign> reigns,
    Bounds bounds) {

  /** What the right territory of a lead is that no rule names a territory for. */
  public static final String NOWHERE = "";

  /**
   * One lead of one source.
   *
   * @param key the source's own name of it, which the lead carries
   * @param id what it was acknowledged with; null where its source never heard so
   * @param right the id of the territory that its owner expects, {@link #NOWHERE} for none
   */
  public record Told(String key, String id, String right) {}

  /**
   * One lead of the journal.
   *
   * @param key what its source named it
   * @param line the record of the CRM that it is of
   * @param due when something is to be done with it; null for never
   * @param why what it waits for, why it is parked, or what took its place; null where nothing did
   * @param decision null where there is none
   */
  public record Stored(
      String id,
      String key,
      String line,
      long revision,
      Instant acceptedAt,
      String status,
      Instant due,
      String why,
      Decided decision,
      List<Step> history) {}

  /**
   * @param outcome in one line, territory and reason and all
   * @param territory the id it names; null for none
   * @param again the same line of the same question asked once more; null where it was not
   */
  public record Decided(
      String outcome, String territory, String again, String rulebook, Instant at) {}

  /** One line of a lead's history. */
  public record Step(Instant at, String status) {}

  /** What became of a write. */
  public enum Answer {
    /** It says it is written, and it is. */
    TAKEN,
    /** Certainly not written. */
    REFUSED,
    /** Not written, and the account is to rest. */
    LIMITED,
    /** The process that asked never learned it, or was told so of what is not there. */
    UNKNOWN
  }

  /**
   * @param life which life of which instance made it
   * @param end null where it never ended
   */
  public record Call(int life, Instant begin, Instant end) {}

  /**
   * One record's part in one call.
   *
   * @param life which life of which instance made it
   * @param seq in the order in which they began
   * @param end null where it never ended
   * @param rest how long the account is to rest; null where nobody said
   */
  public record Attempt(
      int life,
      long seq,
      String line,
      String territory,
      Instant begin,
      Instant end,
      Answer answer,
      Duration rest) {}

  /** From then on that rulebook served. */
  public record Reign(String rulebook, Instant from) {}

  /**
   * What must hold in numbers.
   *
   * @param calls the most calls one life has under way
   * @param healed when the last fault ended
   * @param ended when the journal was read
   * @param converge within this after the last fault, or its own acceptance, each lead is at rest
   * @param swap how long after one publication the rulebook before may still decide
   * @param slack how long after its answer a call that was on its way out may still begin
   * @param skew how wrong the service's clock may be
   * @param persistent whether sources post until they are acknowledged
   */
  public record Bounds(
      int calls,
      Instant healed,
      Instant ended,
      Duration converge,
      Duration swap,
      Duration slack,
      Duration skew,
      boolean persistent) {}
}
