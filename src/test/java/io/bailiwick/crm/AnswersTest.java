package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.TerritoryRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  static final String ID = "3652397000009999001";
  static final Assignment OURS =
      new Assignment("Leads", ID, new TerritoryRef("3652397000001234567", "West Region"));
  static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private static final String SEED_SUCCESS = "{'data':[{'code':'SUCCESS'}]}";
  private static final String SUCCESS =
      "{'data':[{'code':'SUCCESS','details':{'id':'" + ID + "'},'status':'success'}]}";
  private static final String SEED_INVALID =
      "{'code':'INVALID_DATA','details':{'api_name':'Territory'},"
          + "'message':'invalid territory id'}";

  /** Every body of the seed contract and of Zoho's pages that a write may be answered with. */
  static final List<String> BODIES =
      List.of(
          "",
          "null",
          "[]",
          "{}",
          "\"SUCCESS\"",
          "<!DOCTYPE html><html>Sign in</html>",
          "{'data':[]}",
          "{'data':{}}",
          "{'data':[{'code':'SUCCESS'}",
          SEED_SUCCESS,
          SUCCESS,
          "{'data':[" + "{'code':'SUCCESS','details':{'id':'1'}}]}",
          "{'data':[{'code':'SUCCESS'},{'code':'SUCCESS'}]}",
          "{'code':'SUCCESS'}",
          SEED_INVALID,
          "{'data':[" + SEED_INVALID + "]}",
          "{'data':[{'code':'SCHEDULED','details':{'id':'" + ID + "','job_id':'1'}}]}",
          top("INVALID_TOKEN"),
          top("AUTHENTICATION_FAILURE"),
          top("OAUTH_SCOPE_MISMATCH"),
          top("NO_PERMISSION"),
          top("TERRITORY_NOT_ENABLED"),
          top("FEATURE_NOT_ENABLED"),
          top("TOO_MANY_REQUESTS"),
          top("INTERNAL_ERROR"),
          top("INVALID_URL_PATTERN"),
          top("INVALID_MODULE"),
          top("RECORD_LOCKED"),
          top("SOMETHING_NEW"));

  private static String top(String code) {
    return "{'code':'" + code + "','details':{},'message':'any','status':'error'}";
  }

  private static Outcome outcome(int status, String body, Map<String, String> headers) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Answers.outcome(new Reply(status, headers, bytes), OURS, NOW);
  }

  private static String name(int status, String body) {
    return outcome(status, body, Map.of()).getClass().getSimpleName();
  }

  @Test
  void only_a_success_status_with_our_own_success_item_is_done() {
    for (int status = 100; status <= 599; status++) {
      for (String body : BODIES) {
        boolean done = outcome(status, body, Map.of()) instanceof Outcome.Done;
        boolean expected =
            status >= 200 && status < 300 && (body.equals(SUCCESS) || body.equals(SEED_SUCCESS));
        assertEquals(expected, done, status + " " + body);
      }
    }
  }

  @Test
  void a_status_with_a_body_that_says_nothing_is_judged_by_the_status() {
    for (int status = 100; status <= 599; status++) {
      for (String body : List.of("", "<html>", "{}", "[]", "{'data':[]}")) {
        assertEquals(byStatus(status), name(status, body), status + " " + body);
      }
    }
  }

  private static String byStatus(int status) {
    return switch (status) {
      case 401, 403, 407 -> "Unauthorized";
      case 404, 500, 503 -> "Unavailable";
      case 429 -> "RateLimited";
      default -> status >= 400 && status < 500 && status != 408 ? "Rejected" : "Unknown";
    };
  }

  @Test
  void invalid_territory_id_is_told_whatever_the_status_below_500_that_carries_it() {
    for (int status : new int[] {200, 202, 207, 400, 401, 403, 404, 409, 422}) {
      assertEquals("TerritoryInvalid", name(status, SEED_INVALID));
      assertEquals("TerritoryInvalid", name(status, "{'data':[" + SEED_INVALID + "]}"));
    }
    assertEquals("Unknown", name(502, SEED_INVALID));
  }

  private static final List<List<String>> DOCUMENTED =
      List.of(
          List.of("200", "TerritoryInvalid", item("INVALID_DATA", "$.data[0].Territories[0].id")),
          List.of("400", "TerritoryInvalid", item("INVALID_DATA", "$.data[0].Territories[0].id")),
          List.of("400", "TerritoryInvalid", item("INVALID_DATA", " $.data[0].Territories[0].id")),
          List.of("401", "TerritoryInvalid", item("NO_PERMISSION", "$.data[0].Territories")),
          List.of("400", "RecordGone", item("INVALID_DATA", "$.data[0].id")),
          List.of("400", "RecordGone", item("INVALID_DATA", " $.data[0].id")),
          List.of("403", "Rejected", item("NO_PERMISSION", "$.data[0].id")),
          List.of(
              "400",
              "RecordGone",
              "{'code':'INVALID_DATA','details':{'resource_path_index':1},"
                  + "'message':'The record Id given seems to be invalid','status':'error'}"),
          List.of(
              "403",
              "Rejected",
              "{'code':'NO_PERMISSION','details':{'resource_path_index':1},"
                  + "'message':'User has no permission to update the record','status':'error'}"),
          List.of("400", "RecordGone", item("ID_ALREADY_CONVERTED", "")),
          List.of("404", "Unavailable", top("NOT_FOUND")),
          List.of("404", "RecordGone", item("NOT_FOUND", "")),
          List.of("400", "Done", item("DUPLICATE_DATA", "$.data[0].Territories[0].id")),
          List.of("400", "Scheduled", item("ALREADY_SCHEDULED", "")),
          List.of("400", "Unavailable", item("RECORD_LOCKED", "")),
          List.of("400", "Rejected", item("MANDATORY_NOT_FOUND", "$.data[0].id")),
          List.of("400", "Rejected", item("LIMIT_EXCEEDED", "")),
          List.of("200", "Rejected", item("MANDATORY_NOT_FOUND", "$.data[0].id")),
          List.of("200", "Unauthorized", top("INVALID_TOKEN")),
          List.of("401", "Unauthorized", top("INVALID_TOKEN")),
          List.of("401", "Unauthorized", top("AUTHENTICATION_FAILURE")),
          List.of("401", "Unauthorized", top("OAUTH_SCOPE_MISMATCH")),
          List.of("403", "Unauthorized", top("OAUTH_SCOPE_MISMATCH")),
          List.of("403", "Unauthorized", top("NO_PERMISSION")),
          List.of("403", "Unauthorized", top("TERRITORY_NOT_ENABLED")),
          List.of("400", "Unauthorized", top("FEATURE_NOT_ENABLED")),
          List.of("400", "Unauthorized", top("AUTHORIZATION_FAILED")),
          List.of("404", "Unavailable", top("INVALID_URL_PATTERN")),
          List.of("400", "Rejected", top("INVALID_MODULE")),
          List.of("400", "RateLimited", top("TOO_MANY_REQUESTS")),
          List.of("200", "RateLimited", top("TOO_MANY_REQUESTS")),
          List.of("200", "Unavailable", top("INTERNAL_ERROR")),
          List.of("500", "Unavailable", top("INTERNAL_ERROR")),
          List.of("500", "Unavailable", SUCCESS),
          List.of("504", "Unknown", SUCCESS),
          List.of("400", "Unknown", SUCCESS),
          List.of("302", "Unknown", SUCCESS),
          List.of("200", "Unknown", "{'code':'SUCCESS'}"));

  static List<List<String>> documented() {
    return DOCUMENTED;
  }

  private static String item(String code, String place) {
    return ("{'data':[{'code':'%s','message':'the id given seems to be invalid',"
            + "'details':{'api_name':'id','json_path':'%s'},'status':'error'}]}")
        .formatted(code, place);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void a_documented_answer_has_its_outcome(List<String> row) {
    assertEquals(row.get(1), name(Integer.parseInt(row.get(0)), row.get(2)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, INVALID_TOKEN, TOKEN_REFUSED",
    "401, INVALID_OAUTHTOKEN, TOKEN_REFUSED",
    "401, AUTHENTICATION_FAILURE, NO_TOKEN",
    "401, OAUTH_SCOPE_MISMATCH, SCOPE_MISSING",
    "403, OAUTH_SCOPE_MISMATCH, SCOPE_MISSING",
    "401, NO_PERMISSION, NO_PERMISSION",
    "400, AUTHORIZATION_FAILED, NO_PERMISSION",
    "400, FEATURE_NOT_ENABLED, FEATURE_OFF",
    "403, TERRITORY_NOT_ENABLED, FEATURE_OFF"
  })
  void the_meanings_of_401_are_told_apart(int status, String code, AccessTrouble trouble) {
    var outcome =
        assertInstanceOf(Outcome.Unauthorized.class, outcome(status, top(code), Map.of()));
    assertEquals(trouble, outcome.trouble());
    assertEquals(
        "the CRM answered " + status + " " + code + ": " + trouble.told(), outcome.detail());
  }

  @Test
  void of_many_items_ours_is_found_by_its_id_and_never_by_its_place() {
    String bulk =
        "{'data':[{'code':'INVALID_DATA','details':{'id':'1','api_name':'Territory'}},"
            + "{'code':'SUCCESS','details':{'id':'"
            + ID
            + "'}}]}";
    assertEquals("Done", name(207, bulk));
    assertEquals("Unknown", name(207, bulk.replace(ID, "2")));
    assertEquals("Unknown", name(200, "{'data':[" + "{'code':'SUCCESS'},".repeat(2) + "{}]}"));
  }

  @Test
  void a_success_that_is_contradicted_is_unknown_and_one_with_a_job_is_scheduled() {
    String own = "'details':{'id':'" + ID + "'";
    assertEquals("Unknown", name(200, "{'data':[{'code':'SUCCESS','status':'error'}]}"));
    assertEquals("Scheduled", name(200, "{'data':[{'code':'SUCCESS'," + own + ",'job_id':'9'}}]}"));
    assertEquals(
        "Unknown",
        name(200, "{'data':[{'code':'SUCCESS'," + own + "}},{'code':'X'," + own + "}}]}"));
    assertEquals("Unknown", name(200, "{'data':[{'code':'X','code':'SUCCESS'}]}"));
  }

  @Test
  void an_id_that_is_a_number_is_the_same_id() {
    assertEquals("Done", name(200, "{'data':[{'code':'SUCCESS','details':{'id':" + ID + "}}]}"));
  }

  @Test
  void bodies_that_cannot_be_read_are_never_success() {
    assertEquals("Unknown", name(200, "[".repeat(10_000) + "]".repeat(10_000)));
    assertEquals("Unknown", name(200, "{'data':".repeat(10_000)));
    assertEquals("Unknown", name(200, "9".repeat(900_000)));
    assertEquals("Unknown", name(200, SUCCESS + SUCCESS));
    byte[] latin =
        "{\"data\":[{\"code\":\"SUCCESS\",\"x\":\"\u00e9\"}]}"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertInstanceOf(
        Outcome.Unknown.class, Answers.outcome(new Reply(200, Map.of(), latin), OURS, NOW));
    String huge = "{'data':[" + "{'code':'X'},".repeat(80_000) + "{'code':'SUCCESS'}]}";
    assertEquals("Unknown", name(200, huge));
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S",
    "1, PT1S",
    "120, PT2M",
    "3600, PT1H",
    "1000000000, PT1H",
    "99999999999999999999, PT1H",
    "'Mon, 02 Mar 2026 10:00:30 GMT', PT30S",
    "'Mon, 02 Mar 2026 09:00:00 GMT', PT1S",
    "'Tue, 02 Mar 2027 10:00:00 GMT', PT1H",
    "-5,",
    "soon,",
    "1.5,",
    "'',",
    "'Mon, 99 Mar 2026 10:00:00 GMT',"
  })
  void retry_after_is_read_as_rfc_9110_has_it_and_bounded(String header, String expected) {
    for (int status : new int[] {429, 503, 500}) {
      Outcome outcome = outcome(status, "", Map.of("retry-after", header));
      var wait =
          outcome instanceof Outcome.RateLimited limited
              ? limited.retryAfter()
              : ((Outcome.Unavailable) outcome).retryAfter();
      assertEquals(expected, wait == null ? null : wait.toString(), header);
    }
  }

  @Test
  void a_wait_in_the_body_counts_where_the_header_gives_none() {
    String body = "{'code':'TOO_MANY_REQUESTS','details':{'retry_after':60},'status':'error'}";
    assertEquals("PT1M", limited(outcome(429, body, Map.of())));
    assertEquals("PT7S", limited(outcome(429, body, Map.of("retry-after", "7"))));
    assertEquals("PT1M", limited(outcome(429, body, Map.of("retry-after", "soon"))));
  }

  private static String limited(Outcome outcome) {
    var wait = assertInstanceOf(Outcome.RateLimited.class, outcome).retryAfter();
    assertNotNull(wait);
    return wait.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ana@acme.example", "Ana Diaz", "1000.abc secret"})
  void a_detail_never_repeats_the_text_of_an_answer(String personal) {
    String body =
        "{'code':'%s','details':{'api_name':'%s'},'message':'%s','status':'error'}"
            .formatted(personal, personal, personal);
    for (int status : new int[] {200, 400, 401, 429, 500}) {
      assertFalse(outcome(status, body, Map.of()).detail().contains(personal));
    }
  }
}
