package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk;
import io.bailiwick.flow.Desk.Retry;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.JournalReader.Query;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Questions about leads, and the retry of one. */
final class QueryRoutes {

  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;

  private final JournalReader journal;
  private final Desk desk;

  QueryRoutes(Door door) {
    this.journal = door.journal();
    this.desk = door.flow().desk();
  }

  void mount(Router router) {
    router.get("/v1/leads").handler(this::list);
    router.get("/v1/leads/:id").handler(this::one);
    router.post("/v1/leads/:id/retry").handler(this::retry);
  }

  private void one(RoutingContext context) {
    String id = context.pathParam("id");
    journal
        .find(id)
        .thenCombine(
            journal.history(id),
            (found, history) -> EntryJson.write(found.orElseThrow(QueryRoutes::unknown), history))
        .whenComplete((body, failure) -> answer(context, 200, body, failure));
  }

  private void list(RoutingContext context) {
    var asked = context.queryParams();
    Query query =
        new Query(stage(asked.get("status")), reason(asked.get("reason")), asked.get("territory"));
    journal
        .list(query, asked.get("cursor"), limit(asked.get("limit")))
        .thenApply(
            page -> {
              ObjectNode body = Json.mapper().createObjectNode();
              ArrayNode leads = body.putArray("leads");
              page.entries().forEach(entry -> leads.add(EntryJson.write(entry)));
              if (page.next() != null) {
                body.put("next", page.next());
              }
              return body;
            })
        .whenComplete((body, failure) -> answer(context, 200, body, failure));
  }

  private void retry(RoutingContext context) {
    desk.retry(context.pathParam("id"))
        .thenApply(QueryRoutes::retried)
        .whenComplete((body, failure) -> answer(context, 202, body, failure));
  }

  private static ObjectNode retried(Retry retry) {
    if (retry instanceof Retry.Retried done) {
      return EntryJson.write(done.entry());
    }
    if (retry instanceof Retry.NotNow notNow) {
      Entry entry = notNow.entry();
      throw new Refusal(
          ProblemType.CONFLICT,
          "Only queued and parked leads are retried; this one is " + entry.stage().status() + ".");
    }
    throw unknown();
  }

  private static void answer(
      RoutingContext context, int status, @Nullable ObjectNode body, @Nullable Throwable failure) {
    if (body == null) {
      Answers.failure(context, failure == null ? unknown() : failure);
    } else {
      Answers.json(context, status, body);
    }
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
  }

  private static @Nullable Stage stage(@Nullable String status) {
    if (status == null) {
      return null;
    }
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.status().equals(status.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemType.INVALID_REQUEST,
                    "status must be one of "
                        + Arrays.stream(Stage.values())
                            .map(Stage::status)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static @Nullable QueueReason reason(@Nullable String word) {
    if (word == null) {
      return null;
    }
    QueueReason reason = QueueReason.ofWord(word.toLowerCase(Locale.ROOT));
    if (reason == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "reason must be one of "
              + Arrays.stream(QueueReason.values())
                  .map(QueueReason::word)
                  .collect(Collectors.joining(", "))
              + ".");
    }
    return reason;
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return PAGE;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PAGE_MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below, with the bounds.
    }
    throw new Refusal(ProblemType.INVALID_REQUEST, "limit must be from 1 to " + PAGE_MAX + ".");
  }
}
