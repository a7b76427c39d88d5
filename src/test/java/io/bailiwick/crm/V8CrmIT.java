package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Crm;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.sandbox.SandboxModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract in Zoho's version 8, and what only that knows. */
class V8CrmIT extends HttpContract {

  @Override
  Dialect dialect() {
    return Dialect.ZOHO_V8;
  }

  /** It lists no state of a territory but its manager's, and no permission of a profile. */
  @Override
  TerritoryReading told(TerritoryReading start) {
    List<Listed> listed =
        start.territories().stream()
            .map(
                t ->
                    new Listed(
                        t.id(),
                        t.name(),
                        t.parentId(),
                        t.manager(),
                        t.manager() == null ? Flag.UNKNOWN : Flag.YES,
                        Flag.UNKNOWN,
                        t.createdAt(),
                        t.manager() == null ? Staff.UNKNOWN : new Staff(Flag.YES, Flag.UNKNOWN)))
            .toList();
    return new TerritoryReading(listed, start.memberOf(), Flag.UNKNOWN);
  }

  @Override
  Crm face(SandboxModel model) {
    control(model, "{'do':'setAssigning','delay':null}");
    return super.face(model);
  }

  @Test
  void a_scheduled_assignment_is_told_so_until_the_record_shows_it() {
    SandboxModel model = model();
    Crm crm = face(model);
    control(model, "{'do':'setAssigning','delay':'PT2M'}");
    Outcome scheduled = given(crm.assign(to(WEST)));
    assertEquals("the CRM answered 202 SCHEDULED", scheduled.detail());
    assertInstanceOf(Outcome.Scheduled.class, scheduled);
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", LEAD)));
    Outcome again = given(crm.assign(to(WEST)));
    assertEquals("the CRM answered 400 ALREADY_SCHEDULED", again.detail());
    assertInstanceOf(Outcome.Scheduled.class, again);
    control(model, "{'do':'moveClock','by':'PT2M'}");
    assertEquals(new RecordState.Present(WEST), given(crm.read("Leads", LEAD)));
  }

  @Test
  void an_assignment_that_is_there_already_is_done() {
    Crm crm = face(model());
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(WEST))));
    Outcome again = given(crm.assign(to(WEST)));
    assertEquals("the CRM answered 400 DUPLICATE_DATA (id)", again.detail());
    assertInstanceOf(Outcome.Done.class, again);
    assertEquals(new RecordState.Present(WEST), given(crm.read("Leads", LEAD)));
  }

  @Test
  void a_record_shows_each_of_its_territories() {
    Crm crm = face(model());
    given(crm.assign(to(WEST)));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to("6"))));
    var shown = assertInstanceOf(RecordState.Present.class, given(crm.read("Leads", LEAD)));
    assertEquals(List.of(WEST, "6"), shown.territoryIds());
  }

  @Test
  void a_territory_is_taken_away_and_the_others_stay() {
    SandboxModel model = model();
    Crm crm = face(model);
    given(crm.assign(to(WEST)));
    given(crm.assign(to("6")));
    assertInstanceOf(Outcome.Done.class, given(crm.remove(to(WEST))));
    assertEquals(new RecordState.Present("6"), given(crm.read("Leads", LEAD)));
    assertInstanceOf(Outcome.TerritoryInvalid.class, given(crm.remove(to(WEST))));
    control(model, "{'do':'setAssigning','delay':'PT2M'}");
    assertInstanceOf(Outcome.Scheduled.class, given(crm.remove(to("6"))));
    assertEquals(new RecordState.Present("6"), given(crm.read("Leads", LEAD)));
    control(model, "{'do':'moveClock','by':'PT2M'}");
    assertEquals(new RecordState.Present(null), given(crm.read("Leads", LEAD)));
  }

  @Test
  void an_eleventh_territory_is_refused_for_good() {
    SandboxModel model = model();
    Crm crm = face(model);
    for (int i = 0; i < 11; i++) {
      String add = "{'do':'addTerritory','name':'T%d','id':'t%d','parentId':'Root'}";
      control(model, add.formatted(i, i));
    }
    control(model, "{'do':'moveClock','by':'PT15M'}");
    for (int i = 0; i < 10; i++) {
      assertInstanceOf(Outcome.Done.class, given(crm.assign(to("t" + i))));
    }
    Outcome eleventh = given(crm.assign(to("t10")));
    assertEquals("the CRM answered 400 LIMIT_EXCEEDED (Territories)", eleventh.detail());
    assertInstanceOf(Outcome.Rejected.class, eleventh);
  }

  @Test
  void a_bulk_that_loses_its_answer_is_unknown_for_each_and_written_for_each() {
    SandboxModel model = model();
    control(model, "{'do':'addRecord','module':'Leads','id':'8'}");
    fault(model, "{'kind':'lostAnswer'}");
    Crm crm = face(model);
    var second = new Assignment("Leads", "8", new TerritoryRef("6", "any"));
    for (Outcome outcome : given(crm.assign(List.of(to(WEST), second)))) {
      assertInstanceOf(Outcome.Unknown.class, outcome);
    }
    assertEquals(Optional.of(WEST), model.territoryOf("Leads", LEAD));
    assertEquals(Optional.of("6"), model.territoryOf("Leads", "8"));
  }

  @Test
  void a_locked_record_is_tried_again_and_keeps_no_other_of_its_call_waiting() {
    SandboxModel model = model();
    control(model, "{'do':'addRecord','module':'Leads','id':'8'}");
    fault(model, "{'kind':'recordLocked','times':1}");
    Crm crm = face(model);
    var second = new Assignment("Leads", "8", new TerritoryRef("6", "any"));
    List<Outcome> both = given(crm.assign(List.of(to(WEST), second)));
    assertTrue(both.get(0).detail().endsWith("RECORD_LOCKED"), both.get(0).detail());
    assertInstanceOf(Outcome.Unavailable.class, both.get(0));
    assertInstanceOf(Outcome.Done.class, both.get(1));
    assertEquals(Optional.empty(), model.territoryOf("Leads", LEAD));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(to(WEST))));
  }

  @Test
  void a_territory_of_others_is_refused_by_permission_and_an_unknown_one_by_its_id() {
    Crm crm = face(model());
    assertEquals("the CRM answered 401 NO_PERMISSION (id)", given(crm.assign(to("5"))).detail());
    assertEquals("the CRM answered 400 INVALID_DATA (id)", given(crm.assign(to("999"))).detail());
  }
}
