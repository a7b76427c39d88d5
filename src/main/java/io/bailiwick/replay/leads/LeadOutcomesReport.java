package io.bailiwick.replay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of a stream of leads, for a terminal and for machines. */
public record LeadOutcomesReport(LeadOutcomes outcomes, LeadStream stream) {

  /** The most unknown names that are told in words; JSON has them all. */
  private static final int TOLD = 20;

  /** 0 where every row was decided or named, 1 where a file broke or there was no lead at all. */
  public int exitStatus() {
    boolean broken = stream.unreadable().containsKey(Unread.BROKEN_FILE);
    return broken || outcomes.leads() == 0 ? 1 : 0;
  }

  /** Lines that end in a newline, plain. */
  public String text() {
    var text = new StringBuilder();
    long unread = stream.rows() - outcomes.leads();
    line(text, "%,d rows: %,d leads decided, %,d no lead", stream.rows(), outcomes.leads(), unread);
    outcomes.outcomes().forEach((what, count) -> line(text, "%,12d  %s", count, what));
    if (!outcomes.territories().isEmpty()) {
      line(text, "%12s %12s  territory", "assign", "queue");
      outcomes
          .territories()
          .forEach((name, t) -> line(text, "%,12d %,12d  %s", t.assign(), t.queue(), clean(name)));
    }
    Map<Unread, Long> unreadable = stream.unreadable();
    if (!unreadable.isEmpty()) {
      line(text, "no lead, and why");
      outcomes
          .firstUnread()
          .forEach(
              (reason, first) ->
                  line(
                      text,
                      "%,12d  %s; the first at %s",
                      unreadable.getOrDefault(reason, 0L),
                      reason.word(),
                      clean(first.place() + ": " + first.detail())));
    }
    if (!stream.doubts().isEmpty()) {
      line(text, "not understood");
      stream.doubts().forEach((what, count) -> line(text, "%,12d  %s", count, clean(what)));
    }
    tellUnmapped(text);
    return text.toString();
  }

  /** The same with every name. */
  public ObjectNode json() {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("exit", exitStatus());
    root.put("rows", stream.rows()).put("leads", outcomes.leads());
    ObjectNode byOutcome = root.putObject("outcomes");
    outcomes.outcomes().forEach(byOutcome::put);
    ArrayNode territories = root.putArray("territories");
    outcomes
        .territories()
        .forEach(
            (name, t) ->
                territories
                    .addObject()
                    .put("territory", name)
                    .put("assign", t.assign())
                    .put("queue", t.queue()));
    ArrayNode unread = root.putArray("unreadable");
    Map<Unread, Long> counts = stream.unreadable();
    outcomes
        .firstUnread()
        .forEach(
            (reason, first) ->
                unread
                    .addObject()
                    .put("reason", reason.word())
                    .put("rows", counts.getOrDefault(reason, 0L))
                    .put("first", first.place())
                    .put("detail", first.detail()));
    ObjectNode doubts = root.putObject("notUnderstood");
    stream.doubts().forEach(doubts::put);
    ArrayNode unmapped = root.putArray("unmapped");
    stream.unmapped().forEach(unmapped::add);
    return root;
  }

  private void tellUnmapped(StringBuilder text) {
    List<String> names = stream.unmapped();
    if (!names.isEmpty()) {
      String more = names.size() > TOLD ? ", and " + (names.size() - TOLD) + " more" : "";
      line(
          text,
          "kept under attributes, for no field has their names: %s; --map FILE gives them one",
          clean(String.join(", ", names.subList(0, Math.min(TOLD, names.size()))) + more));
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Names come from files; no control character of theirs may reach a terminal. */
  private static String clean(String told) {
    return told.replaceAll("\\p{Cntrl}", " ");
  }
}
