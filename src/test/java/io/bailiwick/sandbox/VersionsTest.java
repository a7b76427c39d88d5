package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs between the versions of the documented API, and the lists they share. */
class VersionsTest {

  private final SandboxModel model = Samples.model(true);
  private final V8Dialect v8 = new V8Dialect(model);
  private final ClassicDialect classic = new ClassicDialect(model);

  private static JsonNode node(String text) throws IOException {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private ApiAnswer call(String method, String uri, String body) {
    ApiCall call =
        ApiCall.of(method, "/crm/" + uri, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return V8Dialect.speaks(call) ? v8.answer(call) : classic.answer(call);
  }

  private ApiAnswer get(String uri) {
    return call("GET", uri, "");
  }

  @ParameterizedTest
  @CsvSource({
    "v2, 200, SUCCESS",
    "v2.1, 200, SUCCESS",
    "v3, 200, SUCCESS",
    "v6, 200, SUCCESS",
    "v7, 202, SCHEDULED",
    "v8, 202, SCHEDULED"
  })
  void a_scheduled_assignment_is_told_as_the_version_tells_it(
      String version, int status, String code) {
    for (String module : RecordBook.MODULES) {
      String body = "{'data':[{'Territories':[{'id':'1'}]}]}";
      String uri = version + "/" + module + "/7/actions/assign_territories";
      ApiAnswer answer = call("POST", uri, body);
      assertEquals(status, answer.status(), module);
      JsonNode item = answer.body().at("/data/0");
      assertEquals(code, item.path("code").asText());
      assertTrue(item.at("/details/job_id").isTextual(), item::toString);
      String info = version + "/" + module + "/actions/get_feature_specific_info";
      JsonNode jobs = get(info + "?features=territory_scheduled_jobs&ids=7,8").body().path("data");
      assertEquals(1, jobs.size());
      assertEquals(item.at("/details/job_id"), jobs.at("/0/territory_scheduled_jobs/0/job_id"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v2.1, permission_type reporting_to account_rule_criteria deal_rule_criteria",
    "v5, permission_type reporting_to account_rule_criteria deal_rule_criteria",
    "v6, permission_type reporting_to account_rule_criteria deal_rule_criteria lead_rule_criteria",
    "v8, permission_type reporting_to api_name"
  })
  void a_territory_has_the_members_of_the_versions_model(String version, String members) {
    Set<String> expected =
        new TreeSet<>(
            Set.of("id", "name", "description", "manager", "created_time", "modified_time"));
    expected.addAll(Set.of(members.split(" ")));
    JsonNode body = get(version + "/settings/territories").body();
    assertEquals(expected, members(body.at("/territories/0")));
    assertTrue(body.path("info").isObject());
  }

  private static Set<String> members(JsonNode node) {
    Set<String> members = new TreeSet<>();
    node.fieldNames().forEachRemaining(members::add);
    return members;
  }

  @Test
  void version_2_has_a_parents_id_and_no_pages_but_for_the_classic_list() {
    JsonNode one = get("v2/settings/territories/" + Samples.WEST).body();
    assertEquals("1", one.at("/territories/0/parent_id").asText());
    assertTrue(one.path("info").isMissingNode());
    JsonNode below = get("v2/settings/territories/1/__child_territories").body();
    assertEquals(2, below.path("territories").size());
    assertTrue(get("v2/settings/territories").body().isArray());
  }

  @Test
  void rules_come_when_they_are_asked_for_and_ids_pick_territories() {
    JsonNode asked = get("v8/settings/territories?include=lead_rule_criteria&ids=1,404").body();
    assertEquals(1, asked.path("territories").size());
    assertTrue(asked.at("/territories/0").has("lead_rule_criteria"));
    assertTrue(asked.path("info").isMissingNode());
    assertEquals(400, get("v8/settings/territories?filters={}").status());
  }

  @Test
  void the_users_of_a_territory_are_its_manager_and_its_members() throws IOException {
    JsonNode users = get("v8/settings/territories/" + Samples.WEST + "/users").body();
    assertEquals(1, users.path("users").size());
    String manager = users.at("/users/0/id").asText();
    assertEquals("Pat", users.at("/users/0/full_name").asText());
    JsonNode own = get("v8/users/" + manager + "/territories").body().path("territories");
    assertEquals("West Region", own.at("/0/Name").asText());
    assertEquals("77", get("v8/settings/territories/1/users").body().at("/users/0/id").asText());
    assertEquals(204, get("v8/settings/territories/4/users").status());
    assertEquals(204, get("v8/settings/territories/1/users/404").status());
    ApiAnswer unknown = get("v8/settings/territories/404/users");
    assertEquals(2, unknown.body().at("/details/resource_path_index").asInt());
    JsonNode counts = get("v8/settings/territories/actions/associated_users_count").body();
    assertEquals(
        node("{'count':'1','territory':{'name':'Root','id':'1','subordinates':false}}"),
        counts.at("/associated_users_count/0"));
  }

  @ParameterizedTest
  @CsvSource({
    "AllUsers, 3",
    "ActiveUsers, 3",
    "AdminUsers, 1",
    "CurrentUser, 1",
    "DeletedUsers, 0"
  })
  void users_are_listed_by_type(String type, int count) {
    ApiAnswer answer = get("v8/users?type=" + type);
    assertEquals(count == 0 ? 204 : 200, answer.status());
    assertEquals(count, count == 0 ? 0 : answer.body().path("users").size());
  }

  @Test
  void fields_of_a_module_are_listed_and_a_wrong_module_is_refused() {
    JsonNode fields = get("v8/settings/fields?module=Deals").body().path("fields");
    Set<String> mandatory = new TreeSet<>();
    for (JsonNode field : fields) {
      if (field.path("system_mandatory").asBoolean()) {
        mandatory.add(field.path("api_name").asText());
      }
    }
    assertEquals(Set.of("Deal_Name", "Stage"), mandatory);
    assertEquals(400, get("v8/settings/fields?module=Cases").status());
    assertEquals(400, get("v8/settings/fields").status());
    assertEquals("Bailiwick Sandbox", get("v2/org").body().at("/org/0/company_name").asText());
  }

  @Test
  void a_deal_has_one_territory_and_a_call_as_many_records_as_is_set() throws IOException {
    String two = "{'data':[{'Territories':[{'id':'1'},{'id':'" + Samples.WEST + "'}]}]}";
    ApiAnswer answer = call("POST", "v8/Deals/7/actions/assign_territories", two);
    assertEquals("LIMIT_EXCEEDED", answer.body().at("/data/0/code").asText());
    assertEquals(1, answer.body().at("/data/0/details/limit").asInt());
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      many.append(i == 0 ? "" : ",").append("{'id':'r" + i + "','Territories':[{'id':'1'}]}");
    }
    String body = "{'data':[" + many + "]}";
    String uri = "v8/Leads/actions/assign_territories";
    assertEquals("LIMIT_EXCEEDED", call("POST", uri, body).body().path("code").asText());
    model.control(node("{'do':'setLimits','placesPerCall':100}"));
    assertEquals(202, call("POST", uri, body).status());
    ApiAnswer tasks = call("POST", "v8/Tasks/actions/assign_territories", body);
    assertEquals("NOT_SUPPORTED", tasks.body().path("code").asText());
  }
}
