package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of Zoho's answers to assign_territories, for one record and for several together. */
class ItemAnswersTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
  private static final String DONE = item("SUCCESS", "'id':'%s'", "success");
  private static final String SCHEDULED = item("SCHEDULED", "'id':'%s','job_id':'9'", "success");

  /** Every way to say of the record at %d of the request that its write was refused. */
  private static final String AT = "'api_name':'id','json_path':'$.data[%d].Territories[0].id'";

  private static String item(String code, String details, String status) {
    return "{'code':'"
        + code
        + "','details':{"
        + details
        + "},'message':'any','status':'"
        + status
        + "'}";
  }

  private static String error(String code, String details) {
    return item(code, details, "error");
  }

  private static String data(String... items) {
    return "{'data':[" + String.join(",", items) + "]}";
  }

  private static List<String> outcomes(int status, String body, String... ids) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ItemAnswers.outcomes(new Reply(status, Map.of(), bytes), List.of(ids), NOW).stream()
        .map(outcome -> outcome.getClass().getSimpleName())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "200 | Done | SUCCESS | 'id':'7'",
        "200 | Done | SUCCESS | 'id':7",
        "200 | Scheduled | SUCCESS | 'id':'7','job_id':'9'",
        "202 | Scheduled | SCHEDULED | 'id':'7','job_id':'9'",
        "200 | Unknown | SUCCESS | 'id':'8'",
        "200 | Unknown | SUCCESS | ",
        "400 | Unknown | SUCCESS | 'id':'7'",
        "400 | TerritoryInvalid | INVALID_DATA | 'json_path':'$.data[0].Territories[0].id'",
        "400 | TerritoryInvalid | INVALID_DATA | 'json_path':' $.data[0].Territories[0].id'",
        "400 | RecordGone | INVALID_DATA | 'api_name':'id','json_path':'$.data[0].id'",
        "400 | Rejected | MANDATORY_NOT_FOUND | 'json_path':'$.data[0].Territories'",
        "400 | Done | DUPLICATE_DATA | 'json_path':'$.data[0].Territories[0].id'",
        "400 | Rejected | ALREADY_USED | 'json_path':'$.data[0].Territories[0].id'",
        "400 | Unknown | ALREADY_SCHEDULED | ",
        "400 | Scheduled | ALREADY_SCHEDULED | 'id':'7'",
        "400 | Unknown | LIMIT_EXCEEDED | 'limit':10",
        "400 | Rejected | LIMIT_EXCEEDED | 'limit':10,'json_path':'$.data[0].Territories'",
        "400 | Unavailable | RECORD_LOCKED | 'id':'7','action':'record_locking'",
        "401 | TerritoryInvalid | NO_PERMISSION | 'json_path':'$.data[0].Territories'",
        "403 | Rejected | NO_PERMISSION | 'api_name':'id','json_path':'$.data[0].id'",
        "400 | Unauthorized | AUTHORIZATION_FAILED | 'json_path':'$.data[0].id'",
        "400 | Unknown | INVALID_DATA | 'json_path':'$.data[1].id'",
        "400 | Unknown | INVALID_DATA | 'id':'8','json_path':'$.data[0].id'",
        "429 | RateLimited | ANY | 'id':'8'",
        "500 | Unavailable | INVALID_DATA | 'json_path':'$.data[0].id'",
        "502 | Unknown | INVALID_DATA | 'json_path':'$.data[0].id'",
      })
  void an_item_of_a_single_call_has_its_outcome(
      int status, String outcome, String code, String details) {
    String said = details == null ? "" : details;
    String word = List.of("SUCCESS", "SCHEDULED").contains(code) ? "success" : "error";
    assertEquals(List.of(outcome), outcomes(status, data(item(code, said, word)), "7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "400 | RecordGone | Unknown | INVALID_DATA | 'resource_path_index':1",
        "403 | Rejected | Unknown | NO_PERMISSION | 'resource_path_index':1",
        "400 | Rejected | Rejected | NOT_SUPPORTED | 'resource_path_index':0",
        "400 | Rejected | Rejected | INVALID_MODULE | ",
        "400 | Unauthorized | Unauthorized | FEATURE_NOT_ENABLED | ",
        "403 | Unauthorized | Unauthorized | TERRITORY_NOT_ENABLED | ",
        "401 | Unauthorized | Unauthorized | AUTHENTICATION_FAILURE | ",
        "401 | Unauthorized | Unauthorized | INVALID_TOKEN | ",
        "401 | Unauthorized | Unauthorized | OAUTH_SCOPE_MISMATCH | ",
        "404 | Unavailable | Unavailable | INVALID_URL_PATTERN | ",
        "429 | RateLimited | RateLimited | TOO_MANY_REQUESTS | ",
        "500 | Unavailable | Unavailable | INTERNAL_ERROR | ",
        "500 | Unavailable | Unavailable | INTERNAL_SERVER_ERROR | ",
        "400 | Rejected | Unknown | LIMIT_EXCEEDED | 'maximum_length':10,'api_name':'data'",
        "400 | Rejected | Unknown | MANDATORY_NOT_FOUND | 'api_name':'data'",
        "200 | Unknown | Unknown | SUCCESS | 'id':'7'",
      })
  void an_error_of_the_call_is_of_each_record_unless_it_blames_one_of_several(
      int status, String ofOne, String ofTwo, String code, String details) {
    String body = error(code, details == null ? "" : details);
    assertEquals(List.of(ofOne), outcomes(status, body, "7"));
    assertEquals(List.of(ofTwo, ofTwo), outcomes(status, body, "7", "8"));
  }

  @Test
  void mixed_items_are_told_apart_in_whatever_order_they_come() {
    List<String> items = new ArrayList<>();
    items.add(DONE.formatted("a"));
    items.add(SCHEDULED.formatted("b"));
    items.add(error("INVALID_DATA", AT.formatted(2)));
    items.add(error("INVALID_DATA", "'api_name':'id','json_path':' $.data[3].id'"));
    items.add(error("RECORD_LOCKED", "'id':'e','action':'record_locking'"));
    items.add(error("LIMIT_EXCEEDED", "'limit':10,'json_path':'$.data[5].Territories'"));
    items.add(error("NO_PERMISSION", "'api_name':'id','json_path':'$.data[6].Territories'"));
    items.add(error("DUPLICATE_DATA", AT.formatted(7)));
    items.add(error("ALREADY_SCHEDULED", "'id':'i'"));
    List<String> expected =
        List.of(
            "Done",
            "Scheduled",
            "TerritoryInvalid",
            "RecordGone",
            "Unavailable",
            "Rejected",
            "TerritoryInvalid",
            "Done",
            "Scheduled");
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("mixed_items seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    String[] ids = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    for (int run = 0; run < 1_000; run++) {
      String body = data(items.toArray(String[]::new));
      assertEquals(expected, outcomes(207, body, ids), () -> "seed " + seed + ": " + body);
      Collections.shuffle(items, random);
    }
  }

  @Test
  void an_item_with_neither_id_nor_place_is_about_nobody_of_several() {
    String nameless = error("LIMIT_EXCEEDED", "'limit':10");
    assertEquals(
        List.of("Unknown", "Done"), outcomes(207, data(nameless, DONE.formatted("8")), "7", "8"));
    assertEquals(List.of("Unknown", "Unknown"), outcomes(400, data(nameless), "7", "8"));
    assertEquals(List.of("Unknown", "Unknown"), outcomes(400, data(nameless, nameless), "7", "8"));
  }

  @Test
  void a_success_is_never_given_by_its_place() {
    String placed = item("SUCCESS", "'json_path':'$.data[0].id'", "success");
    assertEquals(List.of("Unknown"), outcomes(200, data(placed), "7"));
    assertEquals(List.of("Unknown", "Unknown"), outcomes(200, data(placed, placed), "7", "8"));
    String nameless = item("SUCCESS", "", "success");
    assertEquals(List.of("Unknown", "Unknown"), outcomes(200, data(nameless, nameless), "7", "8"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 207, 302, 400, 401, 403, 404, 422})
  void a_record_without_an_item_is_unknown_whatever_the_status(int status) {
    String other = error("INVALID_DATA", AT.formatted(0));
    assertEquals("Unknown", outcomes(status, data(other), "7", "8").get(1));
    assertEquals(List.of("Unknown"), outcomes(status, "{'data':[]}", "7"));
    assertEquals(List.of("Unknown"), outcomes(status, "{'data':{}}", "7"));
  }

  @Test
  void two_things_said_of_one_record_are_unknown_and_leave_the_others() {
    String body =
        data(DONE.formatted("7"), error("INVALID_DATA", AT.formatted(0)), DONE.formatted("8"));
    assertEquals(List.of("Unknown", "Done"), outcomes(207, body, "7", "8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.data[2].id", "$.data[-1].id", "$.data.id", "data[0].id", "$.data[x]"})
  void a_place_that_is_none_of_ours_is_about_nobody(String place) {
    String body = data(error("INVALID_DATA", "'json_path':'" + place + "'"));
    assertEquals(List.of("Unknown", "Unknown"), outcomes(400, body, "7", "8"));
  }

  @Test
  void what_is_no_answer_is_judged_by_the_status_and_never_done() {
    for (int status = 100; status <= 599; status++) {
      for (String body : List.of("", "<html>", "[]", "{}", "{'data':7}", "{'data':[[]]}")) {
        List<String> told = outcomes(status, body, "7", "8");
        assertEquals(2, told.size());
        assertFalse(told.contains("Done"), status + " " + body);
        assertFalse(told.contains("Rejected"), status + " " + body + " parks nobody unnamed");
        assertFalse(told.contains("RecordGone"), status + " " + body);
      }
    }
  }
}
