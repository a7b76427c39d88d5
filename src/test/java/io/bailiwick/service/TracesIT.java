package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.TraceParent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a lead on the built jar: request, lead, decision, attempt, in the log too. */
class TracesIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SENDER = "00f067aa0ba902b7";
  private static final String HEADER = "00-" + TRACE + "-" + SENDER + "-01";
  private static final String LEAD =
      "{\"crmId\":\"%d\",\"country\":\"US\",\"region\":\"CA\",\"email\":\"ana@acme.example\"}";

  @TempDir Path folder;

  @Test
  void aLeadIsTracedFromTheRequestToTheAttemptAsPartOfItsSendersTrace() throws Exception {
    try (var collector = new SpanReceiver();
        var service = JarProcess.start(folder, traced(collector.url()), "serve", "--demo")) {
      String url = service.url();
      RunningService.postTo(url, LEAD.formatted(1), "traceparent", HEADER, "Prefer", "wait=20");
      RunningService.await("the spans came", () -> collector.spans().size() >= 4);
      var request = only(collector.named("POST /v1/leads"));
      var lead = only(collector.named("lead"));
      var decision = only(collector.named("decide"));
      var attempt = only(collector.named("attempt"));
      assertEquals(SENDER, request.parentId());
      assertEquals(request.spanId(), lead.parentId());
      assertEquals(lead.spanId(), decision.parentId());
      assertEquals(decision.spanId(), attempt.parentId());
      assertTrue(collector.spans().stream().allMatch(span -> span.traceId().equals(TRACE)));
      assertEquals("assign", decision.attributes().get("bailiwick.action"));
      assertEquals("US west", decision.attributes().get("bailiwick.rule"));
      assertEquals("Done", attempt.attributes().get("bailiwick.outcome"));
      assertFalse(collector.spans().toString().contains("acme"), "no personal data");
      RunningService.postTo(url, LEAD.formatted(2), "Prefer", "wait=20");
      RunningService.await("a trace of its own", () -> collector.named("attempt").size() == 2);
      var own = collector.named("POST /v1/leads").get(1);
      assertEquals("", own.parentId());
      assertFalse(own.traceId().equals(TRACE));
      assertEquals(0, service.stop());
    }
    List<String> log = Files.readAllLines(folder.resolve("serve.log"));
    assertTrue(
        log.stream()
            .anyMatch(line -> line.contains("assigned:") && line.contains("trace_id=\"" + TRACE)),
        () -> String.join("\n", log));
  }

  @Test
  void aTraceGoesOnWhereAnotherProcessTakesTheLeadUp() throws Exception {
    try (var collector = new SpanReceiver()) {
      Map<String, String> environment = traced(collector.url());
      try (var service = JarProcess.start(folder, environment, "serve", "--demo")) {
        // No rule is for a region without its country: it waits.
        RunningService.postTo(
            service.url(), "{\"crmId\":\"3\",\"region\":\"AK\"}", "traceparent", HEADER);
        RunningService.await("it is decided", () -> collector.named("decide").size() == 1);
        service.kill();
      }
      try (var service = JarProcess.start(folder, environment, "serve", "--demo")) {
        String url = service.url();
        String id = collector.named("lead").get(0).attributes().get("bailiwick.lead.id");
        RunningService.send(
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create(url + "/v1/leads/" + id + "/retry"))
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                .build());
        RunningService.await("it is decided again", () -> collector.named("decide").size() == 2);
        var again = collector.named("decide").get(1);
        assertEquals(TRACE, again.traceId());
        assertEquals(collector.named("lead").get(0).spanId(), again.parentId());
        assertEquals(
            new TraceParent(TRACE, collector.named("POST /v1/leads").get(0).spanId(), true)
                .ofLead(id)
                .spanId(),
            again.parentId());
      }
    }
  }

  @Test
  void aLeadThatCameUnsampledMakesNoSpans() throws Exception {
    try (var collector = new SpanReceiver();
        var service = JarProcess.start(folder, traced(collector.url()), "serve", "--demo")) {
      String url = service.url();
      String unsampled = HEADER.substring(0, HEADER.length() - 1) + "0";
      RunningService.postTo(url, LEAD.formatted(4), "traceparent", unsampled, "Prefer", "wait=20");
      RunningService.postTo(url, LEAD.formatted(5), "Prefer", "wait=20");
      RunningService.await("the other's came", () -> collector.spans().size() >= 4);
      assertTrue(collector.spans().stream().noneMatch(span -> span.traceId().equals(TRACE)));
    }
  }

  private Map<String, String> traced(String collector) {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_TRACES_ENDPOINT", collector);
    return environment;
  }

  private static SpanReceiver.Span only(List<SpanReceiver.Span> spans) {
    assertEquals(1, spans.size(), spans.toString());
    return spans.get(0);
  }
}
