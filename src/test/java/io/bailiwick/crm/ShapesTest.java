package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {

  private static Reply reply(int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Reply(status, Map.of(), bytes);
  }

  private static Listed one(String territory) {
    return TerritoryShape.page(reply(200, "[" + territory + "]")).rows().get(0).listed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Territory':'12'",
        "'Territory':12",
        "'Territory':{'id':'12','name':'West'}",
        "'Territories':[{'id':'12','Name':'West'}]",
        "'Territory':null,'Territories':['12']"
      })
  void a_records_territory_is_read_in_every_shape(String field) {
    String body = "{'data':[{'id':'7'," + field + "}]}";
    assertEquals(new RecordState.Present("12"), RecordShape.state(reply(200, body), "7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'Territory':null", ",'Territory':''", ",'Territories':[]"})
  void a_record_without_a_territory_is_present_and_shows_none(String field) {
    String body = "{'data':[{'id':'7'" + field + "}]}";
    assertEquals(new RecordState.Present(null), RecordShape.state(reply(200, body), "7"));
  }

  @Test
  void only_zohos_own_word_makes_a_record_gone() {
    assertInstanceOf(RecordState.Gone.class, RecordShape.state(reply(204, ""), "7"));
    String gone = "{'code':'INVALID_DATA','details':{'resource_path_index':1},'message':'any'}";
    assertInstanceOf(RecordState.Gone.class, RecordShape.state(reply(404, gone), "7"));
    assertInstanceOf(RecordState.Gone.class, RecordShape.state(reply(400, gone), "7"));
    for (String body : new String[] {"", "<html>", "{'code':'INVALID_URL_PATTERN'}"}) {
      assertInstanceOf(RecordState.Unreadable.class, RecordShape.state(reply(404, body), "7"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "{}", "{'data':[]}", "{'data':[{}]}", "{'data':[{'id':'8'}]}"})
  void an_answer_that_does_not_show_our_record_is_unreadable(String body) {
    assertInstanceOf(RecordState.Unreadable.class, RecordShape.state(reply(200, body), "7"));
  }

  @Test
  void a_territory_is_read_with_every_sign_it_carries() {
    Listed listed =
        one(
            "{'id':'2','name':' West ','status':'Active','api_enabled':false,'parent_id':'1',"
                + "'created_time':'2024-07-09T20:50:29+05:30','manager':{'name':'Pat','id':'9'}}");
    Instant created = Instant.parse("2024-07-09T15:20:29Z");
    assertEquals(
        new Listed("2", "West", "1", "Pat", Flag.YES, Flag.NO, created, Staff.UNKNOWN), listed);
  }

  /** One territory as each version lists it, by the fields that its schema has. */
  static List<String> versions() {
    String common =
        "'id':'2','name':'West','description':null,'created_time':'2024-07-09T20:50:29+05:30',"
            + "'modified_time':'2024-07-09T20:50:29+05:30','manager':{'name':'Pat','id':'9'},"
            + "'created_by':{'name':'Ada','id':'8'},'modified_by':{'name':'Ada','id':'8'}";
    String since21 =
        ",'reporting_to':{'name':'Root','id':'1'},'permission_type':'read_only',"
            + "'account_rule_criteria':null,'deal_rule_criteria':null";
    return List.of(
        "{" + common + ",'parent_id':'1','criteria':null}",
        "{" + common + since21 + "}",
        "{" + common + since21 + ",'lead_rule_criteria':null}",
        "{'api_name':'West'," + common + since21 + ",'lead_rule_criteria':null}",
        "{'api_name':'West',"
            + common.replace("'id':'9'", "'id':'9','zuid':'5','status':'active'")
            + since21
            + "}");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_territory_of_every_version_is_the_same_territory(String territory) {
    Instant created = Instant.parse("2024-07-09T15:20:29Z");
    boolean told = territory.contains("'status':'active'");
    var staff = told ? new Staff(Flag.YES, Flag.UNKNOWN) : Staff.UNKNOWN;
    var expected = new Listed("2", "West", "1", "Pat", Flag.UNKNOWN, Flag.UNKNOWN, created, staff);
    String page = "{'territories':[" + territory + "],'info':{'count':0,'more_records':false}}";
    for (String body : List.of("[" + territory + "]", page)) {
      TerritoryShape.Row row = TerritoryShape.page(reply(200, body)).rows().get(0);
      assertEquals(expected, row.listed());
      assertEquals("9", row.managerId());
    }
  }

  @Test
  void a_record_of_several_territories_shows_them_all() {
    String body =
        "{'data':[{'id':'7','Territories':[{'id':'12'},{'id':13},{'Name':'West'},'14']}]}";
    var shown = (RecordState.Present) RecordShape.state(reply(200, body), "7");
    assertEquals(List.of("12", "13", "14"), shown.territoryIds());
  }

  @Test
  void what_is_absent_or_odd_is_unknown() {
    Listed bare = new Listed("2", "", null, null, Flag.UNKNOWN, Flag.UNKNOWN, null, Staff.UNKNOWN);
    assertEquals(bare, one("{'id':2}"));
    assertEquals(
        bare,
        one(
            "{'id':'2','name':'','status':null,'api_enabled':'maybe','parent_id':{},"
                + "'reporting_to':null,'created_time':'yesterday','manager':[]}"));
  }

  @Test
  void parents_flags_and_names_are_read_in_every_shape() {
    assertEquals("1", one("{'id':'2','parent_id':{'id':'1'}}").parentId());
    assertEquals("1", one("{'id':'2','parent_id':1}").parentId());
    assertEquals("1", one("{'id':'2','reporting_to':{'id':'1','name':'R'}}").parentId());
    assertEquals("1", one("{'id':'2','Reporting_To':{'id':'1'}}").parentId());
    assertEquals(Flag.YES, one("{'id':'2','api_access':true}").apiEnabled());
    assertEquals(Flag.NO, one("{'id':'2','api_enabled':'false'}").apiEnabled());
    assertEquals(Flag.NO, one("{'id':'2','status':'Archived'}").active());
    assertEquals("T3", one("{'id':'2','Name':'T3'}").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "{}", "{'territories':{}}", "[1]", "[{}]", "[{'id':''}]"})
  void what_is_no_list_of_territories_is_refused(String body) {
    assertThrows(IllegalArgumentException.class, () -> TerritoryShape.page(reply(200, body)));
  }

  @Test
  void random_json_is_read_or_refused_and_nothing_else() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("shapes seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    String[] parts = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "'id'",
      "'name'",
      "'data'",
      "'territories'",
      "'info'",
      "null",
      "'more_records'",
      "true",
      "1",
      "1e999",
      "'Territory'",
      "'Territories'",
      "'x'",
      "{'id':'7'}"
    };
    for (int i = 0; i < 50_000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "{'data':[{'id':'7'," : "[{'id':'1',");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      Reply reply = reply(200, text.append(random.nextBoolean() ? "}]}" : "}]").toString());
      RecordShape.state(reply, "7");
      try {
        TerritoryShape.page(reply);
      } catch (IllegalArgumentException refused) {
        // The one way a list may be refused.
      }
    }
  }
}
