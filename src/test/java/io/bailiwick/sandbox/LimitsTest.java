package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credits of 24 hours, calls under way at once, and what is told of them. */
class LimitsTest {

  private static final String PATH = "/crm/v8/Leads";
  private final SandboxModel model =
      new SandboxModel(
          SandboxSettings.STANDARD,
          Samples.start(),
          "77",
          new SettableClock(InstantSource.fixed(Instant.parse("2026-03-02T10:00:00Z"))));

  private void order(String order) throws IOException {
    model.control(Json.read(order.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private SandboxModel.Turn begin(int records) {
    SandboxModel.Turn turn = model.open("PUT", PATH);
    model.weigh(turn, records);
    return turn;
  }

  private int call(int records) {
    SandboxModel.Turn turn = begin(records);
    ApiAnswer refusal = model.admit(turn);
    int status = refusal == null ? 200 : refusal.status();
    model.close(turn, status);
    return status;
  }

  @Test
  void ten_records_are_a_credit_and_credits_come_back_after_a_day() throws IOException {
    order("{'do':'setLimits','credits':20}");
    assertEquals(200, call(0));
    assertNull(model.creditsRemaining());
    assertEquals(200, call(100));
    assertEquals(9, model.creditsRemaining());
    assertEquals(200, call(85));
    assertEquals(0, model.creditsRemaining());
    assertEquals(429, call(0));
    assertEquals(20, model.calls().path("creditsUsed").asInt());
    order("{'do':'moveClock','by':'PT23H59M'}");
    assertEquals(429, call(0));
    order("{'do':'moveClock','by':'PT1M'}");
    assertEquals(200, call(0));
    assertEquals(1, model.calls().path("creditsUsed").asInt());
  }

  @Test
  void a_call_too_many_is_refused_and_takes_no_place() throws IOException {
    order("{'do':'setLimits','concurrency':2,'retryAfter':true}");
    List<SandboxModel.Turn> open = new ArrayList<>(List.of(begin(0), begin(0)));
    open.forEach(turn -> assertNull(model.admit(turn)));
    SandboxModel.Turn third = begin(0);
    ApiAnswer refusal = model.admit(third);
    assertEquals("TOO_MANY_REQUESTS", refusal.body().path("code").asText());
    assertEquals(2, refusal.body().at("/details/limit").asInt());
    assertEquals(1, refusal.body().at("/details/retry_after").asInt());
    assertEquals(1, refusal.retryAfter());
    model.close(open.remove(0), 200);
    SandboxModel.Turn fourth = begin(0);
    assertNull(model.admit(fourth));
    model.close(third, 429);
    assertEquals(3, model.calls().path("mostAtOnce").asInt());
    assertEquals(429, call(0));
  }

  @Test
  void writes_of_more_than_ten_records_have_a_limit_of_their_own() throws IOException {
    order("{'do':'setLimits','subConcurrency':1}");
    SandboxModel.Turn first = begin(11);
    assertNull(model.admit(first));
    assertEquals(200, call(10));
    assertEquals(429, call(11));
    model.close(first, 200);
    assertEquals(200, call(11));
    assertEquals(2, model.calls().path("mostHeavyAtOnce").asInt());
  }

  @Test
  void each_call_is_told_with_its_beginning_and_its_end() throws IOException {
    SandboxModel.Turn first = begin(25);
    assertNull(model.admit(first));
    order("{'do':'moveClock','by':'PT2S'}");
    model.close(first, 200);
    begin(0);
    JsonNode calls = model.eachCall(0, 10).path("calls");
    assertEquals("2026-03-02T10:00:00Z", calls.at("/0/begin").asText());
    assertEquals("2026-03-02T10:00:02Z", calls.at("/0/end").asText());
    assertEquals(25, calls.at("/0/records").asInt());
    assertEquals(3, calls.at("/0/credits").asInt());
    assertEquals(1, calls.at("/1/underWay").asInt());
    assertEquals(true, calls.at("/1/end").isNull());
    assertEquals(1, model.eachCall(1, 10).path("calls").size());
  }

  @Test
  void records_are_counted_without_reading_the_whole_body_as_a_tree() {
    assertEquals(3, weight("PUT", "/crm/v8/Leads", "{'trigger':[1,2],'data':[{'a':[1]},{},7]}"));
    assertEquals(0, weight("POST", "/crm/v8/Leads/actions/assign_territories", "{'data':[{}]}"));
    assertEquals(0, weight("PUT", "/crm/v2/Leads/7", "{'Territory':'1'}"));
    for (String nonsense : new String[] {"", "[", "{'data':[", "7", "{'data':7}"}) {
      assertEquals(0, weight("PUT", "/crm/v2/Leads", nonsense), nonsense);
    }
  }

  private static int weight(String method, String path, String body) {
    return Weight.of(method, path, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
