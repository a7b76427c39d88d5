package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.LeadField;
import io.bailiwick.service.RunningService.Answer;
import io.bailiwick.watching.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Canary values in every field of many leads, through every path of the built jar, failures
 * included: none turns up where no person belongs, and after erasing none is in the journal's
 * files. {@code -Dcanaries=10000} for more of them.
 */
class PersonalDataIT {

  private static final int LEADS = Integer.getInteger("canaries", 1_000);
  private static final int BATCH = 100;

  /** So many leads have one address. */
  private static final int OF_ONE = 20;

  /** Seven digits that name a lead, wherever they turn up. */
  private static final Pattern CANARY = Pattern.compile("(?i)cnry\\d{7}");

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLjSsdGVzdA==";
  private static final String TOKEN = "sandbox-token";

  @TempDir Path folder;

  /** What was seen where no person belongs, by where. */
  private final Map<String, StringBuilder> seen = new HashMap<>();

  private final TreeSet<String> ids = new TreeSet<>();

  @Test
  void noPersonIsToldWhereNoneBelongsAndAnErasedOneIsInNoFile() throws Exception {
    try (var receiver = new WebhookReceiver(0);
        var collector = new SpanReceiver();
        var sandbox = JarProcess.sandbox(folder)) {
      String crm = sandbox.url();
      run(crm, receiver, collector);
    }
    assertEquals(List.of(), canaries(), "in the journal's files when it was killed");
    see("the log", Files.readString(folder.resolve("serve.log")));
    assertTrue(seen.get("the log").length() > LEADS * 100, "the log is there");
    assertTrue(seen.get("webhooks").length() > LEADS, "and so are events");
    assertTrue(seen.get("spans").length() > LEADS, "and spans");
    seen.forEach(
        (where, text) -> {
          Matcher found = CANARY.matcher(text);
          assertTrue(
              !found.find(), () -> where + ": …" + around(text.toString(), found.start()) + "…");
          assertTrue(where.equals("a wrong token") || !text.toString().contains(TOKEN), where);
        });
    System.out.printf("canaries: %,d leads, none told, none left%n", ids.size());
  }

  private void run(String crm, WebhookReceiver receiver, SpanReceiver collector) throws Exception {
    try (var service = JarProcess.start(folder, environment(crm, receiver, collector), "serve")) {
      String url = service.url();
      RunningService.await("territories", () -> get(url, "/v1/territories").body().has("snapshot"));
      trouble(crm);
      post(url);
      stillness(url, "all had their way");
      hands(url);
      refusals(url);
      RunningService.await("spans", () -> !collector.named("attempt").isEmpty());
      for (String path : List.of("/metrics", "/readyz", "/v1/rules", "/v1/jobs", "/v1/audits")) {
        see(path, get(url, path).text());
      }
      see("a shadow", get(url, "/v1/rules/shadow").text());
      erase(url);
      see("spans", collector.spans().toString());
      receiver.calls().forEach(call -> see("webhooks", call.body().toString()));
      assertEquals(List.of(), canaries(), "in the journal's files while it runs");
      see("metrics afterwards", get(url, "/metrics").text());
      service.kill();
    }
  }

  /** Every kind of failure that the pretend CRM has. */
  private static void trouble(String crm) {
    String faults =
        """
        {"do":"setFaults","faults":[
          {"kind":"status","status":500,"share":0.05,"path":"/crm/v2/Leads"},
          {"kind":"status","status":400,"share":0.05,"path":"/crm/v2/Leads"},
          {"kind":"status","status":404,"share":0.02,"path":"/crm/v2/Leads"},
          {"kind":"status","status":401,"times":2,"path":"/crm/v2/Leads"},
          {"kind":"invalidTerritory","share":0.05},{"kind":"ignoreWrite","share":0.02},
          {"kind":"reset","share":0.03},{"kind":"lostAnswer","share":0.01},
          {"kind":"garbage","share":0.03}]}""";
    Answer answer = RunningService.send("POST", crm + "/sandbox/control", faults);
    assertEquals(200, answer.status(), answer.text());
  }

