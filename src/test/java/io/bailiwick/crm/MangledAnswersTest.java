package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.lead.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MangledAnswersTest {

  /** An oracle written apart from the code: what may be called done. */
  private static boolean mayBeDone(int status, byte[] body) {
    try {
      JsonNode data = new ObjectMapper().readTree(body).path("data");
      boolean own = false;
      for (JsonNode item : data) {
        String id = item.path("details").path("id").asText();
        boolean ours =
            id.equals(AnswersTest.ID) || (data.size() == 1 && !item.path("details").has("id"));
        own |= ours && item.path("code").asText().equals("SUCCESS");
      }
      return own && status / 100 == 2;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void no_mangled_answer_throws_or_is_a_false_success() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("mangled answers seed " + seed + " (-Dseed=" + seed + " repeats it)");
    var random = new Random(seed);
    int done = 0;
    for (int i = 0; i < 200_000; i++) {
      String text =
          AnswersTest.BODIES.get(random.nextInt(AnswersTest.BODIES.size())).replace('\'', '"');
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      for (int cuts = random.nextInt(4); cuts > 0 && body.length > 0; cuts--) {
        int at = random.nextInt(body.length);
        body[at] = random.nextBoolean() ? (byte) random.nextInt(256) : body[body.length - 1 - at];
      }
      int status = random.nextBoolean() ? 200 : 100 + random.nextInt(500);
      Outcome outcome =
          Answers.outcome(new Reply(status, Map.of(), body), AnswersTest.OURS, AnswersTest.NOW);
      if (outcome instanceof Outcome.Done) {
        done++;
        assertTrue(mayBeDone(status, body), "seed " + seed + " round " + i);
      }
    }
    assertTrue(done > 0, "some bodies stay whole, so some are done");
  }
}
