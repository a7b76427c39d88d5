package io.bailiwick.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.TerritorySnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamelessLeadTest {

  private static final String RULES =
      """
      rule "Partner" salience 90 when Lead( emailDomain == "partner.example" )
        $t : Territory( name == "West" ) then route.to($t); end
      rule "Gold" salience 80 when Lead( tier == "gold" )
        $t : Territory( name == "West" ) then route.to($t); end
      rule "Key account" salience 70 when Lead( company == "Globex" )
        $t : Territory( name == "West" ) then route.to($t); end
      rule "US" salience 10 when Lead( country == "US" )
        $t : Territory( name == "West" ) then route.to($t); end
      """;

  private final TerritorySnapshot territories =
      new TerritorySnapshot(List.of(Samples.territory("9", "West")), Flag.YES);
  private final Rulebook rules = compiled();
  private final Pseudonyms names =
      new Pseudonyms("a key of tests only".getBytes(StandardCharsets.UTF_8));

  @AfterEach
  void closeTheRules() {
    rules.close();
  }

  @Test
  void nothingOfThePersonIsLeftAndTheDecisionIsTheSame() {
    Lead lead = person("United States").lead();
    NamelessLead made = NamelessLead.of(lead, names, Set.of(), this::decide);
    String text = new String(LeadJson.canonical(made.lead()), StandardCharsets.UTF_8);
    for (String personal :
        List.of("Ana", "Diaz", "ana.diaz", "acme", "555 0100", "Secret", "3652397", "Notes")) {
      assertFalse(text.toLowerCase().contains(personal.toLowerCase()), personal + " in " + text);
    }
    assertEquals(List.of(), made.kept());
    assertEquals(List.of(), made.decisive());
    assertEquals("US", made.lead().country());
    assertEquals(1200, made.lead().employees());
    assertEquals(Expectation.of(decide(lead)), Expectation.of(decide(made.lead())));
    assertTrue(made.lead().emailDomain().endsWith(".example"));
    assertEquals(
        "https://www." + made.lead().emailDomain(),
        made.lead().website(),
        "what belonged together still does");
  }

  @Test
  void theDomainAndAnAttributeStayWhereARuleGoesByThem() {
    Lead partner = person("FR").set(LeadField.EMAIL, "bo@partner.example").lead();
    NamelessLead made = NamelessLead.of(partner, names, Set.of(), this::decide);
    assertEquals(List.of("emailDomain"), made.kept());
    assertEquals("partner.example", made.lead().emailDomain());
    assertFalse(made.lead().email().startsWith("bo@"));
    Lead gold = person("FR").setAttribute("Tier", "gold").lead();
    made = NamelessLead.of(gold, names, Set.of(), this::decide);
    assertEquals(List.of("attributes.Tier"), made.kept());
    assertEquals(Map.of("Tier", "gold"), made.lead().attributes());
  }

  @Test
  void aPersonalFieldThatIsDecisiveIsNamedAndStaysOnlyWhereAPersonAllowsIt() {
    Lead key = person("FR").set(LeadField.COMPANY, "Globex").lead();
    NamelessLead made = NamelessLead.of(key, names, Set.of(), this::decide);
    assertEquals(List.of("company"), made.decisive());
    made = NamelessLead.of(key, names, Set.of("company"), this::decide);
    assertEquals(List.of(), made.decisive());
    assertEquals("Globex", made.lead().company());
  }

  @Test
  void theSameKeyInventsTheSameForTheSameAndAnotherKeyOtherwise() {
    Lead lead = person("US").lead();
    Lead one = NamelessLead.of(lead, names, Set.of(), this::decide).lead();
    assertEquals(one, NamelessLead.of(lead, names, Set.of(), this::decide).lead());
    Lead other = NamelessLead.of(lead, Pseudonyms.ofARandomKey(), Set.of(), this::decide).lead();
    assertNotEquals(one.email(), other.email());
    assertNotEquals(one.crmId(), other.crmId());
    Lead colleague =
        NamelessLead.of(
                person("US").set(LeadField.EMAIL, "bo@acme.example").lead(),
                names,
                Set.of(),
                this::decide)
            .lead();
    assertEquals(one.emailDomain(), colleague.emailDomain());
    assertNotEquals(one.email(), colleague.email());
  }

  @Test
  void whatIsAbsentStaysAbsentAndAnAddressWithoutADomainHasNone() {
    Lead bare = new LeadForm().set(LeadField.COUNTRY, "US").lead();
    assertEquals(bare, NamelessLead.of(bare, names, Set.of(), this::decide).lead());
    Lead odd = new LeadForm().set(LeadField.EMAIL, "ana").lead();
    Lead made = NamelessLead.of(odd, names, Set.of(), this::decide).lead();
    assertNull(made.emailDomain());
    assertNotEquals("ana", made.email());
  }

  private static LeadForm person(String country) {
    return new LeadForm()
        .set(LeadField.CRM_ID, "3652397000009999001")
        .set(LeadField.FIRST_NAME, "Ana")
        .set(LeadField.LAST_NAME, "Diaz")
        .set(LeadField.EMAIL, "Ana.Diaz@Acme.example")
        .set(LeadField.PHONE, "+1 555 0100")
        .set(LeadField.COMPANY, "Acme")
        .set(LeadField.WEBSITE, "http://www.ACME.example/about")
        .set(LeadField.COUNTRY, country)
        .set(LeadField.EMPLOYEES, "1200")
        .setAttribute("Notes", "Secret");
  }

  private Decision decide(Lead lead) {
    return rules
        .decide(List.of(lead), territories, Samples.NOON)
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private static Rulebook compiled() {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "test");
    var files = new RuleFiles(Map.of("main.drl", RULES, "fields.yaml", "tier: text\n"));
    return ((Compilation.Ready) RulebookCompiler.compile(files, settings)).rulebook();
  }
}