  private void post(String url) {
    for (int from = 0; from < LEADS; from += BATCH) {
      var lines = new StringBuilder();
      for (int number = from; number < Math.min(LEADS, from + BATCH); number++) {
        lines.append(Json.write(lead(number))).append('\n');
      }
      Answer answer =
          send(
              url,
              "POST",
              "/v1/leads",
              lines.toString(),
              "Content-Type",
              "application/x-ndjson",
              "Idempotency-Key",
              canary(from) + "@x.example");
      assertEquals(202, answer.status(), answer.text());
      answer.body().path("leads").forEach(lead -> ids.add(lead.path("id").asText()));
    }
    assertEquals(LEADS, ids.size());
  }

  /** Some are assigned, some match no rule, some wait for a territory that is not ready. */
  private static ObjectNode lead(int number) {
    String canary = canary(number);
    ObjectNode lead = Json.mapper().createObjectNode();
    for (LeadField field : LeadField.values()) {
      switch (field) {
        case CRM_ID -> lead.put("crmId", "r" + number);
        case MODULE, REVISION -> {}
        case EMAIL -> lead.put("email", email(number));
        case COUNTRY -> lead.put("country", List.of("US", "US", "DE", canary).get(number % 4));
        case REGION -> lead.put("region", number % 4 == 3 ? canary : "CA");
        case EMPLOYEES, ANNUAL_REVENUE -> lead.put(field.wireName(), canary + " people");
        case LANGUAGE -> lead.put("language", canary);
        case SOURCE,
            FIRST_NAME,
            LAST_NAME,
            PHONE,
            COMPANY,
            WEBSITE,
            CITY,
            POSTAL_CODE,
            INDUSTRY,
            PRODUCT,
            CAMPAIGN ->
            lead.put(field.wireName(), canary);
      }
    }
    lead.put("Unknown_Field", canary);
    lead.putObject("attributes").put("note", "ask for " + canary);
    return lead;
  }

  /** By hand, with a replay and decisions that nobody keeps. */
  private void hands(String url) {
    String filter = "{\"filter\":{\"status\":\"%s\"},\"per_second\":1000,\"who\":\"ana\"}";
    see("a job", send(url, "POST", "/v1/retries", filter.formatted("parked")).text());
    see("a job", send(url, "POST", "/v1/retries", filter.formatted("queued")).text());
    patiently("jobs are done", () -> !get(url, "/v1/jobs").text().contains("running"), () -> "");
    see("a decision", send(url, "POST", "/v1/decisions", Json.write(lead(7))).text());
    see("a rehearsal", send(url, "POST", "/v1/erasures", wish(0, true)).text());
    stillness(url, "all had their way again");
  }

  /** Bodies of which each is refused, with a canary in each. */
  private void refusals(String url) {
    String canary = canary(1);
    List<String> bodies =
        List.of(
            "{\"crmId\":\"1\",\"email\":[\"" + canary + "\"]}",
            "{\"crmId\":\"1\",\"email\":\"" + canary.repeat(40) + "\"}",
            "{\"crmId\":\"" + canary + " !\"}",
            "{\"crmId\":\"1\",\"module\":\"" + canary + "\"}",
            "{\"crmId\":\"1\",\"revision\":\"" + canary + "\"}",
            "{\"crmId\":\"1\",\"phone\":{\"" + canary + "\":1}}",
            "{\"crmId\":\"1\",\"email\":" + canary + "}",
            "{\"crmId\":\"1\",\"email\":\"" + canary,
            canary,
            "{\"email\":\"" + canary + "@x.example\"}");
    for (String body : bodies) {
      Answer answer = send(url, "POST", "/v1/leads", body);
      assertTrue(answer.status() >= 400 && answer.status() < 500, answer.text());
      see("a refusal", answer.text());
      see("a refusal", send(url, "POST", "/v1/decisions", body).text());
      see("a refusal", send(url, "POST", "/v1/erasures", body).text());
    }
    see(
        "a refusal",
        send(url, "POST", "/v1/leads", canary, "Content-Type", "text/" + canary).text());
    see("a refusal", get(url, "/v1/leads/" + canary).text());
    see("a refusal", get(url, "/v1/leads?status=" + canary).text());
    String key = canary(0) + "@x.example";
    Answer reused = send(url, "POST", "/v1/leads", "{\"crmId\":\"1\"}", "Idempotency-Key", key);
    assertEquals(422, reused.status(), reused.text());
    see("a refusal", reused.text());
  }

