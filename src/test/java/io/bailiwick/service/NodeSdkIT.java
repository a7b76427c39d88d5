package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.wire.CrmDescription;
import io.bailiwick.wire.Exchange;
import io.bailiwick.wire.WireTap;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Zoho's own client library for Node, unmodified, against the built jar's sandbox: what it makes of
 * the answers is what it would make of Zoho's. {@code src/test/node/zoho-sdk/walk.mjs} is the
 * program.
 */
@Timeout(120)
class NodeSdkIT {

  private static final Path WALK = Path.of("src/test/node/zoho-sdk");
  private static final String WEST = "3652397000001234567";
  private static final String CENTRAL = "3652397000001234568";
  private static final String USER = "3652397000000186017";
  private static final List<String> LEADS = List.of("9001", "9002", "9003");

  @TempDir Path folder;
  private JarProcess sandbox;
  private WireTap tap;
  private String direct;
  private String url;

  @BeforeEach
  void start() throws Exception {
    Programs.need("node");
    Assumptions.assumeTrue(
        Files.isDirectory(WALK.resolve("node_modules/@zohocrm/nodejs-sdk-8.0")),
        "Zoho's library is not installed: npm ci --prefix " + WALK);
    sandbox = JarProcess.start(folder, Map.of(), "sandbox", "--port", "0");
    direct = sandbox.url();
    tap = new WireTap(URI.create(direct).getPort());
    url = "http://127.0.0.1:" + tap.port();
    for (String lead : LEADS) {
      order("{\"do\":\"addRecord\",\"module\":\"Leads\",\"id\":\"" + lead + "\"}");
    }
  }

  @AfterEach
  void stop() {
    if (sandbox != null) {
      sandbox.close();
      tap.close();
      var described = new CrmDescription();
      List<Exchange> said = tap.exchanges();
      assertTrue(said.size() > 3, "calls went over the wire");
      assertEquals(List.of(), said.stream().flatMap(one -> described.flaws(one).stream()).toList());
    }
  }

  @Test
  void itReadsTerritoriesPageByPageTheirUsersAndWhoIsInThem() throws Exception {
    var told =
        walk(
            "organisation",
            "territories",
            "usersOfTerritory",
            "usersOfNoTerritory",
            "territoriesOfUser",
            "territoriesOfNobody",
            "fields");
    assertEquals("Bailiwick Sandbox", told.get("organisation").path("name").asText());
    JsonNode found = told.get("territories").path("found");
    assertTrue(told.get("territories").path("pages").asInt() > 2, "several pages");
    JsonNode fixtures =
        Json.read(Files.readAllBytes(Path.of("fixtures/territories.json"))).path("territories");
    assertEquals(fixtures.size(), found.size());
    for (int i = 0; i < fixtures.size(); i++) {
      assertEquals(fixtures.get(i).path("id"), found.get(i).path("id"));
      assertEquals(fixtures.get(i).path("name"), found.get(i).path("name"));
      assertEquals(fixtures.get(i).path("parentId"), found.get(i).path("parent"));
      assertEquals(fixtures.get(i).path("manager"), found.get(i).path("manager"));
    }
    assertEquals(json("[\"West lead\"]"), told.get("usersOfTerritory"));
    assertEquals(json("[\"Global Sales\"]"), told.get("territoriesOfUser"));
    refused(
        told.get("usersOfNoTerritory"),
        "INVALID_DATA",
        "the given id given seems to be invalid",
        "{\"resource_path_index\":2}");
    refused(
        told.get("territoriesOfNobody"),
        "INVALID_DATA",
        "the related id given seems to be invalid",
        "{\"resource_path_index\":1}");
    assertEquals(json("[\"Last_Name\"]"), told.get("fields"));
  }

  @Test
  void itUpdatesALeadAndAssignsTerritoriesAtOnce() throws Exception {
    order("{\"do\":\"setAssigning\",\"delay\":null}");
    var told = walk("update", "assign", "read", "assignMany", "remove");
    JsonNode updated = told.get("update");
    assertEquals(200, updated.path("status").asInt());
    assertEquals("SUCCESS", updated.at("/items/0/code").asText());
    assertEquals("record updated", updated.at("/items/0/message").asText());
    assertEquals("9001", updated.at("/items/0/details/id").asText());
    assigned(told.get("assign"), 200, "SUCCESS", 1);
    assigned(told.get("assignMany"), 200, "SUCCESS", 2);
    assigned(told.get("remove"), 200, "SUCCESS", 1);
    assertEquals(json("{\"name\":\"Daly\",\"territories\":[\"West Region\"]}"), told.get("read"));
    JsonNode writes = seen("/sandbox/writes?module=Leads&id=9001").path("writes");
    assertEquals("[updated, written, removed]", writes.findValuesAsText("result").toString());
    assertEquals(json("{\"trigger\":[]}"), writes.path(0).path("options"));
  }

