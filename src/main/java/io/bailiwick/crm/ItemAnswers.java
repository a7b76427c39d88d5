package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer of items means for each record asked about: a pure function. An item of {@code
 * data} is about the record of its {@code details.id}; an error item without one is about that of
 * the index in its {@code json_path}, which points into our own request; an item with neither is
 * about nobody, wherever it stands. A record of which nothing is said, or two things, is Unknown:
 * reading it costs one call, a wrong guess a lead.
 */
final class ItemAnswers {

  private static final Pattern PLACE = Pattern.compile("\\$\\.data\\[(\\d{1,4})](\\..*)?");
  private static final Set<String> ACCEPTED = Set.of("SUCCESS", "SCHEDULED");

  /** Codes of a whole call that are true of each of its records. */
  private static final Set<String> OF_ALL = Set.of("INVALID_MODULE", "NOT_SUPPORTED");

  private ItemAnswers() {}

  /** In the order of {@code ids}, the ids of our request in its order. */
  static List<Outcome> outcomes(Reply reply, List<String> ids, Instant now) {
    JsonNode body = reply.json();
    JsonNode data = body == null ? null : body.get("data");
    if (body == null || data == null) {
      return Collections.nCopies(ids.size(), ofAll(reply, body, ids, now));
    }
    Items items = Items.of(data);
    List<Outcome> outcomes = new ArrayList<>();
    for (int index = 0; index < ids.size(); index++) {
      Saying saying = items.about(ids.get(index), index);
      outcomes.add(
          saying == null && undecided(reply.status())
              ? new Outcome.Unknown(
                  "the CRM answered " + reply.status() + ", and says nothing of this record")
              : Answers.judged(reply, saying, now));
    }
    return outcomes;
  }

  /** An answer that has items and none for a record tells nothing of it by its status either. */
  private static boolean undecided(int status) {
    return status < 500 && status != 429;
  }

  /** Without items: an error of the call. What blames one record says nothing of several. */
  private static Outcome ofAll(
      Reply reply, @Nullable JsonNode body, List<String> ids, Instant now) {
    Saying saying = Saying.about(body, ids.get(0));
    Outcome outcome = Answers.judged(reply, saying, now);
    boolean blamesOne =
        outcome instanceof Outcome.Rejected
            || outcome instanceof Outcome.RecordGone
            || outcome instanceof Outcome.TerritoryInvalid;
    boolean ofAll = saying != null && OF_ALL.contains(saying.code());
    return ids.size() > 1 && blamesOne && !ofAll
        ? new Outcome.Unknown(outcome.detail() + " to several records together")
        : outcome;
  }

  /** Those that name a record, and those that only name a place. */
  private record Items(Map<String, List<JsonNode>> byId, Map<Integer, List<JsonNode>> byPlace) {

    static Items of(JsonNode data) {
      var items = new Items(new HashMap<>(), new HashMap<>());
      if (data.isArray()) {
        data.forEach(items::add);
      }
      return items;
    }

    private void add(JsonNode item) {
      JsonNode id = item.path("details").path("id");
      if (!id.isMissingNode() && !id.isNull()) {
        byId.computeIfAbsent(id.asText().strip(), any -> new ArrayList<>()).add(item);
      } else if (isError(item)) {
        byPlace.computeIfAbsent(place(item), any -> new ArrayList<>()).add(item);
      }
    }

    /** Null where nothing is said of it, or two things. */
    @Nullable
    Saying about(String id, int index) {
      List<JsonNode> own = new ArrayList<>(byId.getOrDefault(id, List.of()));
      own.addAll(byPlace.getOrDefault(index, List.of()));
      return own.size() == 1 ? Saying.of(true, own.get(0)) : null;
    }
  }

  private static boolean isError(JsonNode item) {
    return item.path("code").isTextual() && !ACCEPTED.contains(item.path("code").textValue());
  }

  /** The index that the item's path begins with; -1 for none. Zoho's own samples have blanks. */
  private static int place(JsonNode item) {
    Matcher matcher = PLACE.matcher(item.path("details").path("json_path").asText().strip());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
