package io.bailiwick.drools;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rulebooks of any size in which every word of the language stands, each rule unlike the others.
 */
final class ManyRules {

  private static final String FIELDS =
      """
      tier: text
      seats: number
      customer: yes-no
      """;
  private static final String HOURS =
      """
      zone: Europe/Berlin
      hours: {mon-fri: "09:00-17:00"}
      holidays: [2026-12-25]
      """;
  private static final String ACCOUNTS =
      """
      domain: key emailDomain, segment, rank: number, major: yes-no, owner: territory
      globex.example, strategic, 1, yes, West
      initech.example, small, 2, no, East
      """;
  private static final String AREAS =
      """
      land: key country, low: from postalCode, high: to postalCode, team: territory
      DE, 10000, 19999, West
      FR, , 49999, East
      """;
  private static final String READINESS =
      """
      rule "Not listed" when Placement( listed == Flag.NO || active == Flag.NO )
      then route.queue("territory_not_ready", "not_found"); end
      rule "Unknown" when Placement( member in (Flag.UNKNOWN), permitted != Flag.YES )
      then route.queue("by_rule", "unknown"); end
      rule "Young" when Placement( $at : readyAt, readyAt != null, ageMinutes < 15,
        propagated not in (Flag.YES, Flag.UNKNOWN) )
      then route.queueUntil("territory_not_ready", "propagating", $at); end
      rule "Old" when Lead( employees >= 1000 )
        Placement( territory == "Nowhere", ageMinutes >= 15, ageMinutes not in (20, 30) )
      then route.queue("by_rule", "old"); end
      """;

  /** The left sides of rules; {@code #} is the rule's number. */
  private static final String[] WHEN = {
    "Lead( country == \"US\", city == \"City #\" ) $t : Territory( name == \"T#\" )",
    "Lead( country in (\"US\", \"DE\"), industry == \"I#\" ) $t : Territory( name == \"West\" )",
    "Lead( employees >= 1#, employees < 2# ) $t : Territory( name in (\"T#\", \"West\") )",
    "Lead( annualRevenue > 1#, annualRevenue <= 3# ) $t : Territory( name == \"East\" )",
    "Lead( region != null, region not in (\"CA\", \"OR\"), city != null, city != \"C#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( company contains \"Company #\", city != null, city not contains \"x#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( email matches \"a#.*\", city != null, city not matches \".*x#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( city != null, city str[startsWith] \"S#\", city not str[endsWith] \"E#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( company == null || (product == \"P#\" && employees > #), !(module == \"Accounts\") )"
        + " $t : Territory( name == \"T#\", active != Flag.NO )",
    "Lead( campaign == \"K#\" ) Accounts( $o : owner, segment == \"s#\" || rank in (1, 2, #) )"
        + " $t : Territory( name == $o )",
    "Lead( campaign == \"K#\" ) exists Accounts( major == true ) not Areas( team == \"T#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( $c : city, city != null, product == \"P#\" ) $t : Territory( name == $c, listed == true )",
    "Lead( source == \"s#\" ) $t : Territory( name == \"T#\", apiEnabled in (Flag.YES,"
        + " Flag.UNKNOWN), member == Flag.YES, manager != null, createdAt != null )",
    "Lead( customer == true, businessHours == false ) $t : Territory( name == \"T#\" )",
    "Lead( seats in (1, 2, #), tier != null, tier != \"t#\" ) $t : Territory( name == \"T#\" )",
    "(Lead( language == \"en\", product == \"P#\" ) or Lead( language == \"de\", city == \"C#\" ))"
        + " $t : Territory( name == \"T#\" )",
    "Lead( weekday in (\"Monday\", \"Friday\"), product == \"P#\" )"
        + " $t : Territory( name == \"T#\" )",
    "Lead( emailDomain in (LIST) ) $t : Territory( name == \"T#\" )",
    "Lead( phone == \"#\", revision >= # ) Areas( $m : team ) $t : Territory( name == $m )",
  };

  private ManyRules() {}

  /** The files of a rulebook with so many routing rules. */
  static Map<String, String> files(int rules) {
    var text = new StringBuilder();
    for (int i = 0; i < rules; i++) {
      text.append(rule(i));
    }
    text.append(
        "rule \"Later\" when Lead( phone == \"later\", $at : opensAt, opensAt != null )"
            + " then route.queueUntil(\"by_rule\", \"closed\", $at); end\n");
    return Map.of(
        "main.drl",
        text.toString(),
        "readiness.drl",
        READINESS,
        "fields.yaml",
        FIELDS,
        "hours.yaml",
        HOURS,
        "accounts.csv",
        ACCOUNTS,
        "areas.csv",
        AREAS);
  }

  private static String rule(int number) {
    String domains =
        IntStream.range(0, number % 1000 == 17 ? 300 : 5)
            .mapToObj(i -> "\"d%d-%d.example\"".formatted(number, i))
            .collect(Collectors.joining(", "));
    String when = WHEN[number % WHEN.length].replace("LIST", domains).replace("#", "" + number);
    String until = number % 50 == 7 ? " date-expires \"2027-01-01\"" : "";
    return "rule \"R%d\" salience %d%s when %s then route.to($t); end\n"
        .formatted(number, number % 7, until, when);
  }
}
