package io.bailiwick.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewRecordsTest {

  private static final NewRecords STANDARD = NewRecords.STANDARD;

  @Test
  void aLeadThatSaysWhatItsRecordNeedsLacksNothing() {
    assertEquals(List.of(), missing(STANDARD, person("Leads")));
    assertEquals(List.of(), missing(STANDARD, person("Contacts")));
    assertEquals(List.of(), missing(STANDARD, form("Accounts").set(LeadField.COMPANY, "Acme")));
    assertEquals(
        List.of(),
        missing(
            STANDARD,
            form("Deals").setAttribute("Deal_Name", "Acme").setAttribute("Stage", "Open")));
  }

  @Test
  void whatIsMissingIsNamedAsItsSourceWritesItEachOnceAndWithTheReason() {
    assertEquals(List.of("email", "lastName"), missing(STANDARD, form("Leads")));
    assertEquals(List.of("company"), missing(STANDARD, person("Accounts")));
    assertEquals(
        List.of("attributes/Deal_Name", "attributes/Stage"), missing(STANDARD, form("Deals")));
    String why = STANDARD.missing(form("Leads").lead()).get(0).message();
    assertTrue(why.contains("a lost answer could make the record twice"), why);
    var other = new NewRecords(List.of("Leads.Member_No"));
    assertEquals(List.of("attributes/Member_No"), missing(other, person("Leads")));
    assertEquals(List.of("crmId"), missing(other, person("Contacts")));
  }

  @Test
  void aFieldIsLookedForInItsModulesAloneAndOnlyWhereTheLeadHasIt() {
    var records = new NewRecords(List.of("Member_No", "Email", "Contacts.Nick"));
    assertEquals(List.of("Email"), records.checks(person("Leads").lead()));
    Lead member =
        person("Contacts").setAttribute("Member_No", "7").setAttribute("Nick", "A").lead();
    assertEquals(List.of("Member_No", "Email", "Nick"), records.checks(member));
    assertEquals(List.of(), STANDARD.checks(form("Leads").setAttribute("Deal_Name", "x").lead()));
    assertThrows(IllegalArgumentException.class, () -> new NewRecords(List.of()));
  }

  @Test
  void twinsAreWhatTheCrmMayTakeForOne() {
    Lead ana = person("Leads").lead();
    assertEquals(STANDARD.twins(ana), STANDARD.twins(person("Leads").lead()));
    assertTrue(
        STANDARD.twins(ana).stream()
            .noneMatch(STANDARD.twins(person("Contacts").lead())::contains));
    Lead acme = form("Accounts").set(LeadField.COMPANY, "ACME").lead();
    Lead same = form("Accounts").set(LeadField.COMPANY, "Acme").lead();
    assertEquals(STANDARD.twins(acme), STANDARD.twins(same));
  }

  @Test
  void aRecordHoldsOurFieldsByTheNamesOfItsModuleAndTheAttributesByTheirOwn() {
    Lead account =
        form("Accounts")
            .set(LeadField.COMPANY, "Acme")
            .set(LeadField.REGION, "California")
            .set(LeadField.COUNTRY, "United States")
            .set(LeadField.SOURCE, "Web")
            .setAttribute("Partner_Tier", "gold")
            .setAttribute("Account_Name", "another")
            .setAttribute("Territory", "12")
            .setAttribute("how did you hear", "fair")
            .lead();
    assertEquals(
        Map.of(
            "Account_Name",
            "Acme",
            "Billing_State",
            "CA",
            "Billing_Country",
            "US",
            "Partner_Tier",
            "gold"),
        STANDARD.values(account));
  }

  private static List<String> missing(NewRecords records, LeadForm form) {
    return records.missing(form.lead()).stream().map(LeadForm.Flaw::field).toList();
  }

  private static LeadForm person(String module) {
    return form(module).set(LeadField.EMAIL, "ana@acme.example").set(LeadField.LAST_NAME, "Diaz");
  }

  private static LeadForm form(String module) {
    return new LeadForm().set(LeadField.MODULE, module);
  }
}
