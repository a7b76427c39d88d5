package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an answer to an upsert of one record means: a pure function. Named needs a 2xx, SUCCESS in
 * the only item, and an id that can be one. What is unclear is Unknown, which costs one more
 * upsert; it finds the record.
 */
final class UpsertAnswers {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What the call says beside its record: a mistake there is the configuration's, not a lead's. */
  private static final Set<String> OPTIONS =
      Set.of("duplicate_check_fields", "trigger", "lar_id", "apply_feature_execution");

  private UpsertAnswers() {}

  /** {@code now} is for a Retry-After that is a date. */
  static Creation of(Reply reply, Instant now) {
    JsonNode body = reply.json();
    JsonNode data = body == null || !body.isObject() ? null : body.get("data");
    boolean alone = data != null && data.isArray() && data.size() == 1;
    Saying saying =
        alone
            ? Saying.of(true, data.get(0))
            : data == null && body != null ? Saying.of(false, body) : null;
    Outcome judged = Answers.judged(reply, saying, now);
    if (saying == null) {
      return new Creation.Failed(unclear(judged));
    }
    String option = option(saying);
    if (option != null) {
      // Waits with backoff for a start with another configuration; no lead is parked for it soon.
      return new Creation.Failed(
          new Outcome.Unavailable(null, judged.detail() + ": see the knobs of crm.create"));
    }
    boolean success = reply.status() / 100 == 2 && saying.code().equals("SUCCESS");
    String id = saying.details().path("id").asText();
    if (alone && success && !saying.error() && ID.matcher(id).matches()) {
      boolean found = saying.node().path("action").asText().equals("update");
      return new Creation.Named(id, found, judged.detail());
    }
    // Another record has a value that must be unique, and is not found by what it is looked for.
    boolean taken = saying.code().equals("DUPLICATE_DATA");
    return new Creation.Failed(taken ? new Outcome.Rejected(judged.detail()) : unclear(judged));
  }

  /** Of a record that nobody has named, what is said of a territory or of success is unclear. */
  private static Outcome unclear(Outcome judged) {
    if (judged instanceof Outcome.Done || judged instanceof Outcome.Scheduled) {
      return new Outcome.Unknown(judged.detail() + ", and names no record");
    }
    return judged instanceof Outcome.TerritoryInvalid invalid
        ? new Outcome.Rejected(invalid.detail())
        : judged;
  }

  private static @Nullable String option(Saying saying) {
    String name = saying.details().path("api_name").asText();
    return !saying.item() && OPTIONS.contains(name) ? name : null;
  }
}
