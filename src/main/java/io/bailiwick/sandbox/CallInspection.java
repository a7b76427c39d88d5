package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.time.Instant;

/** What the sandbox tells about the calls made to it, as JSON. */
final class CallInspection {

  private CallInspection() {}

  static ObjectNode counts(World world, Instant now) {
    CallLog log = world.calls();
    ObjectNode seen = Json.mapper().createObjectNode();
    seen.put("total", log.total());
    seen.put("underWay", log.underWay());
    seen.put("mostAtOnce", log.most());
    seen.put("mostHeavyAtOnce", log.mostHeavy());
    seen.put("creditsUsed", world.meter().used(now));
    seen.set("limits", limits(world.meter().limits()));
    ArrayNode lines = seen.putArray("calls");
    log.counts()
        .forEach(
            (line, count) -> {
              ObjectNode node = lines.addObject();
              node.put("method", line.method()).put("path", line.path());
              status(node, line.status()).put("count", count);
            });
    return seen;
  }

  static ObjectNode each(CallLog log, long after, int limit) {
    ObjectNode seen = Json.mapper().createObjectNode();
    ArrayNode list = seen.putArray("calls");
    for (CallTrace trace : log.traces()) {
      if (trace.seq > after && list.size() < limit) {
        trace(list.addObject(), trace);
      }
    }
    return seen.put("total", log.total());
  }

  private static void trace(ObjectNode node, CallTrace trace) {
    node.put("seq", trace.seq).put("method", trace.method).put("path", trace.path);
    node.put("begin", trace.begin.toString()).put("end", text(trace.end));
    if (trace.end != null) {
      status(node, trace.status);
    }
    node.put("records", trace.records).put("credits", trace.credits);
    node.put("underWay", trace.underWay).put("over", trace.over);
  }

  private static ObjectNode limits(Limits limits) {
    return Json.mapper()
        .createObjectNode()
        .put("credits", limits.credits())
        .put("concurrency", limits.concurrency())
        .put("subConcurrency", limits.subConcurrency())
        .put("retryAfter", limits.retryAfter())
        .put("placesPerCall", limits.placesPerCall());
  }

  private static ObjectNode status(ObjectNode node, int status) {
    return status == CallLog.CUT ? node.put("status", "cut") : node.put("status", status);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
