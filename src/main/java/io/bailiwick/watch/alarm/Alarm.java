package io.bailiwick.watch.alarm;

import java.time.Instant;

/**
 * One thing that is wrong. It names no person and holds nothing of a lead but its id.
 *
 * @param subject which one of its kind: a reason, a territory, a channel; empty where there is one
 * @param detail what is wrong, one sentence for people
 * @param advice what to do
 * @param count how many it concerns; told again once it has doubled
 */
public record Alarm(
    AlarmKind kind, String subject, Instant since, String detail, String advice, long count) {

  /** By which it is the same alarm. */
  public String key() {
    return kind.word() + ":" + subject;
  }

  /** The same, since when it was told first. */
  Alarm since(Instant earlier) {
    return new Alarm(kind, subject, earlier, detail, advice, count);
  }

  /** Whether it has grown so much since it was told that it is told again. */
  boolean outgrew(Alarm told) {
    return count >= 2 * Math.max(1, told.count());
  }
}
