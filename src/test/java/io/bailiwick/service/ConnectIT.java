package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.service.JarProcess.Ended;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that lets Bailiwick in, on the built jar, against the sandbox's accounts server. */
class ConnectIT extends OAuthGround {

  private static final String ALARM_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @TempDir Path folder;

  @Test
  void aDeadRefreshTokenPausesSendingWithOneAlarmAndConnectMendsItWithoutARestart()
      throws Exception {
    assertEquals(0, connect(code()).exit());
    try (var receiver = new WebhookReceiver(0);
        var service = new RunningService(folder, watchedBy(receiver), false)) {
      assertEquals("assigned", status(service, posted(service, 1), "assigned"));
      order("{\"do\":\"removeRefreshToken\"}");
      order("{\"do\":\"expireTokens\"}");
      String waits = posted(service, 2);
      assertEquals("queued", status(service, waits, "queued"));
      JsonNode lead = service.lead(waits);
      assertEquals("crm_paused", lead.path("reason").asText(), lead::toString);
      assertEquals(0, lead.path("attempts").asInt(), "no attempt is spent");
      String also = posted(service, 3);
      RunningService.await("it is told", () -> !alarms(receiver, "raised").isEmpty());
      Ended mended = connect(code());
      assertEquals(0, mended.exit(), mended.err());
      service.awaitStatus(waits, "assigned");
      service.awaitStatus(also, "assigned");
      RunningService.await("that it is over", () -> !alarms(receiver, "cleared").isEmpty());
      List<JsonNode> raised = alarms(receiver, "raised");
      assertEquals(1, raised.size(), raised::toString);
      JsonNode alarm = raised.get(0).at("/data/alarms/0");
      assertTrue(alarm.path("detail").asText().contains("(invalid_code)"), alarm::toString);
      assertTrue(alarm.path("advice").asText().contains("bailiwick connect"), alarm::toString);
    }
  }

