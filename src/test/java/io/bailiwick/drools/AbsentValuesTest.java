package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.decide;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.rulebook;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An absent value never matches by accident and never throws, whatever the operator. */
class AbsentValuesTest {

  private static final Lead EMPTY = lead();
  private static final Lead CA = lead(LeadField.REGION, "CA", LeadField.EMPLOYEES, 7);
  private static final Lead OR = lead(LeadField.REGION, "OR", LeadField.EMPLOYEES, 1);

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\u0001',
      textBlock =
          """
          region == "CA" => CA
          region in ("CA", "WA") => CA
          region matches "C.*" => CA
          region contains "A" => CA
          employees < 5 => OR
          employees <= 5 => OR
          employees > 5 => CA
          employees >= 5 => CA
          employees == 7 => CA
          employees in (7, 8) => CA
          region == null => EMPTY
          region != null => CA OR
          region != null, region != "CA" => OR
          region != null && region != "CA" => OR
          region != null, region not in ("CA", "WA") => OR
          region != null, region not matches "C.*" => OR
          region != null, region not contains "A" => OR
          region != null, region str[startsWith] "C" => CA
          region != null, region not str[startsWith] "C" => OR
          region != null, region str[endsWith] "A" => CA
          region != null, region not str[endsWith] "A" => OR
          employees != null, employees != 7 => OR
          employees != null, !(employees >= 5) => OR
          employees != null, employees not in (7) => OR
          region == null || region != "CA" => EMPTY OR
          region == null || region str[startsWith] "C" => EMPTY CA
          (region != null && region != "CA") || employees > 5 => CA OR
          region != null, !(region == "CA" || employees > 90) => REFUSED
          region != null && employees != null && !(region == "CA" || employees > 90) => OR
          !(region == null), region != "CA" => OR
          !(region == null || region == "CA") => OR
          region in ("CA", "OR"), region != "CA" => OR
          """)
  void anOperatorMatchesPresentValuesOnly(String condition, String matched) {
    String drl = "rule \"A\" when Lead( " + condition + " ) then route.queue(\"hit\"); end";
    if (matched.equals("REFUSED")) {
      assertTrue(RulesForTests.flaws(drl).contains("may be absent"), drl);
      return;
    }
    try (var rules = rulebook(drl)) {
      for (Lead one : List.of(EMPTY, CA, OR)) {
        String name = one == EMPTY ? "EMPTY" : one == CA ? "CA" : "OR";
        String expected =
            List.of(matched.split(" ")).contains(name) ? "queue by_rule hit" : "queue no_match";
        assertEquals(expected, told(decide(rules, one, territories())), condition + " on " + name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "region != \"CA\"",
        "region not in (\"CA\")",
        "region not matches \"C.*\"",
        "region not contains \"C\"",
        "region str[startsWith] \"C\"",
        "region str[endsWith] \"C\"",
        "region not str[endsWith] \"C\"",
        "!(region == \"CA\")",
        "!(employees < 5)",
        "employees != 5",
        "region != \"CA\", region != null",
        "region != \"CA\" && region != null",
        "region == null, region != \"CA\"",
        "region != null || region != \"CA\"",
        "country != null, region != \"CA\"",
        "(region != null || country == \"US\"), region != \"CA\""
      })
  void anUnguardedTestOfWhatMayBeAbsentIsRefused(String condition) {
    String flaws =
        RulesForTests.flaws(
            "rule \"A\" when Lead( " + condition + " ) then route.queue(\"hit\"); end");
    assertTrue(flaws.contains("may be absent, and then"), condition + ": " + flaws);
  }
}
