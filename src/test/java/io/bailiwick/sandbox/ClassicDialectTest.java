package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicDialectTest {

  private static final String WEST = Samples.WEST;
  private final SandboxModel model = Samples.model(false);
  private final ClassicDialect dialect = new ClassicDialect(model);

  @BeforeEach
  void add_a_lead() throws IOException {
    model.control(
        node(
            "[{'do':'addRecord','module':'Leads','id':'7'},"
                + "{'do':'addRecord','module':'Leads','id':'8'}]"));
  }

  private static JsonNode node(String text) throws IOException {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ApiAnswer call(String method, String uri, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return dialect.answer(ApiCall.of(method, uri, bytes));
  }

  private void answers(int status, String body, ApiAnswer answer) throws IOException {
    assertEquals(node(body), answer.body());
    assertEquals(status, answer.status());
  }

  @Test
  void the_seed_contracts_exchange_is_answered_to_the_letter() throws IOException {
    ApiAnswer done = call("PUT", "/crm/v2/Leads/7", "{'Territory':'" + WEST + "'}");
    assertEquals(200, done.status());
    assertEquals("SUCCESS", done.body().path("data").path(0).path("code").asText());
    answers(
        400,
        "{'code':'INVALID_DATA','details':{'api_name':'Territory'},"
            + "'message':'invalid territory id'}",
        call("PUT", "/crm/v2/Leads/7", "{'Territory':'4'}"));
    answers(
        200,
        "{'data':[{'id':'7','Territory':'" + WEST + "'}]}",
        call("GET", "/crm/v2/Leads/7", ""));
  }

  @Test
  void the_documented_form_is_answered_item_by_item() throws IOException {
    String good = "{'data':[{'Territory':'" + WEST + "','Last_Name':'Diaz'}]}";
    assertEquals(200, call("PUT", "/crm/v2/Leads/7", good).status());
    answers(
        400,
        "{'data':[{'code':'INVALID_DATA','details':{'api_name':'Territory'},"
            + "'message':'invalid territory id','status':'error'}]}",
        call("PUT", "/crm/v2/Leads/7", "{'data':[{'Territory':'nonsense'}]}"));
  }

  @Test
  void the_list_is_bare_unless_pages_are_asked_for() throws IOException {
    JsonNode bare = call("GET", "/crm/v2/settings/territories", "").body();
    assertTrue(bare.isArray());
    assertEquals(
        node(
            "{'id':'"
                + WEST
                + "','name':'West Region','status':'Active','api_enabled':true,"
                + "'created_time':'2024-01-01T00:00:00Z','parent_id':'1',"
                + "'manager':{'name':'Pat'}}"),
        bare.get(1));
    JsonNode page = call("GET", "/crm/v2/settings/territories?page=2&per_page=2", "").body();
    assertEquals(node("{'per_page':2,'count':1,'page':2,'more_records':false}"), page.path("info"));
    assertEquals(204, call("GET", "/crm/v2/settings/territories?page=3&per_page=2", "").status());
    for (String wrong : new String[] {"page=0", "page=x", "per_page=201", "per_page=-1"}) {
      assertEquals(400, call("GET", "/crm/v2/settings/territories?" + wrong, "").status());
    }
  }

  @Test
  void the_user_its_territories_and_its_profile_are_told() throws IOException {
    JsonNode user = call("GET", "/crm/v2/users?type=CurrentUser", "").body().path("users").path(0);
    assertEquals("77", user.path("id").asText());
    JsonNode own = call("GET", "/crm/v2/users/77/territories", "").body().path("territories");
    assertEquals(node("[{'id':'1','Name':'Root','Reporting_To':null,'Manager':null}]"), own);
    String profile = "/crm/v2/settings/profiles/" + user.path("profile").path("id").asText();
    JsonNode permissions =
        call("GET", profile, "").body().path("profiles").path(0).path("permissions_details");
    assertEquals("Manage Territories", permissions.path(1).path("display_label").asText());
    assertTrue(permissions.path(1).path("enabled").asBoolean());
    assertEquals(400, call("GET", "/crm/v2/users/78/territories", "").status());
    assertEquals(400, call("GET", "/crm/v2/settings/profiles/1", "").status());
  }

  @Test
  void a_bulk_of_good_records_is_200_and_a_mixed_one_207_with_an_item_for_each() {
    String good = "{'id':'7','Territory':'" + WEST + "'}";
    assertEquals(200, call("PUT", "/crm/v2/Leads", "{'data':[" + good + "]}").status());
    String mixed =
        "{'data':["
            + good
            + ",{'id':'8','Territory':'4'},{'id':'404','Territory':'1'},{'Territory':'1'},7]}";
    ApiAnswer answer = call("PUT", "/crm/v2/Leads", mixed);
    assertEquals(207, answer.status());
    JsonNode items = answer.body().path("data");
    assertEquals(5, items.size());
    assertEquals("SUCCESS", items.path(0).path("code").asText());
    assertEquals("7", items.path(0).path("details").path("id").asText());
    assertEquals("invalid territory id", items.path(1).path("message").asText());
    assertEquals("8", items.path(1).path("details").path("id").asText());
    assertEquals("$.data[2].id", items.path(2).path("details").path("json_path").asText());
    assertEquals("404", items.path(2).path("details").path("id").asText());
    assertEquals("MANDATORY_NOT_FOUND", items.path(3).path("code").asText());
    assertEquals("MANDATORY_NOT_FOUND", items.path(4).path("code").asText());
  }

  @Test
  void more_than_a_hundred_records_are_refused_together() {
    String item = "{'id':'7','Territory':'" + WEST + "'}";
    String hundred = "{'data':[" + (item + ",").repeat(99) + item + "]}";
    assertEquals(200, call("PUT", "/crm/v2/Leads", hundred).status());
    String more = "{'data':[" + (item + ",").repeat(100) + item + "]}";
    ApiAnswer answer = call("PUT", "/crm/v2/Leads", more);
    assertEquals(400, answer.status());
    assertEquals("LIMIT_EXCEEDED", answer.body().path("code").asText());
    assertEquals(100, model.writes(null, null, 0, 1).path("total").asInt());
  }

  @Test
  void unknown_fields_are_ignored_with_success() {
    ApiAnswer answer = call("PUT", "/crm/v2/Leads/7", "{'Teritory':'" + WEST + "'}");
    assertEquals("SUCCESS", answer.body().path("data").path(0).path("code").asText());
    assertTrue(model.territoryOf("Leads", "7").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "7",
        "null",
        "{}",
        "{'data':7}",
        "{'data':[]}",
        "{'data':[7]}",
        "{'data':[{},{}]}",
        "{'Territory':7}",
        "{'Territory':{}}",
        "{'Territory':''}",
        "{'Territory':'1','Territory':'1'}",
        "{'data':[{'Territory':[]}]}"
      })
  void a_body_that_is_none_is_refused_with_a_code(String body) {
    ApiAnswer answer = call("PUT", "/crm/v2/Leads/7", body);
    assertEquals(400, answer.status());
    JsonNode item = answer.body().path("data").path(0);
    assertTrue((item.isMissingNode() ? answer.body() : item).path("code").isTextual());
    assertTrue(model.territoryOf("Leads", "7").isEmpty());
  }

  @Test
  void wrong_addresses_and_methods_are_refused_as_zoho_does() {
    assertEquals("INVALID_URL_PATTERN", code(404, call("GET", "/crm/v9/Leads/7", "")));
    assertEquals("INVALID_URL_PATTERN", code(404, call("GET", "/crm/v2/Leads/7/x", "")));
    assertEquals("INVALID_URL_PATTERN", code(404, call("GET", "/crm/v2/settings/x", "")));
    assertEquals("INVALID_REQUEST_METHOD", code(400, call("DELETE", "/crm/v2/Leads/7", "")));
    assertEquals("INVALID_REQUEST_METHOD", code(400, call("POST", "/crm/v2/users", "")));
    assertEquals("INVALID_MODULE", code(400, call("PUT", "/crm/v2/Cases/7", "{}")));
    assertEquals("INVALID_DATA", code(400, call("PUT", "/crm/v2/Leads/404", "{'x':1}")));
    assertNull(call("GET", "/crm/v2/Leads/404", "").body());
  }

  private static String code(int status, ApiAnswer answer) {
    assertEquals(status, answer.status());
    return answer.body().path("code").asText();
  }

  @Test
  void no_input_whatever_is_answered_500() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("dialect seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    String[] methods = "GET PUT POST DELETE PATCH HEAD X".split(" ", -1);
    String[] segments =
        "crm v2 Leads Accounts settings territories profiles users 7 %37 %2F .. \u00e9 77 {id}  "
            .split(" ", -1);
    String[] parts =
        "{ } [ ] : , 'data' 'id' 'Territory' '7' '1' 7 null true -1e9999 '\\u0000' 'x'"
            .split(" ", -1);
    for (int i = 0; i < 100_000; i++) {
      var uri = new StringBuilder(random.nextInt(4) == 0 ? "" : "/crm/v2");
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        uri.append('/').append(segments[random.nextInt(segments.length)]);
      }
      uri.append(random.nextInt(3) == 0 ? "?page=" + random.nextInt(5) + "&per_page=7&&=&a" : "");
      var body = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        body.append(parts[random.nextInt(parts.length)]);
      }
      String method = methods[random.nextInt(methods.length)];
      ApiAnswer answer = call(method, uri.toString(), body.toString());
      assertTrue(answer.status() < 500, () -> "seed " + seed + ": " + uri + " " + body);
    }
  }
}
