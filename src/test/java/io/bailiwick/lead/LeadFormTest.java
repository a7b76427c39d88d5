package io.bailiwick.lead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LeadFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "US|US",
        "us|US",
        "' United  States '|US",
        "U.S.A.|US",
        "Deutschland|DE",
        "germany|DE",
        "Côte d'Ivoire|CI",
        "Cote d’Ivoire|CI",
        "UK|GB",
        "España|ES",
        "Österreich|AT"
      })
  void aCountryBecomesItsCode(String spelling, String code) {
    assertEquals(code, form().set(LeadField.COUNTRY, spelling).lead().country());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1200|1200", "'1,200'|1200", "'1.200'|1200", "'1 200'|1200", "1'200|1200",
        "'1,234,567'|1234567", "1200.00|1200", "+5|5", "0|0", "'1000000000000000'|1000000000000000"
      })
  void aNumberIsReadOutOfItsSpelling(String spelling, long number) {
    assertEquals(number, form().set(LeadField.EMPLOYEES, spelling).lead().employees());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"-5", "many", "'1,20,000'", "12e3", "1000000000000001", "99999999999999999999"})
  void whatIsNoNumberIsKeptAndNamedAndNotGuessed(String spelling) {
    LeadForm form = form().set(LeadField.EMPLOYEES, spelling);
    assertNull(form.lead().employees());
    assertEquals(spelling, form.lead().attributes().get("employees"));
    assertEquals("employees", form.warnings().get(0).field());
  }

  @ParameterizedTest
  @CsvSource({"en,en", "EN,en", "en-US,en", "pt_BR,pt", "Deutsch,de", "French,fr", "español,es"})
  void aLanguageBecomesItsCode(String spelling, String code) {
    assertEquals(code, form().set(LeadField.LANGUAGE, spelling).lead().language());
  }

  @ParameterizedTest
  @CsvSource({"CA,CA", "ca,CA", "california,CA", "New  York,NY", "Québec,QC", "Bavaria,Bavaria"})
  void aRegionBecomesItsCodeWhereItIsKnown(String spelling, String code) {
    assertEquals(code, form().set(LeadField.REGION, spelling).lead().region());
  }

  @Test
  void textIsTrimmedComposedAndOfOneCaseWhereCaseMeansNothing() {
    Lead lead =
        form()
            .set(LeadField.EMAIL, " Ana@ACME.Example ")
            .set(LeadField.COMPANY, "  Acme\t Söhne \n")
            .set(LeadField.CITY, "Mu\u0308nchen")
            .set(LeadField.POSTAL_CODE, "sw1a 1aa")
            .set(LeadField.SOURCE, "Web")
            .set(LeadField.MODULE, "accounts")
            .lead();
    assertEquals("ana@acme.example", lead.email());
    assertEquals("acme.example", lead.emailDomain());
    assertEquals("Acme Söhne", lead.company());
    assertEquals("M\u00fcnchen", lead.city());
    assertEquals("SW1A 1AA", lead.postalCode());
    assertEquals("web", lead.source());
    assertEquals("Accounts", lead.module());
  }

  @Test
  void anEmptyValueIsAnAbsentOne() {
    Lead lead = form().set(LeadField.COUNTRY, " ").set(LeadField.EMPLOYEES, "").lead();
    assertNull(lead.country());
    assertNull(lead.employees());
    assertTrue(lead.attributes().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(LeadField.class)
  void everyFieldHasALongestValueAndSaysSo(LeadField field) {
    LeadForm form = form().set(field, "1".repeat(field.maxLength() + 1));
    assertEquals(
        List.of(
            new LeadForm.Flaw(
                field.wireName(),
                "is longer than %d characters (it has %d)"
                    .formatted(field.maxLength(), field.maxLength() + 1))),
        form.flaws());
    assertThrows(IllegalStateException.class, form::lead);
  }

  @Test
  void attributesAreBoundedInNumberNameAndValue() {
    LeadForm full = form();
    for (int i = 0; i < LeadField.MAX_ATTRIBUTES; i++) {
      full.setAttribute("a" + i, "v");
    }
    assertEquals(List.of(), full.flaws());
    assertEquals(1, full.setAttribute("one more", "v").flaws().size());
    String name = "n".repeat(LeadField.MAX_ATTRIBUTE_NAME + 1);
    assertEquals(1, form().setAttribute(name, "v").flaws().size());
    String value = "v".repeat(LeadField.MAX_ATTRIBUTE_VALUE + 1);
    assertEquals(1, form().setAttribute("n", value).flaws().size());
  }

  private static LeadForm form() {
    return new LeadForm();
  }
}
