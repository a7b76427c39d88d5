package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Crm;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.sandbox.SandboxModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every way to the model gives of making records, too. */
abstract class UpsertContract extends CrmContract {

  @ParameterizedTest
  @ValueSource(strings = {"Leads", "Accounts", "Contacts", "Deals"})
  void a_record_of_each_module_is_made_once_and_then_takes_a_territory(String module) {
    SandboxModel model = model();
    Crm crm = face(model);
    int before = records(model, module);
    var made = assertInstanceOf(Creation.Named.class, made(crm, lead(module)));
    assertFalse(made.found(), made.detail());
    var again = assertInstanceOf(Creation.Named.class, made(crm, lead(module)));
    assertTrue(again.found(), again.detail());
    assertEquals(made.crmId(), again.crmId());
    assertEquals(before + 1, records(model, module));
    var assignment = new Assignment(module, made.crmId(), new TerritoryRef(WEST, "West Region"));
    assertInstanceOf(Outcome.Done.class, given(crm.assign(assignment)));
    assertEquals(Optional.of(WEST), model.territoryOf(module, made.crmId()));
  }

  @Test
  void nothing_of_the_crms_own_rules_is_run_unless_it_is_said() {
    SandboxModel model = model();
    var made = assertInstanceOf(Creation.Named.class, made(face(model), lead("Leads")));
    JsonNode write = model.writes("Leads", made.crmId(), 0, 10).path("writes").path(0);
    assertEquals("inserted", write.path("result").asText(), write::toString);
    JsonNode options = write.path("options");
    assertEquals("[]", options.path("trigger").toString(), options::toString);
    assertEquals("[\"Email\"]", options.path("duplicate_check_fields").toString());
    assertFalse(options.has("lar_id"));
    assertFalse(options.has("apply_feature_execution"));
  }

  @Test
  void an_answer_that_is_lost_leaves_a_record_that_is_found_again() {
    SandboxModel model = model();
    fault(model, "{'kind':'lostAnswer','times':1}");
    Crm crm = face(model);
    int before = records(model, "Leads");
    var lost = assertInstanceOf(Creation.Failed.class, made(crm, lead("Leads")));
    assertInstanceOf(Outcome.Unknown.class, lost.outcome());
    assertEquals(before + 1, records(model, "Leads"));
    assertTrue(assertInstanceOf(Creation.Named.class, made(crm, lead("Leads"))).found());
    assertEquals(before + 1, records(model, "Leads"));
  }

  @Test
  void what_the_module_needs_and_the_lead_lacks_is_refused_for_good() {
    SandboxModel model = model();
    Lead nameless = LeadForm.of(lead("Leads")).clear(LeadField.LAST_NAME).lead();
    var failed = assertInstanceOf(Creation.Failed.class, made(face(model), nameless));
    assertInstanceOf(Outcome.Rejected.class, failed.outcome());
    assertEquals(1, records(model, "Leads"));
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
  void a_status_instead_of_an_answer_has_its_outcome_and_makes_nothing(int status, String name) {
    SandboxModel model = model();
    fault(model, "{'kind':'status','status':%d}".formatted(status));
    var failed = assertInstanceOf(Creation.Failed.class, made(face(model), lead("Leads")));
    assertEquals(name, failed.outcome().getClass().getSimpleName(), failed.detail());
    assertEquals(1, records(model, "Leads"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset", "garbage"})
  void a_call_that_comes_to_nothing_is_unknown_and_makes_nothing(String kind) {
    SandboxModel model = model();
    fault(model, "{'kind':'%s','times':1}".formatted(kind));
    var failed = assertInstanceOf(Creation.Failed.class, made(face(model), lead("Leads")));
    assertInstanceOf(Outcome.Unknown.class, failed.outcome());
    assertEquals(1, records(model, "Leads"));
  }

  private Creation made(Crm crm, Lead lead) {
    assertTrue(crm.capabilities().creates());
    return given(crm.create(lead, null));
  }

  private static int records(SandboxModel model, String module) {
    return model.state().path("records").path(module).asInt();
  }

  private static Lead lead(String module) {
    return new LeadForm()
        .set(LeadField.MODULE, module)
        .set(LeadField.EMAIL, "ana@acme.example")
        .set(LeadField.LAST_NAME, "Diaz")
        .set(LeadField.COMPANY, "Acme")
        .set(LeadField.COUNTRY, "US")
        .set(LeadField.EMPLOYEES, "1200")
        .setAttribute("Deal_Name", "Acme, first year")
        .setAttribute("Stage", "Qualification")
        .lead();
  }
}
