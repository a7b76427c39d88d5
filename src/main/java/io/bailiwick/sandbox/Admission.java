package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.time.Instant;

/** Whether a call is within the limits; it is charged where it is. */
final class Admission {

  private Admission() {}

  /** Why it is refused; null where it is not. What is refused costs nothing. */
  static @Nullable ApiAnswer of(CallMeter meter, CallTrace trace, Instant now) {
    Limits limits = meter.limits();
    if (trace.over != null) {
      boolean sub = trace.over.equals("subConcurrency");
      ObjectNode details = Json.mapper().createObjectNode();
      details.put("limit", sub ? limits.subConcurrency() : limits.concurrency());
      String message = "too many requests are under way at once";
      return ApiAnswer.tooMany(message, details, limits.retryAfter() ? 1L : null);
    }
    int cost = trace.cost();
    if (!meter.affords(cost, now)) {
      trace.over = "credits";
      ObjectNode details = Json.mapper().createObjectNode();
      details.put("limit", limits.credits()).put("window", 86_400);
      Long wait = limits.retryAfter() ? meter.secondsToWait(now) : null;
      return ApiAnswer.tooMany("the API credits of 24 hours are used up", details, wait);
    }
    trace.credits = cost;
    meter.charge(cost, now);
    return null;
  }
}
