package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.AccessBook;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The record of who did what, newest first. */
final class ActivityRoutes {

  private static final int PAGE = 50;
  private static final int PAGE_MAX = 500;

  private final AccessBook book;

  ActivityRoutes(Door door) {
    this.book = door.journal().access();
  }

  void mount(Routes routes) {
    routes.get("/v1/activity", this::list);
  }

  private void list(RoutingContext context) {
    int limit = PageSize.read(context.queryParams().get("limit"), PAGE, PAGE_MAX);
    Long before = before(context.queryParams().get("cursor"));
    Future.fromCompletionStage(book.activities(before, limit + 1))
        .onSuccess(found -> Answers.json(context, 200, page(found, limit)))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static ObjectNode page(List<Activity> found, int limit) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode lines = body.putArray("activity");
    List<Activity> shown = found.subList(0, Math.min(limit, found.size()));
    for (Activity line : shown) {
      ObjectNode one = lines.addObject();
      one.put("at", line.at().toString()).put("who", line.who()).put("role", line.role().word());
      one.put("route", line.route()).put("path", line.path());
      if (line.status() != null) {
        one.put("status", line.status());
      }
    }
    if (found.size() > limit) {
      body.put("next", Long.toString(shown.get(limit - 1).seq()));
    }
    return body;
  }

  private static @Nullable Long before(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    if (!cursor.matches("\\d{1,18}")) {
      throw new Refusal(ProblemType.INVALID_REQUEST, "cursor must be the next of a page.");
    }
    return Long.valueOf(cursor);
  }
}