  @Test
  void itAssignsTerritoriesThatAreScheduledAndShownWhenTheJobIsDone() throws Exception {
    order("{\"do\":\"setAssigning\",\"delay\":\"PT1H\"}");
    var told = walk("update", "assign", "read", "assignMany");
    assigned(told.get("assign"), 202, "SCHEDULED", 1);
    assigned(told.get("assignMany"), 202, "SCHEDULED", 2);
    assertEquals(json("[]"), told.get("read").path("territories"));
    refused(walk("assign").get("assign"), "ALREADY_SCHEDULED", null, null);
    order("{\"do\":\"moveClock\",\"by\":\"PT1H\"}");
    assertEquals(json("[\"West Region\"]"), walk("read").get("read").path("territories"));
  }

  @Test
  void itGetsTheDocumentedErrors() throws Exception {
    order("{\"do\":\"setAssigning\",\"delay\":null}");
    String again = "Given Territory already exists for that record";
    var told = walk("assign", "assignInvalid", "assignNoRecord", "assignMixed", "wrongModule");
    String invalid = "the id given seems to be invalid";
    String place = "{\"api_name\":\"id\",\"json_path\":\"$.data[0].Territories[0].id\"}";
    refused(told.get("assignInvalid"), "INVALID_DATA", invalid, place);
    refused(
        told.get("assignNoRecord"),
        "INVALID_DATA",
        "The record Id given seems to be invalid",
        "{\"resource_path_index\":1}");
    JsonNode mixed = told.get("assignMixed");
    assertEquals(207, mixed.path("status").asInt());
    assertEquals("INVALID_DATA", mixed.at("/items/0/code").asText());
    assertEquals("SUCCESS", mixed.at("/items/1/code").asText());
    // The library reads the fields of a module first, so it hears of a wrong one there.
    assertEquals("INVALID_MODULE", told.get("wrongModule").at("/thrown/details/code").asText());
    refused(walk("assign").get("assign"), "DUPLICATE_DATA", again, place);
    order("{\"do\":\"setFeature\",\"territories\":false}");
    var off = walk("territories", "assign");
    for (String step : List.of("territories", "assign")) {
      String message = "Territory Management is not enabled";
      refused(off.get(step), "FEATURE_NOT_ENABLED", message, "{}");
    }
  }

  private static void assigned(JsonNode told, int status, String code, int items) {
    assertEquals(status, told.path("status").asInt(), told::toString);
    assertEquals(items, told.path("items").size());
    for (JsonNode item : told.path("items")) {
      assertEquals(code, item.path("code").asText());
      assertEquals("success", item.path("status").asText());
      assertTrue(LEADS.contains(item.at("/details/id").asText()), item::toString);
    }
  }

  private static void refused(JsonNode told, String code, String message, String details) {
    assertEquals(400, told.path("status").asInt(), told::toString);
    JsonNode item = told.path("items").path(0);
    assertEquals(code, item.path("code").asText());
    assertEquals("error", item.path("status").asText());
    if (message != null) {
      assertEquals(message, item.path("message").asText());
      assertEquals(json(details), item.path("details"));
    }
  }

  /** Runs these steps and answers what the library told of each. */
  private Map<String, JsonNode> walk(String... steps) throws Exception {
    ObjectNode plan = Json.mapper().createObjectNode();
    plan.put("territory", WEST).put("other", CENTRAL).put("user", USER).put("perPage", 7);
    ArrayNode leads = plan.putArray("leads");
    LEADS.forEach(leads::add);
    List.of(steps).forEach(plan.putArray("steps")::add);
    Path own = Files.createTempDirectory(folder, "sdk");
    String out =
        Programs.run(
            Map.of(),
            "node",
            WALK.resolve("walk.mjs").toString(),
            url,
            own.toString(),
            plan.toString());
    Map<String, JsonNode> told = new HashMap<>();
    JsonNode results = RunningService.json(out);
    assertTrue(results.isArray(), out);
    for (JsonNode result : results) {
      JsonNode value = result.has("told") ? result.get("told") : result;
      told.put(result.path("step").asText(), value);
    }
    assertEquals(steps.length, told.size());
    return told;
  }

  private void order(String order) {
    var request =
        HttpRequest.newBuilder(URI.create(direct + "/sandbox/control"))
            .POST(BodyPublishers.ofString(order))
            .build();
    RunningService.Answer answer = RunningService.send(request);
    assertEquals(200, answer.status(), answer::text);
  }

  private JsonNode seen(String path) {
    return RunningService.get(direct, path).body();
  }

  private static JsonNode json(String text) {
    return RunningService.json(text);
  }
}
