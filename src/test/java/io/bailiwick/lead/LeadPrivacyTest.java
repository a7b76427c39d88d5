package io.bailiwick.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.json.LeadJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a lead shows of a person: nothing in a text, a mask to viewers, nothing once erased. */
class LeadPrivacyTest {

  private static final String CANARY = "canary-7f3a";

  @Test
  void aLeadThatIsToldInATextTellsNoValueOfIt() {
    Lead lead = whole();
    Entry entry = Entry.accepted("id", lead, 1, Samples.NOON);
    for (Object told :
        new Object[] {
          lead,
          entry,
          new Move(entry, entry.decided(Samples.assign(), Samples.NOON), "note"),
          new Intake.Arrival(lead, CANARY),
          new Journal.Submission("id", lead, CANARY, Samples.NOON)
        }) {
      assertFalse(told.toString().toLowerCase().contains(CANARY), told.toString());
    }
    assertEquals("Lead[Leads/7]", lead.toString());
  }

  @Test
  void aViewerSeesThatAPersonalFieldIsThereAndNotWhatItIs() {
    Lead masked = whole().masked();
    for (LeadField field : LeadField.values()) {
      assertEquals(
          field.isPersonal() ? Lead.MASK : whole().value(field), masked.value(field), field.name());
    }
    assertEquals(Map.of("Note", Lead.MASK), masked.attributes());
    assertNull(masked.emailDomain());
    assertEquals(Samples.lead("7").country(), Samples.lead("7").masked().country());
    assertFalse(LeadJson.write(Samples.lead("7").masked()).has("phone"), "absent stays absent");
  }

  @Test
  void ofAnErasedLeadItsRecordAndRevisionAreLeft() {
    Lead erased = whole().erased();
    assertEquals(
        Map.of(LeadField.CRM_ID, "7", LeadField.MODULE, "Leads", LeadField.REVISION, 3L),
        erased.values());
    assertEquals(Map.of(), erased.attributes());
    assertEquals(
        Entry.accepted("a", whole(), 3, Samples.NOON).line(),
        Entry.accepted("a", erased, 3, Samples.NOON).line());
  }

  private static Lead whole() {
    var form = new LeadForm();
    for (LeadField field : LeadField.values()) {
      form.set(
          field,
          switch (field) {
            case CRM_ID -> "7";
            case MODULE -> "Leads";
            case REVISION -> "3";
            case COUNTRY -> "US";
            case REGION -> "CA";
            case LANGUAGE -> "en";
            case EMPLOYEES, ANNUAL_REVENUE -> "7000";
            case EMAIL -> CANARY + "@" + CANARY + ".example";
            case SOURCE,
                FIRST_NAME,
                LAST_NAME,
                PHONE,
                COMPANY,
                WEBSITE,
                CITY,
                POSTAL_CODE,
                INDUSTRY,
                PRODUCT,
                CAMPAIGN ->
                CANARY;
          });
    }
    return form.setAttribute("Note", CANARY).lead();
  }
}
