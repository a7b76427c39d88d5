package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.watching.WebhookReceiver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms and lead events of the built jar, over kills and restarts. */
class AlarmsIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String LEAD = "{\"crmId\":\"%s\",\"country\":\"%s\",\"region\":\"CA\"}";

  @TempDir Path folder;

  @Test
  void anAlarmAndAnEventThatNobodyTookSurviveAKillAndArriveOnce() throws Exception {
    int port = WebhookReceiver.closedPort();
    Map<String, String> environment = told(port);
    String id;
    try (var service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      // No rule is for a region without its country: it waits, and soon longer than it may.
      id =
          RunningService.postTo(url, "{\"crmId\":\"1\",\"region\":\"AK\"}")
              .body()
              .path("id")
              .asText();
      RunningService.await(
          "the alarm stands", () -> metric(url, "bailiwick_alarms{kind=\"lead_waiting\"}") == 1);
      RunningService.await(
          "the channel is seen to fail",
          () -> RunningService.get(url, "/readyz").text().contains("channel_failing"));
      assertEquals(200, RunningService.get(url, "/readyz").status());
      assertEquals("degraded", RunningService.get(url, "/readyz").body().path("status").asText());
      service.kill();
    }
    try (var receiver = new WebhookReceiver(port);
        var service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      RunningService.await(
          "what waited arrives",
          () ->
              about(receiver, "raised", "lead_waiting").size() == 1
                  && queued(receiver).size() == 1);
      assertTrue(receiver.allSignedWith(SECRET));
      assertEquals(id, queued(receiver).get(0).body().path("subject").asText());
      var next = RunningService.postTo(url, LEAD.formatted("2", "US"), "Prefer", "wait=20");
      RunningService.await(
          "the next event comes", () -> receiver.calls("io.bailiwick.lead.assigned").size() == 1);
      assertEquals(
          next.body().path("id").asText(),
          receiver.calls("io.bailiwick.lead.assigned").get(0).body().path("subject").asText());
      RunningService.await("all is delivered", () -> metric(url, "bailiwick_notices_waiting") == 0);
      List<WebhookReceiver.Call> told = about(receiver, "raised", "lead_waiting");
      assertEquals(1, told.size(), told::toString);
      assertEquals(1, queued(receiver).size());
      assertEquals(0, service.stop());
    }
  }

  @Test
  void aRefusedTokenIsToldAndSoIsThatItWorksAgain() throws Exception {
    try (var receiver = new WebhookReceiver(0);
        var service =
            new RunningService(
                folder,
                Map.of(
                    "alarms.webhook", "http://127.0.0.1:" + receiver.port() + "/",
                    "alarms.webhook-secret", SECRET,
                    "alarms.group", "0s",
                    "alarms.look", "100ms",
                    "retry.token-pause", "1s"))) {
      service.control(
          "{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"status\",\"status\":401,\"times\":2,\"path\":\"/crm/v2/Leads\"}]}");
      service.postLead(LEAD.formatted("9", "US"));
      RunningService.await(
          "it is told", () -> about(receiver, "raised", "token_broken").size() == 1);
      RunningService.await(
          "and that it is over", () -> about(receiver, "cleared", "token_broken").size() == 1);
    }
  }

  @Test
  void driftIsToldOnceWithWhatHangsOnItAndThatItIsOver() throws Exception {
    try (var receiver = new WebhookReceiver(0);
        var service =
            new RunningService(
                folder,
                Map.of(
                    "alarms.webhook",
                    "http://127.0.0.1:" + receiver.port() + "/",
                    "alarms.webhook-secret",
                    SECRET,
                    "alarms.group",
                    "0s",
                    "alarms.look",
                    "100ms"))) {
      String id = service.postLead(LEAD.formatted("9", "US")).body().path("id").asText();
      service.awaitStatus(id, "assigned");
      // The audit of the first start may be under way, and whoever asks for one joins it.
      audit(service);
      String west = "{\"do\":\"setTerritory\",\"territory\":\"West Region\",\"apiEnabled\":%s}";
      service.control(west.formatted("false"));
      audit(service);
      RunningService.await("it is told", () -> !drift(receiver, "raised").isEmpty());
      audit(service);
      service.control(west.formatted("true"));
      audit(service);
      RunningService.await("and that it is over", () -> !drift(receiver, "cleared").isEmpty());
      assertEquals(1, drift(receiver, "raised").size());
      String detail = drift(receiver, "raised").get(0);
      assertTrue(detail.contains(".drl:") && detail.contains("leads in 7 days: 1,"), detail);
    }
  }

  /** Runs an audit to its end. */
  private static void audit(RunningService service) {
    var answer = service.post("/v1/audits", "application/json", new byte[0], "Prefer", "wait=20");
    assertEquals(200, answer.status(), answer.text());
  }

  private static List<String> drift(WebhookReceiver receiver, String state) {
    return about(receiver, state, "drift").stream()
        .flatMap(call -> StreamSupport.stream(call.body().at("/data/alarms").spliterator(), false))
        .filter(alarm -> alarm.path("subject").asText().equals("api disabled: West Region"))
        .map(alarm -> alarm.path("detail").asText())
        .toList();
  }

  @Test
  void aChannelThatIsConfiguredWronglyIsToldBeforeAnythingStarts() {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_ALARMS_WEBHOOK", "http://127.0.0.1:1/in");
    var unsigned = JarProcess.run(environment, "serve", "--demo");
    assertEquals(1, unsigned.exit());
    assertTrue(
        unsigned.err().contains("alarms.webhook needs alarms.webhook-secret"), unsigned.err());
    environment.put("BAILIWICK_ALARMS_WEBHOOK_SECRET", "whsec_tooshort");
    var bad = JarProcess.run(environment, "serve", "--demo");
    assertEquals(1, bad.exit());
    assertTrue(bad.err().contains("must be whsec_ and 24 to 64 bytes"), bad.err());
    assertFalse(bad.err().contains("tooshort"), "a secret is not shown");
  }

  /** A lead that comes before the territories are read waits for them first, and that is told. */
  private static List<WebhookReceiver.Call> queued(WebhookReceiver receiver) {
    return receiver.calls("io.bailiwick.lead.queued").stream()
        .filter(call -> call.body().at("/data/reason").asText().equals("no_match"))
        .toList();
  }

  private Map<String, String> told(int port) {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    String receiver = "http://127.0.0.1:" + port;
    environment.put("BAILIWICK_ALARMS_WEBHOOK", receiver + "/alarms");
    environment.put("BAILIWICK_ALARMS_WEBHOOK_SECRET", SECRET);
    environment.put("BAILIWICK_EVENTS_WEBHOOK", receiver + "/events");
    environment.put("BAILIWICK_EVENTS_WEBHOOK_SECRET", SECRET);
    environment.put("BAILIWICK_ALARMS_GROUP", "0s");
    environment.put("BAILIWICK_ALARMS_LOOK", "100ms");
    environment.put("BAILIWICK_ALARMS_WAITING", "1s");
    environment.put("BAILIWICK_NOTICES_RETRY_CAP", "5s");
    return environment;
  }

  private static double metric(String url, String name) {
    return RunningService.get(url, "/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<WebhookReceiver.Call> about(
      WebhookReceiver receiver, String state, String kind) {
    return receiver.calls("io.bailiwick.alarm." + state).stream()
        .filter(call -> call.body().path("subject").asText().equals(kind))
        .toList();
  }
}
