package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which leads a request means, said in words; every wrong word is a refusal that says the right.
 */
final class LeadQuestion {

  /** The words of a filter, in a query and in a body alike. */
  static final List<String> WORDS =
      List.of(
          "status",
          "reason",
          "blocker",
          "territory",
          "rule",
          "source",
          "sender",
          "crm_id",
          "older_than",
          "newer_than");

  /** Those of a filter of assigned leads. */
  static final List<String> OF_ASSIGNED =
      List.of(
          "status", "territory", "rule", "source", "sender", "crm_id", "older_than", "newer_than");

  private static final Set<Stage> WAITING = Set.of(Stage.QUEUED, Stage.PARKED);

  private LeadQuestion() {}

  /** Any leads; {@code word} answers what is asked under a name, or null. */
  static LeadFilter read(UnaryOperator<@Nullable String> word, Instant now) {
    Stage stage = stage(word.apply("status"));
    String reason = word.apply("reason");
    QueueReason queued = reason == null ? null : QueueReason.ofWord(lower(reason));
    ParkReason parked = reason == null || queued != null ? null : parked(lower(reason));
    String age = word.apply("older_than");
    String youth = word.apply("newer_than");
    return new LeadFilter(
        stage,
        queued,
        parked,
        word.apply("blocker"),
        word.apply("territory"),
        word.apply("rule"),
        word.apply("source"),
        false,
        word.apply("sender"),
        word.apply("crm_id"),
        youth == null ? null : now.minus(Spans.read("newer_than", youth)),
        age == null ? null : now.minus(Spans.read("older_than", age)));
  }

  /** Leads that a person may move: queued, or parked and not closed unless that is the reason. */
  static LeadFilter waiting(UnaryOperator<@Nullable String> word, Instant now) {
    LeadFilter asked = read(word, now);
    if (asked.stage() == null || !WAITING.contains(asked.stage())) {
      throw refused("filter.status must be parked or queued: only these are moved by hand.");
    }
    return new LeadFilter(
        asked.stage(),
        asked.reason(),
        asked.parkReason(),
        asked.blocker(),
        asked.territory(),
        asked.rule(),
        asked.source(),
        asked.parkReason() != ParkReason.CLOSED,
        asked.sender(),
        asked.record(),
        asked.changedAfter(),
        asked.unchangedSince());
  }

  /** Leads that were assigned; that is their status whether it is said or not. */
  static LeadFilter assigned(UnaryOperator<@Nullable String> word, Instant now) {
    LeadFilter asked = read(word, now);
    if (asked.stage() != null && asked.stage() != Stage.ASSIGNED) {
      throw refused("filter.status must be assigned: only these are realigned.");
    }
    return new LeadFilter(
        Stage.ASSIGNED,
        null,
        null,
        null,
        asked.territory(),
        asked.rule(),
        asked.source(),
        false,
        asked.sender(),
        asked.record(),
        asked.changedAfter(),
        asked.unchangedSince());
  }

  private static @Nullable Stage stage(@Nullable String status) {
    if (status == null) {
      return null;
    }
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.status().equals(lower(status)))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "status must be one of %s."
                        .formatted(
                            Arrays.stream(Stage.values())
                                .map(Stage::status)
                                .collect(Collectors.joining(", ")))));
  }

  private static ParkReason parked(String word) {
    return Arrays.stream(ParkReason.values())
        .filter(reason -> reason.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                refused(
                    "reason must be one of %s."
                        .formatted(
                            Stream.concat(
                                    Arrays.stream(QueueReason.values()).map(QueueReason::word),
                                    Arrays.stream(ParkReason.values()).map(ParkReason::word))
                                .collect(Collectors.joining(", ")))));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }
}
