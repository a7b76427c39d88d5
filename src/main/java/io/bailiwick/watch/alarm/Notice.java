package io.bailiwick.watch.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is told at one time: alarms of one kind that were raised together, or cleared together.
 *
 * @param alarms at most {@link #MOST} of them; {@code total} is how many there are
 */
public record Notice(AlarmKind kind, State state, Instant at, long total, List<Alarm> alarms) {

  /** The most alarms that one notice holds. */
  public static final int MOST = 50;

  /** What became of them. */
  public enum State {
    RAISED,
    CLEARED;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Notice of(AlarmKind kind, State state, Instant at, List<Alarm> alarms) {
    return new Notice(
        kind, state, at, alarms.size(), alarms.subList(0, Math.min(MOST, alarms.size())));
  }

  /** Reads back what {@link #json} wrote. */
  public static Notice read(String body) {
    return Json.own(body, Notice.class);
  }

  /** As JSON. */
  public JsonNode json() {
    return Json.tree(this);
  }

  /** One line for people. */
  public String subject() {
    String which = total == 1 ? alarms.get(0).subject() : total + "";
    return (state == State.RAISED ? "ALARM: " : "cleared: ")
        + kind.told()
        + (which.isEmpty() ? "" : " (" + which + ")");
  }

  /** All of it for people, as plain text. */
  public String text() {
    var text = new StringBuilder();
    for (Alarm alarm : alarms) {
      text.append(alarm.subject().isEmpty() ? "" : alarm.subject() + ": ").append(alarm.detail());
      if (state == State.RAISED) {
        text.append("\n  what to do: ").append(alarm.advice());
      }
      text.append("\n  since ").append(alarm.since()).append('\n');
    }
    if (total > alarms.size()) {
      text.append("… and ").append(total - alarms.size()).append(" more\n");
    }
    return text.append("told at ").append(at).append('\n').toString();
  }
}