  /** Half by lead, half by address. */
  private void erase(String url) {
    List<String> half = ids.stream().limit(LEADS / 20).toList();
    for (String id : half) {
      see("an erasure", send(url, "DELETE", "/v1/leads/" + id, "{\"who\":\"ana\"}").text());
    }
    for (int number = 0; number < LEADS; number += OF_ONE) {
      int one = number;
      RunningService.await(
          "erased " + number,
          () -> {
            Answer answer = send(url, "POST", "/v1/erasures", wish(one, false));
            assertEquals(200, answer.status(), answer.text());
            see("an erasure", answer.text());
            return answer.body().path("being_sent").isEmpty()
                && answer.body().path("gone").asBoolean();
          });
    }
    JsonNode left = get(url, "/v1/leads?status=parked").body().path("leads");
    assertEquals(0, left.size(), left.toString());
  }

  private static String wish(int number, boolean dry) {
    return "{\"email\":\"%s\",\"who\":\"ana\",\"dry_run\":%s}".formatted(email(number), dry);
  }

  private static String email(int number) {
    return canary(number / OF_ONE * OF_ONE) + "@x.example";
  }

  private static String canary(int number) {
    return "Cnry%07d".formatted(number);
  }

  private static int moving(String url) {
    int moving = 0;
    for (String status : List.of("accepted", "decided", "sending")) {
      moving += get(url, "/v1/leads?limit=1&status=" + status).body().path("leads").size();
    }
    return moving;
  }

  /** A lead may change places between two questions: it is still when nobody moves five times. */
  private static void stillness(String url, String what) {
    patiently(
        what,
        () -> IntStream.range(0, 5).allMatch(look -> moving(url) == 0),
        () -> get(url, "/v1/leads?limit=3&status=sending").text() + get(url, "/readyz").text());
  }

  /** Longer, the more leads there are; what there is instead is told where it was in vain. */
  private static void patiently(String what, BooleanSupplier condition, Supplier<String> instead) {
    long end = System.nanoTime() + RunningService.PATIENCE.toNanos() * Math.max(1, LEADS / 1_000);
    boolean met = condition.getAsBoolean();
    while (!met && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
      met = condition.getAsBoolean();
    }
    assertTrue(met, () -> what + " in vain: " + instead.get());
  }

  private void see(String where, String text) {
    seen.computeIfAbsent(where, name -> new StringBuilder()).append(text).append('\n');
  }

  /** The canaries in every file that belongs to the journal. */
  private List<String> canaries() throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.list(folder.resolve("data"))) {
      for (Path file : files.toList()) {
        Matcher canary = CANARY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        while (canary.find()) {
          found.add(file.getFileName() + " " + canary.group());
        }
      }
    }
    return found;
  }

  private static String around(String text, int place) {
    return text.substring(Math.max(0, place - 200), Math.min(text.length(), place + 100));
  }

  private static Answer get(String url, String path) {
    return RunningService.get(url, path);
  }

  private static Answer send(
      String url, String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    return RunningService.send(request.build());
  }

  private Map<String, String> environment(
      String crm, WebhookReceiver receiver, SpanReceiver collector) {
    String hook = "http://127.0.0.1:" + receiver.port() + "/";
    Map<String, String> environment = new HashMap<>();
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_TOKEN", TOKEN);
    environment.put("BAILIWICK_CRM_DEADLINE", "2s");
    environment.put("BAILIWICK_HTTP_PORT", "0");
    environment.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("data/journal.db"));
    environment.put("BAILIWICK_RULES_DIR", "src/test/resources/desk/rules");
    environment.put("BAILIWICK_FIXTURES_DIR", "src/test/resources/desk/fixtures");
    environment.put("BAILIWICK_RETRY_BASE", "50ms");
    environment.put("BAILIWICK_RETRY_CAP", "500ms");
    environment.put("BAILIWICK_RETRY_ATTEMPTS", "4");
    environment.put("BAILIWICK_RETRY_TOKEN_PAUSE", "1s");
    environment.put("BAILIWICK_TRACES_ENDPOINT", collector.url());
    environment.put("BAILIWICK_ALARMS_WEBHOOK", hook);
    environment.put("BAILIWICK_ALARMS_WEBHOOK_SECRET", SECRET);
    environment.put("BAILIWICK_ALARMS_GROUP", "0s");
    environment.put("BAILIWICK_ALARMS_LOOK", "100ms");
    environment.put("BAILIWICK_EVENTS_WEBHOOK", hook);
    environment.put("BAILIWICK_EVENTS_WEBHOOK_SECRET", SECRET);
    return environment;
  }
}
