package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class V8DialectTest {

  private static final String WEST = Samples.WEST;
  private static final String ACTION = "/actions/assign_territories";
  private final SandboxModel model = Samples.model(false);
  private final V8Dialect dialect = new V8Dialect(model);

  @BeforeEach
  void add_leads_and_assign_at_once() throws IOException {
    control(
        "[{'do':'addRecord','module':'Leads','id':'7'},"
            + "{'do':'addRecord','module':'Leads','id':'8'},"
            + "{'do':'setAssigning','delay':null}]");
  }

  private void control(String commands) throws IOException {
    model.control(node(commands));
  }

  private static JsonNode node(String text) throws IOException {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ApiAnswer call(String method, String uri, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return dialect.answer(ApiCall.of(method, "/crm/v8/" + uri, bytes));
  }

  private ApiAnswer assign(String id, String territory) {
    String body = "{'data':[{'Territories':[{'id':'" + territory + "'}]}]}";
    return call("POST", "Leads/" + id + ACTION, body);
  }

  private static void answers(int status, String body, ApiAnswer answer) throws IOException {
    assertEquals(node(body), answer.body());
    assertEquals(status, answer.status());
  }

  @Test
  void a_territory_has_the_documented_members_and_no_other() throws IOException {
    JsonNode body = call("GET", "settings/territories?page=1&per_page=2&", "").body();
    assertEquals(node("{'per_page':2,'count':2,'page':1,'more_records':true}"), body.path("info"));
    JsonNode west = body.path("territories").path(1);
    var members = new TreeSet<String>();
    west.fieldNames().forEachRemaining(members::add);
    assertEquals(
        "[api_name, created_time, description, id, manager, modified_time, name, permission_type,"
            + " reporting_to]",
        members.toString());
    assertEquals(node("{'name':'Root','id':'1'}"), west.path("reporting_to"));
    assertEquals("Pat", west.path("manager").path("name").asText());
    assertTrue(body.path("territories").path(0).get("reporting_to").isNull());
    assertEquals(204, call("GET", "settings/territories?page=3&per_page=2", "").status());
    assertEquals(204, call("GET", "settings/territories/404", "").status());
    assertEquals(west, call("GET", "settings/territories/" + WEST, "").body().at("/territories/0"));
  }

  @Test
  void an_assignment_done_at_once_is_200_and_shown_by_the_record() throws IOException {
    answers(
        200,
        "{'data':[{'code':'SUCCESS','details':{'id':'7'},"
            + "'message':'the territories data updated successfully','status':'success'}]}",
        assign("7", WEST));
    JsonNode shown = call("GET", "Leads/7", "").body().at("/data/0/Territories/0");
    assertEquals("West Region", shown.path("Name").asText());
    assertEquals(WEST, shown.path("id").asText());
    assertEquals("manually", shown.path("$assigned").asText());
    assertEquals(node("{'name':'Integration User','id':'77'}"), shown.path("$assigned_by"));
    Instant assigned = Instant.parse(shown.path("$assigned_time").asText());
    control("{'do':'moveClock','by':'PT1H'}");
    call("PUT", "Leads/7", "{'data':[{'Last_Name':'Daly'}]}");
    shown = call("GET", "Leads/7", "").body().at("/data/0/Territories/0");
    assertEquals(
        assigned.toString(), shown.path("$assigned_time").asText(), "an edit assigns nothing");
  }

  @Test
  void territories_are_filtered_by_the_documented_keys_and_a_strange_filter_is_refused() {
    assertEquals(
        List.of("West Region"),
        filtered("{'field':{'api_name':'name'},'comparator':'starts_with','value':'West'}"));
    assertEquals(
        List.of("West Region", "No Access"),
        filtered("{'field':{'api_name':'reporting_to.id'},'comparator':'equal','value':'1'}"));
    String both =
        "{'group_operator':'%s','group':[{'field':{'api_name':'name'},'comparator':'contains','value':'o'},{'field':{'api_name':'id'},'comparator':'not_equal','value':'4'}]}";
    assertEquals(List.of("Root", "West Region"), filtered(both.formatted("AND")));
    assertEquals(List.of("Root", "West Region", "No Access"), filtered(both.formatted("OR")));
    assertEquals(
        List.of(),
        filtered(
            "{'field':{'api_name':'created_time'},'comparator':'greater_than','value':'2025-01-01T00:00:00+05:30'}"));
    for (String strange :
        List.of(
            "{}",
            "[",
            "{'field':{'api_name':'colour'},'comparator':'equal','value':'x'}",
            "{'field':{'api_name':'name'},'comparator':'like','value':'x'}")) {
      assertEquals(400, filter(strange).status(), strange);
    }
  }

  private List<String> filtered(String filter) {
    ApiAnswer answer = filter(filter);
    List<String> names = new ArrayList<>();
    if (answer.status() != 204) {
      answer.body().path("territories").forEach(one -> names.add(one.path("name").asText()));
    }
    return names;
  }

  private ApiAnswer filter(String filter) {
    String json = URLEncoder.encode(filter.replace('\'', '"'), StandardCharsets.UTF_8);
    return call("GET", "settings/territories?filters=" + json, "");
  }

  @Test
  void a_record_that_was_changed_since_is_not_overwritten() throws IOException {
    call("PUT", "Leads/7", "{'data':[{'Last_Name':'Daly'}]}");
    String before = model.now().minusSeconds(60).toString();
    String after = model.now().plusSeconds(60).toString();
    ApiAnswer refused = unless(before, "Leads/7");
    assertEquals(412, refused.status());
    assertEquals("ALREADY_MODIFIED", refused.body().at("/data/0/code").asText());
    assertEquals(200, unless(after, "Leads/7").status());
    assertEquals(200, unless("yesterday or so", "Leads/7").status(), "no date, no condition");
    assertEquals(412, unless("Thu, 01 Jan 2026 00:00:00 GMT", "Leads/7").status());
  }

  private ApiAnswer unless(String since, String uri) {
    byte[] body = "{\"data\":[{\"Last_Name\":\"Other\"}]}".getBytes(StandardCharsets.UTF_8);
    return dialect.answer(ApiCall.of("PUT", "/crm/v8/" + uri, body).unless(since));
  }

  @Test
  void a_record_is_given_to_another_user_of_the_organisation() throws IOException {
    String action = "Leads/7/actions/change_owner";
    answers(
        200,
        "{'data':[{'code':'SUCCESS','details':{'id':'7'},"
            + "'message':'owner is successfully updated','status':'success'}]}",
        call("POST", action, "{'owner':{'id':'77'}}"));
    assertEquals(
        node("{'name':'Integration User','id':'77'}"),
        call("GET", "Leads/7", "").body().at("/data/0/Owner"));
    answers(
        400,
        "{'code':'INVALID_DATA','details':{'api_name':'owner','json_path':'$.owner.id'},"
            + "'message':'Invalid data provided','status':'error'}",
        call("POST", action, "{'owner':{'id':'404'}}"));
    assertEquals(400, call("POST", action, "{}").status());
    assertEquals(
        400, call("POST", "Leads/404/actions/change_owner", "{'owner':{'id':'77'}}").status());
    assertEquals(400, call("GET", action, "").status());
  }

  @Test
  void an_assignment_is_scheduled_unless_it_is_told_otherwise() throws IOException {
    control("{'do':'reset'}");
    control("{'do':'addRecord','module':'Leads','id':'7'}");
    ApiAnswer scheduled = assign("7", WEST);
    assertEquals(202, scheduled.status());
    JsonNode item = scheduled.body().at("/data/0");
    assertEquals("SCHEDULED", item.path("code").asText());
    assertTrue(item.path("details").path("job_id").isTextual());
    assertEquals("ALREADY_SCHEDULED", code(400, assign("7", WEST)));
    control("{'do':'moveClock','by':'PT1S'}");
    assertEquals("DUPLICATE_DATA", code(400, assign("7", WEST)));
  }

  @Test
  void each_refusal_has_its_code_and_its_place() {
    assertEquals("$.data[0].Territories[0].id", place(400, "INVALID_DATA", assign("7", "404")));
    assign("7", WEST);
    assertEquals("$.data[0].Territories[0].id", place(400, "DUPLICATE_DATA", assign("7", WEST)));
    String twice = "{'data':[{'Territories':[{'id':'1'},{'id':'1'}]}]}";
    assertEquals(
        "$.data[0].Territories[1].id",
        place(400, "ALREADY_USED", call("POST", "Leads/7" + ACTION, twice)));
    String none = "{'data':[{'Territories':[]}]}";
    assertEquals(
        "$.data[0].Territories",
        place(400, "MANDATORY_NOT_FOUND", call("POST", "Leads/7" + ACTION, none)));
    ApiAnswer unknown = assign("404", WEST);
    assertEquals(1, unknown.body().path("details").path("resource_path_index").asInt());
  }

  @Test
  void whoever_leaves_the_house_is_told_of_where_it_is_asked_for() throws IOException {
    String list = "settings/territories?include_inner_details=manager.zuid,manager.status";
    JsonNode pat = call("GET", list, "").body().at("/territories/1/manager");
    assertEquals("active", pat.path("status").asText());
    assertEquals(pat.path("id"), pat.path("zuid"));
    control("{'do':'setPerson','name':'Pat','status':'disabled'}");
    assertEquals(
        "disabled", call("GET", list, "").body().at("/territories/1/manager/status").asText());
    JsonNode bare = call("GET", "settings/territories", "").body().at("/territories/1/manager");
    assertEquals(2, bare.size());
    String users = "settings/territories/" + WEST + "/users";
    assertEquals("disabled", call("GET", users, "").body().at("/users/0/status").asText());
    assertEquals(2, call("GET", "users?type=ActiveUsers", "").body().path("users").size());
    assertEquals(
        "Pat",
        call("GET", "users?type=DeactiveUsers", "").body().at("/users/0/full_name").asText());
    assertEquals(204, call("GET", "users?type=DeletedUsers", "").status());
  }

  @Test
  void a_user_who_may_not_is_refused_by_permission() throws IOException {
    control("{'do':'setUser','permitted':false}");
    assertEquals("$.data[0].Territories", place(401, "NO_PERMISSION", assign("7", WEST)));
  }

  @Test
  void a_mixed_bulk_is_207_and_only_a_success_names_its_record() {
    String body =
        "{'data':[{'id':'404','Territories':[{'id':'1'}]},{'id':'7','Territories':[{'id':'1'}]},"
            + "{'Territories':[{'id':'1'}]},{'id':'8','Territories':[{'id':'404'}]}]}";
    ApiAnswer answer = call("POST", "Leads" + ACTION, body);
    assertEquals(207, answer.status());
    JsonNode items = answer.body().path("data");
    assertEquals("$.data[0].id", items.path(0).path("details").path("json_path").asText());
    assertEquals("7", items.path(1).path("details").path("id").asText());
    assertEquals("MANDATORY_NOT_FOUND", items.path(2).path("code").asText());
    assertEquals(
        "$.data[3].Territories[0].id", items.path(3).path("details").path("json_path").asText());
    assertTrue(items.path(3).path("details").path("id").isMissingNode());
  }

  @Test
  void an_eleventh_record_refuses_the_call() {
    String item = "{'id':'7','Territories':[{'id':'1'}]}";
    ApiAnswer answer =
        call("POST", "Leads" + ACTION, "{'data':[" + (item + ",").repeat(10) + item + "]}");
    assertEquals(400, answer.status());
    assertEquals("LIMIT_EXCEEDED", answer.body().path("code").asText());
    assertTrue(model.territoryOf("Leads", "7").isEmpty());
  }

  @Test
  void an_organisation_without_territories_says_so() throws IOException {
    control("{'do':'setFeature','territories':false}");
    assertEquals("FEATURE_NOT_ENABLED", code(400, assign("7", WEST)));
    assertEquals("FEATURE_NOT_ENABLED", code(400, call("GET", "settings/territories", "")));
  }

  @Test
  void wrong_addresses_and_methods_are_refused() {
    assertEquals("INVALID_URL_PATTERN", code(404, call("GET", "Leads/7/x", "")));
    assertEquals("INVALID_URL_PATTERN", code(404, call("POST", "Leads/7/actions/x", "")));
    assertEquals("INVALID_URL_PATTERN", code(404, call("GET", "settings/x", "")));
    assertEquals("INVALID_REQUEST_METHOD", code(400, call("PUT", "Leads/7" + ACTION, "{}")));
    assertEquals("INVALID_MODULE", code(400, call("POST", "Cases/7" + ACTION, "{}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{'data':7}",
        "{'data':[]}",
        "{'data':[7]}",
        "{'data':[{},{}]}"
      })
  void a_body_that_is_none_is_refused_with_a_code(String body) {
    ApiAnswer answer = call("POST", "Leads/7" + ACTION, body);
    assertEquals(400, answer.status());
    JsonNode item = answer.body().at("/data/0");
    assertTrue((item.isMissingNode() ? answer.body() : item).path("code").isTextual());
    assertTrue(model.territoryOf("Leads", "7").isEmpty());
  }

  private static String code(int status, ApiAnswer answer) {
    assertEquals(status, answer.status());
    JsonNode item = answer.body().at("/data/0");
    return (item.isMissingNode() ? answer.body() : item).path("code").asText();
  }

  private static String place(int status, String code, ApiAnswer answer) {
    assertEquals(code, code(status, answer));
    return answer.body().at("/data/0/details/json_path").asText();
  }

  @Test
  void no_input_whatever_is_answered_500() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("v8 seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    String[] methods = "GET PUT POST DELETE X".split(" ", -1);
    String[] segments =
        "Leads Accounts settings territories users 7 actions assign_territories remove_territories"
            .concat(" %37 .. 77 {id}  ")
            .split(" ", -1);
    String[] parts =
        "{ } [ ] : , {'data':[{'id':'7','Territories':[{'id':'1'}]}]} 'data' 'id' '7' 7 null 'x'"
            .split(" ", -1);
    for (int i = 0; i < 50_000; i++) {
      var uri = new StringBuilder(segments[random.nextInt(segments.length)]);
      for (int n = random.nextInt(4); n > 0; n--) {
        uri.append('/').append(segments[random.nextInt(segments.length)]);
      }
      var body = new StringBuilder();
      for (int n = random.nextInt(8); n > 0; n--) {
        body.append(parts[random.nextInt(parts.length)]);
      }
      String method = methods[random.nextInt(methods.length)];
      ApiAnswer answer = call(method, uri.toString(), body.toString());
      assertTrue(answer.status() < 500, () -> "seed " + seed + ": " + uri + " " + body);
    }
  }
}
