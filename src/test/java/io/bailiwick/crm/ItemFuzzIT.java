package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.fuzz.Fuzz;
import io.bailiwick.lead.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers to calls of several records, made bad: none makes a success of what is none. */
class ItemFuzzIT {

  private static final List<String> IDS = List.of("71", "72", "73");

  private static final List<byte[]> ANSWERS =
      Stream.of(
              "{'data':[{'code':'SUCCESS','details':{'id':'71'},'message':'m','status':'success'},"
                  + "{'code':'SUCCESS','details':{'id':'72'},'message':'m','status':'success'},"
                  + "{'code':'SUCCESS','details':{'id':'73'},'message':'m','status':'success'}]}",
              "{'data':[{'code':'INVALID_DATA','details':{'api_name':'Territory','json_path':"
                  + "'$.data[1].Territory'},'message':'invalid territory id','status':'error'},"
                  + "{'code':'SUCCESS','details':{'id':'73'},'message':'m','status':'success'}]}",
              "{'data':[{'code':'SCHEDULED','details':{'id':'71','job_id':'9'},'status':'success'}]}",
              "{'code':'INVALID_TOKEN','details':{},'message':'invalid oauth token','status':'error'}",
              "<html><body>Sign in</body></html>")
          .map(answer -> answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final List<String> WORDS =
      List.of(
          "\"SUCCESS\"",
          "\"code\":",
          "\"id\":",
          "\"71\"",
          "\"72\"",
          "\"73\"",
          "71",
          "null",
          "{}",
          "[]",
          "\"data\":",
          "\"details\":",
          "$.data[0]",
          "$.data[9999]",
          "\"error\"",
          "INVALID_DATA",
          ",",
          ":",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          "1e9",
          "[".repeat(60),
          "\u0000");

  @Test
  void noAnswerOfManyItemsIsAFalseSuccess() {
    var now = Instant.parse("2026-03-02T10:00:00Z");
    new Fuzz("answers of the CRM", ANSWERS, WORDS)
        .run(
            225_000,
            (body, random) -> {
              int status = random.nextInt(3) > 0 ? 200 : 100 + random.nextInt(500);
              List<Outcome> outcomes =
                  ItemAnswers.outcomes(new Reply(status, Map.of(), body), IDS, now);
              assertEquals(IDS.size(), outcomes.size(), "one for each record");
              boolean any = false;
              for (int i = 0; i < IDS.size(); i++) {
                if (outcomes.get(i) instanceof Outcome.Done) {
                  any = true;
                  assertTrue(mayBeDone(status, body, IDS.get(i)), IDS.get(i) + " was not written");
                }
              }
              return any;
            });
  }

  /** An oracle apart from the code: an item of success that names the record, in a good answer. */
  private static boolean mayBeDone(int status, byte[] body, String id) {
    try {
      for (JsonNode item : new ObjectMapper().readTree(body).path("data")) {
        if (item.path("details").path("id").asText().equals(id)
            && item.path("code").asText().equals("SUCCESS")) {
          return status / 100 == 2;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return false;
  }
}