  @Test
  void whatConnectKeepsIsInNoFileInClearAndItSaysAsWhomAndWhatToSeeTo() throws IOException {
    Ended ended = connect(code());
    assertEquals(0, ended.exit(), ended.err());
    String out = ended.out();
    assertTrue(out.contains("Connected as Integration User (profile Integration)"), out);
    assertTrue(out.contains("https://api-console.zoho.com"), out);
    assertTrue(out.contains("ZohoCRM.settings.territories.READ"), out);
    assertTrue(out.contains("Assignment Rules"), out);
    assertTrue(out.contains("for 1,000 leads"), out);
    assertFalse((out + ended.err()).contains(SECRET), "no secret is said");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().contains("demo.db")).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SECRET), file.toString());
      }
    }
  }

  @Test
  void aScriptIsAnsweredOneObjectWithoutASecret() throws IOException {
    Ended guide = JarProcess.run(environment(), "connect", "--guide", "--json");
    assertEquals(0, guide.exit(), guide.err());
    JsonNode told = Json.mapper().readTree(guide.out());
    assertEquals("ZohoCRM.modules.leads.ALL", told.at("/scopes/0").asText());
    assertEquals("https://api-console.zoho.com", told.path("console").asText());
    Ended ended = connect(code(), "--json");
    assertEquals(0, ended.exit(), ended.err());
    JsonNode connected = Json.mapper().readTree(ended.out());
    assertEquals("connected", connected.path("status").asText());
    assertEquals("Integration User", connected.path("user").asText());
    assertEquals(crm, connected.path("api").asText());
    assertTrue(connected.path("callsADay").asLong() > 1_000, connected::toString);
    assertTrue(connected.path("advice").isMissingNode(), connected::toString);
    assertFalse((ended.out() + ended.err()).contains(SECRET), "no secret is said");
    assertTrue(ended.err().contains("Generate Code"), "a person is still guided");
  }

  @Test
  void withoutATerminalAndOptionsStandardInputGivesALineEach() throws IOException {
    String lines = CLIENT + "\n" + SECRET + "\n" + code() + "\n";
    assertEquals(0, JarProcess.fed(environment(), lines, "connect").exit());
    Ended incomplete = JarProcess.fed(environment(), CLIENT + "\n" + SECRET + "\n", "connect");
    assertEquals(1, incomplete.exit());
    assertTrue(incomplete.err().contains("code is missing"), incomplete.err());
  }

  @Test
  void eachWrongAnswerIsToldWithWhatToDoAndNothingIsKept() throws IOException {
    Ended code = connect("1000.none");
    assertEquals(1, code.exit());
    assertTrue(code.err().contains("invalid_code") && code.err().contains("make a new one"));
    String lines = CLIENT + "\nwrong\n" + code() + "\n";
    Ended secret = JarProcess.fed(environment(), lines, "connect");
    assertEquals(1, secret.exit());
    assertTrue(secret.err().contains("invalid_client_secret"), secret.err());
    Ended serve = JarProcess.run(environment(), "serve");
    assertEquals(1, serve.exit());
    assertTrue(serve.err().contains("run bailiwick connect"), serve.err());
    Map<String, String> fixed = environment();
    fixed.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    Ended useless = JarProcess.fed(fixed, lines, "connect");
    assertEquals(1, useless.exit());
    assertTrue(useless.err().contains("crm.token is configured"), useless.err());
    assertEquals(64, JarProcess.run(environment(), "connect", "--data-centre", "mars").exit());
  }

  @Test
  void aTokenWithoutAScopeIsKeptAndToldByItsMeaning() throws IOException {
    String narrow = "ZohoCRM.users.READ,ZohoCRM.modules.leads.ALL";
    Ended ended = connect(code(",\"scopes\":\"" + narrow + "\""));
    assertEquals(3, ended.exit(), ended.err());
    String out = ended.out();
    assertTrue(
        out.contains(
            "the territories could not be read: the CRM answered 401 OAUTH_SCOPE_MISMATCH: the"
                + " token lacks a scope for this call"),
        out);
    assertTrue(out.contains("Connected as Integration User"), out);
  }

  private Ended connect(String code, String... more) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    Path file = Files.writeString(folder.resolve("code"), code + "\n");
    List<String> words =
        new ArrayList<>(List.of("connect", "--client-id", CLIENT, "--code-file", file.toString()));
    words.addAll(List.of("--client-secret-file", secret.toString()));
    words.addAll(List.of(more));
    return JarProcess.run(environment(), words.toArray(String[]::new));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_CRM_BASE_URL", crm);
    environment.put("BAILIWICK_CRM_ACCOUNTS_URL", crm);
    return environment;
  }

  private Map<String, String> watchedBy(WebhookReceiver receiver) {
    Map<String, String> more = toTheSandbox();
    more.put("alarms.webhook", "http://127.0.0.1:" + receiver.port() + "/");
    more.put("alarms.webhook-secret", ALARM_SECRET);
    more.put("alarms.group", "0s");
    more.put("alarms.look", "100ms");
    return more;
  }

  private static List<JsonNode> alarms(WebhookReceiver receiver, String state) {
    return receiver.calls("io.bailiwick.alarm." + state).stream()
        .map(WebhookReceiver.Call::body)
        .filter(body -> body.path("subject").asText().equals("token_broken"))
        .toList();
  }

  /** A lead that is accepted, whatever the CRM says. */
  private static String posted(RunningService service, int crmId) {
    var answer = service.postLead(OAuthIT.lead(crmId));
    assertEquals(202, answer.status(), answer.text());
    return answer.body().path("id").asText();
  }

  private static String status(RunningService service, String id, String status) {
    return service.awaitStatus(id, status).path("status").asText();
  }

  private String code() {
    return code("");
  }

  /** As "Generate Code" of the console gives it. */
  private String code(String more) {
    return order("{\"do\":\"addGrantCode\"" + more + "}").path("code").asText();
  }

  private JsonNode order(String command) {
    var answer =
        RunningService.send(
            HttpRequest.newBuilder(URI.create(crm + "/sandbox/control"))
                .POST(BodyPublishers.ofString(command))
                .build());
    assertEquals(200, answer.status(), answer.text());
    return answer.body();
  }
}
