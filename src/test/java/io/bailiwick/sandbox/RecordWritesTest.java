package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserting, updating and upserting, in both dialects. */
class RecordWritesTest {

  private final SandboxModel model = Samples.model(false);
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

  private static String code(ApiAnswer answer, int item) {
    return answer.body().at("/data/" + item + "/code").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "Leads, Last_Name, v8",
    "Contacts, Last_Name, v8",
    "Accounts, Account_Name, v8",
    "Leads, Last_Name, v2",
    "Leads, Last_Name, v2.1"
  })
  void a_record_needs_its_mandatory_field_and_is_shown_as_written(
      String module, String field, String version) throws IOException {
    String data = "{'data':[{'" + field + "':'Acme','Nonsense':1},{'Description':'x'}]}";
    ApiAnswer mixed = call("POST", version + "/" + module, data);
    assertEquals(207, mixed.status());
    assertEquals("record added", mixed.body().at("/data/0/message").asText());
    assertEquals("MANDATORY_NOT_FOUND", code(mixed, 1));
    assertEquals(
        node("{'api_name':'" + field + "','json_path':'$.data[1]." + field + "'}"),
        mixed.body().at("/data/1/details"));
    String id = mixed.body().at("/data/0/details/id").asText();
    JsonNode shown = call("GET", version + "/" + module + "/" + id, "").body().at("/data/0");
    assertEquals("Acme", shown.path(field).asText());
    assertFalse(shown.has("Nonsense"));
  }

  @Test
  void an_upsert_finds_the_record_by_its_email_or_makes_one() {
    String one = "{'Last_Name':'Diaz','Email':'Ana@Acme.example'}";
    ApiAnswer first = call("POST", "v8/Leads/upsert", "{'data':[" + one + "]}");
    assertEquals(201, first.status());
    assertEquals("insert", first.body().at("/data/0/action").asText());
    String again =
        "{'duplicate_check_fields':['Email'],'data':[{'Email':'ana@acme.example','City':'Bonn'}]}";
    ApiAnswer second = call("POST", "v8/Leads/upsert", again);
    assertEquals(200, second.status());
    assertEquals("update", second.body().at("/data/0/action").asText());
    assertEquals("Email", second.body().at("/data/0/duplicate_field").asText());
    assertEquals(first.body().at("/data/0/details/id"), second.body().at("/data/0/details/id"));
    String other = "{'data':[{'Last_Name':'Okoye'},{'Email':'x@y.example'}]}";
    ApiAnswer mixed = call("POST", "v2/Leads/upsert", other);
    assertEquals(207, mixed.status());
    assertEquals("SUCCESS", code(mixed, 0));
    assertEquals("MANDATORY_NOT_FOUND", code(mixed, 1));
    String wrong = "{'duplicate_check_fields':['City'],'data':[{'Last_Name':'x'}]}";
    assertEquals(400, call("POST", "v8/Leads/upsert", wrong).status());
  }

  @Test
  void a_unique_field_of_the_organisations_own_is_not_there_twice() throws IOException {
    model.control(node("{'do':'addField','module':'Leads','name':'Bailiwick_Id','unique':true}"));
    String data = "{'data':[{'Last_Name':'Diaz','Bailiwick_Id':'17'}]}";
    ApiAnswer first = call("POST", "v8/Leads", data);
    ApiAnswer second = call("POST", "v8/Leads", data);
    assertEquals("DUPLICATE_DATA", code(second, 0));
    assertEquals(first.body().at("/data/0/details/id"), second.body().at("/data/0/details/id"));
    assertEquals(200, call("POST", "v8/Leads/upsert", data).status());
  }

  @Test
  void a_bulk_update_is_answered_record_by_record() throws IOException {
    model.control(node("{'do':'addRecord','module':'Deals','id':'7','fields':{'Stage':'New'}}"));
    String data = "{'data':[{'id':'7','Stage':'Won'},{'id':'404','Stage':'Won'},{'Stage':'Won'}]}";
    ApiAnswer answer = call("PUT", "v8/Deals", data);
    assertEquals(207, answer.status());
    assertEquals("SUCCESS", code(answer, 0));
    assertEquals("$.data[1].id", answer.body().at("/data/1/details/json_path").asText());
    assertEquals("MANDATORY_NOT_FOUND", code(answer, 2));
    JsonNode deal = call("GET", "v8/Deals/7", "").body().at("/data/0");
    assertEquals("Won", deal.path("Stage").asText());
  }

  @Test
  void a_hundred_and_first_record_refuses_the_call() {
    String item = "{'Last_Name':'x'}";
    String data = "{'data':[" + (item + ",").repeat(100) + item + "]}";
    for (String uri : new String[] {"v8/Leads", "v8/Leads/upsert", "v2/Leads/upsert"}) {
      ApiAnswer answer = call("POST", uri, data);
      assertEquals("LIMIT_EXCEEDED", answer.body().path("code").asText());
      assertEquals(100, answer.body().at("/details/maximum_length").asInt());
    }
    assertEquals(0, model.state().at("/records/Leads").asInt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Email':'no address'",
        "'Email':7",
        "'No_of_Employees':'many'",
        "'Owner':{'id':'404'}",
        "'First_Name':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"
      })
  void a_value_that_a_field_does_not_take_is_refused_at_its_place(String field) {
    ApiAnswer answer = call("POST", "v8/Leads", "{'data':[{'Last_Name':'x'," + field + "}]}");
    assertEquals(400, answer.status());
    assertEquals("INVALID_DATA", code(answer, 0));
    String place = answer.body().at("/data/0/details/json_path").asText();
    assertTrue(place.startsWith("$.data[0]." + field.substring(1, field.indexOf("':"))), place);
  }

  @Test
  void several_errors_of_one_record_come_wrapped() {
    ApiAnswer answer = call("POST", "v8/Leads", "{'data':[{'Email':7}]}");
    assertEquals("MULTIPLE_OR_MULTI_ERRORS", code(answer, 0));
    assertEquals(2, answer.body().at("/data/0/details/errors").size());
  }

  @Test
  void what_a_call_says_beside_its_records_is_shown_and_nonsense_is_refused() throws IOException {
    model.control(node("{'do':'addRecord','module':'Leads','id':'7'}"));
    String said =
        "'trigger':[],'apply_feature_execution':[{'name':'layout_rules'}],'lar_id':'3652397001'";
    call("PUT", "v8/Leads/7", "{'data':[{'City':'Bonn'}]," + said + "}");
    call("PUT", "v2/Leads", "{'data':[{'id':'7','Territory':'1'}],'trigger':['workflow']}");
    JsonNode writes = model.writes("Leads", "7", 0, 10).path("writes");
    assertEquals(node("{" + said + "}"), writes.at("/0/options"));
    assertEquals("updated", writes.at("/0/result").asText());
    assertEquals(node("{'trigger':['workflow']}"), writes.at("/1/options"));
    for (String wrong : new String[] {"'trigger':['all']", "'trigger':1", "'lar_id':'x'"}) {
      String body = "{'data':[{'City':'Bonn'}]," + wrong + "}";
      assertEquals(400, call("PUT", "v8/Leads/7", body).status(), wrong);
    }
  }

  @Test
  void the_classic_dialect_inserts_with_a_territory_and_version_8_ignores_it() {
    String good = "{'Last_Name':'x','Territory':'" + Samples.WEST + "'}";
    String bad = "{'Last_Name':'x','Territory':'4'}";
    ApiAnswer answer = call("POST", "v2/Leads", "{'data':[" + good + "," + bad + "]}");
    assertEquals(207, answer.status());
    String id = answer.body().at("/data/0/details/id").asText();
    assertEquals(Samples.WEST, model.territoryOf("Leads", id).orElseThrow());
    assertEquals("invalid territory id", answer.body().at("/data/1/message").asText());
    assertEquals(1, model.state().at("/records/Leads").asInt());
    ApiAnswer ignored = call("POST", "v8/Leads", "{'data':[" + bad + "]}");
    assertEquals(201, ignored.status());
    String other = ignored.body().at("/data/0/details/id").asText();
    assertTrue(model.territoryOf("Leads", other).isEmpty());
  }
}
