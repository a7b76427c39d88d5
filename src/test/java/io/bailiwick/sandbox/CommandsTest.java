package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  private final SandboxModel model = Samples.model(false);

  private static JsonNode json(String text) {
    try {
      return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode told(String command) {
    return model.control(json(command));
  }

  private JsonNode territory(String id) {
    for (JsonNode territory : model.state().path("territories")) {
      if (territory.path("id").asText().equals(id)) {
        return territory;
      }
    }
    throw new AssertionError("there is no territory " + id);
  }

  @Test
  void a_territory_is_set_by_id_or_by_name() {
    told("{'do':'setTerritory','territory':'No Access','apiEnabled':true}");
    assertTrue(territory("4").path("apiEnabled").asBoolean());
    told("{'do':'setTerritory','territory':'4','status':'Inactive','name':'Shut','parentId':null}");
    assertEquals("Inactive", territory("4").path("status").asText());
    assertEquals("Shut", territory("4").path("name").asText());
    assertTrue(territory("4").path("parentId").isNull());
    assertEquals("inactive", territory("4").path("refused").asText());
  }

  @Test
  void a_new_territory_is_created_now_and_gets_a_free_id() {
    String first = told("{'do':'addTerritory','name':'A','parentId':'Root'}").path("id").asText();
    String second = told("{'do':'addTerritory','name':'A'}").path("id").asText();
    assertFalse(first.equals(second));
    assertEquals("propagating", territory(first).path("refused").asText());
    told("{'do':'moveClock','by':'PT15M'}");
    assertTrue(territory(first).path("refused").isNull());
    assertEquals("not_a_member", territory(second).path("refused").asText());
    told("{'do':'removeTerritory','territory':'%s'}".formatted(first));
    assertEquals(4, model.state().path("territories").size());
  }

  @Test
  void an_array_is_obeyed_in_order_and_a_wrong_one_is_named() {
    JsonNode done =
        told("[{'do':'addRecord','module':'Leads','id':'1'},{'do':'moveClock','by':'PT1S'}]");
    assertEquals(2, done.size());
    var wrong =
        assertThrows(IllegalArgumentException.class, () -> told("[{'do':'reset'},{'do':'fly'}]"));
    assertTrue(String.valueOf(wrong.getMessage()).startsWith("command 1: \"do\" is one of"));
  }

  @Test
  void a_reset_brings_back_the_start() {
    var before = model.state();
    told(
        "[{'do':'removeTerritory','territory':'4'},{'do':'addRecord','module':'Leads','id':'1'},"
            + "{'do':'setUser','memberOf':[],'permitted':false},"
            + "{'do':'setFaults','faults':[{'kind':'reset'}]},{'do':'reset'}]");
    var after = model.state();
    before.remove("now");
    after.remove("now");
    assertEquals(before, after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]x",
        "7",
        "{'do':7}",
        "{'do':'fly'}",
        "{'do':'setTerritory'}",
        "{'do':'setTerritory','territory':'none'}",
        "{'do':'setTerritory','territory':'4','apiEnabled':'yes'}",
        "{'do':'setTerritory','territory':'4','apienabled':true}",
        "{'do':'setTerritory','territory':'4','status':'active'}",
        "{'do':'addTerritory'}",
        "{'do':'addTerritory','name':''}",
        "{'do':'addTerritory','name':'x','id':'4'}",
        "{'do':'addTerritory','name':'x','parentId':'none'}",
        "{'do':'setUser','memberOf':'Root'}",
        "{'do':'setUser','memberOf':['none']}",
        "{'do':'addRecord','module':'Cases','id':'1'}",
        "{'do':'addRecord','module':'Leads','id':'a b'}",
        "{'do':'removeRecord','module':'Leads','id':'1'}",
        "{'do':'setFaults'}",
        "{'do':'setFaults','faults':[{}]}",
        "{'do':'setFaults','faults':[{'kind':'status'}]}",
        "{'do':'setFaults','faults':[{'kind':'status','status':200}]}",
        "{'do':'setFaults','faults':[{'kind':'latency'}]}",
        "{'do':'setFaults','faults':[{'kind':'reset','share':0}]}",
        "{'do':'setFaults','faults':[{'kind':'reset','share':1.1}]}",
        "{'do':'setFaults','faults':[{'kind':'reset','times':0}]}",
        "{'do':'moveClock'}",
        "{'do':'moveClock','by':'15 minutes'}",
        "{'do':'moveClock','by':'PT-15M'}",
        "{'do':'reset','all':true}"
      })
  void a_wrong_command_is_refused_with_what_to_send(String command) {
    if (command.endsWith("x")) {
      assertThrows(UncheckedIOException.class, () -> told(command));
      return;
    }
    var before = model.state();
    var refusal = assertThrows(IllegalArgumentException.class, () -> told(command));
    assertTrue(String.valueOf(refusal.getMessage()).length() > 20, refusal::getMessage);
    var after = model.state();
    before.remove("now");
    after.remove("now");
    assertEquals(before, after);
  }

  @Test
  void a_clock_that_cannot_be_moved_says_so() {
    var still =
        new SandboxModel(
            SandboxSettings.STANDARD, Samples.start(), "77", InstantSource.fixed(Instant.EPOCH));
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> still.control(json("{'do':'moveClock','by':'PT1S'}")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("cannot be moved"));
  }

  @ParameterizedTest
  @CsvSource({"0.05", "0.2", "0.9"})
  void a_share_strikes_that_share_of_the_calls(double share) {
    told(
        "{'do':'setFaults','faults':[{'kind':'status','status':429,'share':%s}]}".formatted(share));
    int struck = 0;
    for (int i = 0; i < 20_000; i++) {
      SandboxModel.Turn turn = model.open("PUT", "/crm/v2/Leads/1");
      struck += turn.effect().status() == 429 ? 1 : 0;
      model.close(turn, 200);
    }
    assertEquals(share, struck / 20_000.0, 0.02);
  }

  @Test
  void the_same_seed_draws_the_same_faults() {
    String faults =
        "{'do':'setFaults','faults':[{'kind':'reset','share':0.3},"
            + "{'kind':'latency','millis':5,'toMillis':500,'share':0.5}]}";
    SandboxModel other = Samples.model(false);
    told(faults);
    other.control(json(faults));
    var paths = new Random(7);
    for (int i = 0; i < 1000; i++) {
      String path = "/crm/v2/Leads/" + paths.nextInt();
      Effect effect = model.open("PUT", path).effect();
      assertEquals(effect, other.open("PUT", path).effect());
      assertTrue(effect.delay().compareTo(Duration.ofMillis(500)) <= 0);
    }
    assertEquals(1000, model.calls().path("mostAtOnce").asInt());
  }

  @Test
  void a_fault_strikes_only_where_its_path_says() {
    told("{'do':'setFaults','faults':[{'kind':'reset','path':'/crm/v2/Accounts'}]}");
    assertEquals(Effect.NONE, model.open("PUT", "/crm/v2/Leads/1").effect());
    assertEquals(Effect.Ending.RESET, model.open("PUT", "/crm/v2/Accounts/1").effect().ending());
  }

  @Test
  void what_follows_a_reset_in_one_request_is_done_to_the_new_world() {
    told("[{'do':'reset'},{'do':'addRecord','module':'Deals','id':'1'}]");
    assertEquals(1, model.state().path("records").path("Deals").asInt());
  }

  @Test
  void every_write_is_kept_with_its_number_its_time_and_what_became_of_it() {
    told("{'do':'addRecord','module':'Leads','id':'1'}");
    for (String territory : new String[] {Samples.WEST, "4", Samples.WEST}) {
      model.write(Wish.of("/crm/v2/Leads/1", "Leads", "1", territory));
    }
    model.write(Wish.of("/crm/v2/Leads/2", "Leads", "2", Samples.WEST));
    JsonNode all = model.writes(null, null, 0, 100);
    assertEquals(4, all.path("total").asInt());
    JsonNode own = model.writes("Leads", "1", 1, 1);
    assertEquals(2, own.path("total").asInt());
    assertEquals(1, own.path("writes").size());
    JsonNode write = own.path("writes").path(0);
    assertEquals(2, write.path("seq").asInt());
    assertEquals("invalid_territory", write.path("result").asText());
    assertEquals("unknown_record", all.path("writes").path(3).path("result").asText());
    Instant.parse(write.path("at").asText());
  }
}
