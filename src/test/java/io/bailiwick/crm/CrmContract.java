package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.Touched;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every way to the sandbox's model must give: run over its port face, and over the real client
 * against its real server.
 */
abstract class CrmContract extends ContractGround {

  @Test
  void a_ready_territory_is_written_and_shown() {
    SandboxModel model = model();
    Crm crm = face(model);
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", LEAD)));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(WEST))));
    assertEquals(new RecordState.Present(WEST), given(crm.read("Leads", LEAD)));
    assertEquals(Optional.of(WEST), model.territoryOf("Leads", LEAD));
  }

  @Test
  void a_territory_is_taken_away_where_the_next_one_would_not_replace_it() {
    Crm crm = face(model());
    given(crm.assign(to(WEST)));
    boolean replaced = given(crm.remove(to(WEST))) instanceof Outcome.Rejected;
    var left = new RecordState.Present(replaced ? WEST : null);
    assertEquals(left, given(crm.read("Leads", LEAD)));
    given(crm.assign(to("6")));
    assertEquals(new RecordState.Present("6"), given(crm.read("Leads", LEAD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Leads", "Accounts", "Contacts", "Deals"})
  void a_record_of_each_module_is_written_and_read_like_a_lead(String module) {
    SandboxModel model = model();
    control(model, "{'do':'addRecord','module':'%s','id':'9'}".formatted(module));
    var assignment = new Assignment(module, "9", new TerritoryRef(WEST, "West Region"));
    Crm crm = face(model);
    assertTrue(crm.capabilities().modules().contains(module));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(assignment)));
    assertEquals(Optional.of(WEST), model.territoryOf(module, "9"));
    assertEquals(new RecordState.Present(WEST), given(crm.read(module, "9")));
  }

  @Test
  void a_territory_whose_flags_are_not_said_takes_leads() {
    assertInstanceOf(Outcome.Done.class, given(face(model()).assign(to("6"))));
  }

  @ParameterizedTest
  @CsvSource({"3, inactive", "4, api_disabled", "5, not_a_member", "999, not_found"})
  void a_territory_that_is_not_ready_is_refused_and_nothing_is_written(String id, String why) {
    SandboxModel model = model();
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(face(model).assign(to(id))), why);
    assertEquals(Optional.empty(), model.territoryOf("Leads", LEAD));
    JsonNode write = model.writes("Leads", LEAD, 0, 10).path("writes").path(0);
    assertEquals("invalid_territory", write.path("result").asText());
  }

  @Test
  void a_territory_is_refused_until_it_has_propagated() {
    SandboxModel model = model();
    Crm crm = face(model);
    String id =
        control(model, "{'do':'addTerritory','name':'New','parentId':'Root'}").path("id").asText();
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(crm.assign(to(id))));
    control(model, "{'do':'moveClock','by':'PT14M'}");
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(crm.assign(to(id))));
    control(model, "{'do':'moveClock','by':'PT1M'}");
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(id))));
  }

  @Test
  void an_api_user_without_the_permission_reaches_no_territory() {
    SandboxModel model = model();
    control(model, "{'do':'setUser','memberOf':['Root'],'permitted':false}");
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(face(model).assign(to(WEST))));
  }

  @Test
  void an_inspection_makes_each_call_and_brings_all_territories_and_the_crms_time() {
    SandboxModel model = model();
    control(model, "{'do':'moveClock','by':'PT1H'}");
    CrmInspection seen = given(face(model).inspect());
    List<Step> steps = new ArrayList<>(List.of(Step.values()));
    if (!dialect().profileTells()) {
      steps.remove(Step.PROFILE);
    }
    assertEquals(steps, seen.calls().stream().map(CrmInspection.Call::step).toList());
    assertEquals(List.of(Verdict.OK), verdicts(seen).stream().distinct().toList());
    assertEquals(start().memberOf(), seen.reading().memberOf());
    assertEquals(6, seen.reading().territories().size());
    assertEquals(dialect().word(), seen.dialect());
    Duration ahead = Duration.between(base().instant(), seen.serverTime());
    assertEquals(0, ahead.minus(Duration.ofHours(1)).toSeconds() / 10, ahead.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "401, TOKEN_REFUSED",
    "403, SCOPE_MISSING",
    "429, LIMITED",
    "500, UNREADABLE",
  })
  void an_inspection_ends_with_a_first_call_that_fails_and_says_how(int status, Verdict verdict) {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':%d}".formatted(status));
    CrmInspection seen = given(face(model).inspect());
    assertEquals(List.of(verdict), verdicts(seen));
    assertEquals(null, seen.reading());
  }

  @Test
  void an_inspection_tells_an_organisation_without_territories_and_a_crm_without_answers() {
    SandboxModel off = model();
    control(off, "{'do':'setFeature','territories':false}");
    assertEquals(List.of(Verdict.FEATURE_OFF), verdicts(given(face(off).inspect())));
    assertInstanceOf(TerritoryAnswer.Failed.class, given(face(off).territories()));
    SandboxModel mute = model();
    fault(mute, "{'kind':'reset'}");
    assertEquals(List.of(Verdict.UNREACHABLE), verdicts(given(face(mute).inspect())));
  }

  @Test
  void an_inspection_tells_a_scope_that_only_one_call_lacks() {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':403,'path':'" + dialect().api() + "users/'}");
    CrmInspection seen = given(face(model).inspect());
    assertEquals(Verdict.SCOPE_MISSING, seen.call(Step.MEMBERSHIPS).verdict());
    assertEquals(null, seen.reading().memberOf());
    if (dialect().profileTells()) {
      fault(model, "{'kind':'status','status':403,'path':'/crm/v2/settings/profiles'}");
      CrmInspection profile = given(face(model).inspect());
      assertEquals(Verdict.SCOPE_MISSING, profile.call(Step.PROFILE).verdict());
      assertEquals(Flag.UNKNOWN, profile.reading().permitted());
    }
  }

  private static List<Verdict> verdicts(CrmInspection seen) {
    return seen.calls().stream().map(CrmInspection.Call::verdict).toList();
  }

  @Test
  void a_record_tells_when_it_was_worked_on_where_the_crm_tells_it() {
    SandboxModel model = model();
    Crm crm = face(model);
    control(model, "{'do':'setFeature','activity':true}");
    assertEquals(
        new RecordState.Present(List.of(), new Touched.Never()), given(crm.read("Leads", LEAD)));
    control(model, "{'do':'touchRecord','module':'Leads','id':'" + LEAD + "'}");
    var shown = assertInstanceOf(RecordState.Present.class, given(crm.read("Leads", LEAD)));
    assertInstanceOf(Touched.At.class, shown.touched());
  }

  @Test
  void an_unknown_record_is_refused_and_reads_as_gone() {
    Crm crm = face(model());
    var assignment = new Assignment("Leads", "404", new TerritoryRef(WEST, "West Region"));
    assertInstanceOf(Outcome.RecordGone.class, given(crm.assign(assignment)));
    assertInstanceOf(RecordState.Gone.class, given(crm.read("Leads", "404")));
  }

  @Test
  void an_adopting_sandbox_takes_an_unknown_record_as_its_own() {
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(0).withAdopt(true), start());
    Crm crm = face(model);
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", "new-1")));
    var assignment = new Assignment("Leads", "new-2", new TerritoryRef(WEST, "West Region"));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(assignment)));
    assertEquals(Optional.of(WEST), model.territoryOf("Leads", "new-2"));
  }

  @Test
  void several_records_go_in_one_call_and_each_has_its_own_outcome() {
    SandboxModel model = model();
    Crm crm = face(model);
    List<Assignment> together = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      // Each third record is not there, each fifth is to get a territory of others.
      if (i % 3 != 0) {
        control(model, "{'do':'addRecord','module':'Leads','id':'r" + i + "'}");
      }
      together.add(
          new Assignment("Leads", "r" + i, new TerritoryRef(i % 5 == 0 ? "5" : WEST, "any")));
    }
    assertTrue(crm.capabilities().batch() >= 10);
    List<Outcome> outcomes = given(crm.assign(together));
    assertEquals(1, model.calls().path("total").asInt(), model.calls()::toString);
    List<RecordState> shown =
        given(crm.read("Leads", together.stream().map(Assignment::crmId).toList()));
    for (int i = 0; i < 10; i++) {
      String name = i % 3 == 0 ? "RecordGone" : i % 5 == 0 ? "TerritoryInvalid" : "Done";
      assertEquals(name, outcomes.get(i).getClass().getSimpleName(), "record " + i);
      RecordState state = shown.get(i);
      if (i % 3 == 0) {
        assertInstanceOf(RecordState.Gone.class, state, "record " + i);
      } else {
        assertEquals(new RecordState.Present(i % 5 == 0 ? null : WEST), state, "record " + i);
      }
    }
  }

  @Test
  void several_records_of_which_the_reading_fails_are_unreadable() {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':500}");
    for (RecordState state : given(face(model).read("Leads", List.of(LEAD, "404")))) {
      assertInstanceOf(RecordState.Unreadable.class, state);
    }
  }

  @Test
  void an_unknown_module_is_refused_for_good() {
    Crm crm = face(model());
    var assignment = new Assignment("Cases", LEAD, new TerritoryRef(WEST, "West Region"));
    assertInstanceOf(Outcome.Rejected.class, given(crm.assign(assignment)));
    assertInstanceOf(RecordState.Unreadable.class, given(crm.read("Cases", LEAD)));
  }

  @ParameterizedTest
  @CsvSource({
    "401, Unauthorized",
    "403, Unauthorized",
    "404, Unavailable",
    "408, Unknown",
    "422, Rejected",
    "429, RateLimited",
    "500, Unavailable",
    "502, Unknown",
    "503, Unavailable",
    "504, Unknown"
  })
  void a_status_instead_of_an_answer_has_its_outcome_and_writes_nothing(int status, String name) {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':%d}".formatted(status));
    Outcome outcome = given(face(model).assign(to(WEST)));
    assertEquals(name, outcome.getClass().getSimpleName());
    assertEquals(Optional.empty(), model.territoryOf("Leads", LEAD));
    assertInstanceOf(RecordState.Unreadable.class, given(face(model).read("Leads", LEAD)));
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "1, PT1S", "17, PT17S", "3600, PT1H", "86400, PT1H"})
  void a_retry_after_is_kept_within_a_second_and_an_hour(int seconds, Duration expected) {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':429,'retryAfter':%d}".formatted(seconds));
    Outcome outcome = given(face(model).assign(to(WEST)));
    assertEquals(expected, assertInstanceOf(Outcome.RateLimited.class, outcome).retryAfter());
  }

  @Test
  void a_rate_limit_without_a_retry_after_names_no_time() {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':429}");
    Outcome outcome = given(face(model).assign(to(WEST)));
    assertEquals(null, assertInstanceOf(Outcome.RateLimited.class, outcome).retryAfter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "garbage"})
  void a_call_that_comes_to_nothing_is_unknown_and_unwritten(String kind) {
    SandboxModel model = model();
    fault(model, "{'kind':'%s','times':1}".formatted(kind));
    Crm crm = face(model);
    assertInstanceOf(Outcome.Unknown.class, given(crm.assign(to(WEST))));
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", LEAD)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'kind':'lostAnswer','times':1}", "{'kind':'lateAnswer','millis':1500}"})
  void a_written_call_whose_answer_does_not_come_is_unknown(String fault) {
    SandboxModel model = model();
    fault(model, fault);
    assertInstanceOf(Outcome.Unknown.class, given(face(model).assign(to(WEST))));
    assertEquals(Optional.of(WEST), model.territoryOf("Leads", LEAD));
  }

  @Test
  void a_slow_crm_applies_what_was_given_up() {
    SandboxModel model = model();
    fault(model, "{'kind':'latency','millis':1700,'times':1}");
    assertInstanceOf(Outcome.Unknown.class, given(face(model).assign(to(WEST))));
    assertEquals(Optional.empty(), model.territoryOf("Leads", LEAD));
    until(() -> model.territoryOf("Leads", LEAD).isPresent());
  }

  @Test
  void an_ignored_write_says_done_and_the_record_shows_otherwise() {
    SandboxModel model = model();
    fault(model, "{'kind':'ignoreWrite'}");
    Crm crm = face(model);
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(WEST))));
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", LEAD)));
  }

  @Test
  void a_fault_that_is_used_up_strikes_no_more() {
    SandboxModel model = model();
    fault(model, "{'kind':'invalidTerritory','times':2}");
    Crm crm = face(model);
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(crm.assign(to(WEST))));
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(crm.assign(to(WEST))));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(WEST))));
  }

  @Test
  void the_territories_are_read_with_all_that_is_known_of_the_user() {
    assertEquals(new TerritoryAnswer.Complete(told(start())), given(face(model()).territories()));
  }

  @Test
  void a_list_of_many_pages_is_read_to_its_end() {
    List<Listed> many = new ArrayList<>();
    for (int i = 0; i < 650; i++) {
      many.add(listed("t" + i, "Territory " + i, i == 0 ? null : "t0", Flag.YES, Flag.YES));
    }
    var reading = new TerritoryReading(many, Set.of("t0", "t649"), Flag.NO);
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(0), reading);
    assertEquals(new TerritoryAnswer.Complete(told(reading)), given(face(model).territories()));
    JsonNode calls = model.calls();
    assertEquals(dialect().profileTells() ? 7 : 6, calls.path("total").asInt(), calls::toString);
  }

  @Test
  void no_territories_are_a_complete_reading_too() {
    var none = new TerritoryReading(List.of(), Set.of(), Flag.YES);
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(0), none);
    assertEquals(new TerritoryAnswer.Complete(told(none)), given(face(model).territories()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'status','status':500,'path':'/crm/API/settings/territories'}",
        "{'kind':'garbage','path':'/crm/API/settings/territories'}",
        "{'kind':'reset'}",
        "{'kind':'status','status':429}"
      })
  void a_page_that_cannot_be_read_fails_the_reading(String fault) {
    SandboxModel model = model();
    fault(model, fault.replace("/crm/API/", dialect().api()));
    assertInstanceOf(TerritoryAnswer.Failed.class, given(face(model).territories()));
  }

  @Test
  void what_cannot_be_read_of_the_user_is_unknown() {
    List<Listed> all = start().territories();
    assertEquals(told(new TerritoryReading(all, null, Flag.UNKNOWN)), withFaultAt("users"));
    assertEquals(told(new TerritoryReading(all, null, Flag.YES)), withFaultAt("users/"));
    assertEquals(
        told(new TerritoryReading(all, Set.of("1"), Flag.UNKNOWN)),
        withFaultAt("settings/profiles"));
  }

  @Test
  void a_user_of_whom_nothing_is_said_stays_unknown() {
    var start = new TerritoryReading(start().territories(), null, Flag.UNKNOWN);
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(0), start);
    assertEquals(new TerritoryAnswer.Complete(told(start)), given(face(model).territories()));
  }

  private TerritoryReading withFaultAt(String path) {
    SandboxModel model = model();
    String place = dialect().api() + path;
    fault(model, "{'kind':'status','status':500,'path':'%s'}".formatted(place));
    TerritoryAnswer answer = given(face(model).territories());
    return assertInstanceOf(TerritoryAnswer.Complete.class, answer).reading();
  }
}
