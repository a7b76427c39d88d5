package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.drools.rule.Printed;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.RuleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Rows of lookup tables are read in the lead where it has one at most; random rules over such
 * tables, and over one whose rows stay facts, decide as they do when every row is a fact.
 */
class LookupMergeTest {

  /** One row a lead; a segment may be absent. */
  private static final String ACCOUNTS =
      """
      domain: key emailDomain, segment, rank: number, major: yes-no, owner: territory
      a.example, big, 1, yes, North
      b.example, , 2, no, South
      c.example, small, 3, yes, North
      """;

  /** Ranges that leave gaps and share no value. */
  private static final String AREAS =
      """
      low: from employees, high: to employees, team: territory
      , 10, North
      11, 20, South
      30, , West
      """;

  /** Several rows a lead. */
  private static final String PRODUCTS =
      """
      land: key country, product, team: territory
      DE, one, North
      DE, two, South
      FR, one, West
      """;

  private static final String[] LOOKUPS = {
    "Accounts( )",
    "Accounts( segment == \"big\" )",
    "Accounts( segment == null )",
    "Accounts( segment != null, segment != \"big\" )",
    "Accounts( rank >= 2, major == true )",
    "Accounts( rank != 2 )",
    "Accounts( major != true || rank in (1, 3) )",
    "exists Accounts( segment contains \"a\" )",
    "exists Accounts( rank < 3 )",
    "not Accounts( )",
    "not Accounts( segment == \"big\" )",
    "(Accounts( rank == 1 ) or Accounts( segment == null ))",
    "Accounts( segment != null, segment str[startsWith] \"s\" )",
    "Areas( )",
    "Areas( team == \"South\" )",
    "not Areas( )",
    "not Areas( team != \"North\" )",
    "exists Areas( team in (\"North\", \"West\") )",
    "Products( product == \"one\" )",
    "not Products( product == \"two\" )",
    "not Products( )",
  };
  private static final String[] OWNED = {
    "Accounts( $o : owner )",
    "Accounts( $o : owner, rank > 1 )",
    "Areas( $o : team )",
    "Products( $o : team )",
    "Products( $o : team, product == \"two\" )",
  };

  private static final RuleFiles TABLES =
      new RuleFiles(Map.of("accounts.csv", ACCOUNTS, "areas.csv", AREAS, "products.csv", PRODUCTS));

  @Test
  void tablesOfWhichALeadHasOneRowAtMostAreKnown() {
    assertEquals(Set.of("Accounts", "Areas"), LeadFacts.single(Schema.read(TABLES)));
  }

  @Test
  void aRowInTheLeadDecidesAsARowBesideIt() throws Exception {
    long seed = Long.getLong("merge.seed", new Random().nextLong());
    System.out.println("lookup merge: seed " + seed);
    for (int i = 0; i < 4; i++) {
      compare(new Random(seed + i), "seed " + seed + ", rulebook " + i);
    }
  }

  private static void compare(Random random, String which) throws Exception {
    Schema schema = Schema.read(TABLES);
    var guard = new Guard(schema.vocabulary());
    String drl = rules(random);
    guard.read("main.drl", drl);
    assertEquals(List.of(), guard.flaws(), drl);
    List<CheckedRule> rules = guard.rules();
    Printed merged = Printed.of(rules, schema.vocabulary().lead(), LeadFacts.single(schema));
    assertTrue(merged.merged().size() > 2, "something is merged");
    Printed facts = Printed.of(rules, schema.vocabulary().lead(), Set.of());
    try (Judge one = judge(schema, rules, merged);
        Judge other = judge(schema, rules, facts)) {
      for (Lead lead : leads()) {
        assertEquals(decide(other, lead), decide(one, lead), () -> which + "\n" + drl + lead);
      }
    }
  }

  private static Judge judge(Schema schema, List<CheckedRule> rules, Printed printed)
      throws KieBases.NotCompiled {
    LeadFacts facts = LeadFacts.of(schema, printed, AllowedClasses.LOADER);
    var base = KieBases.build(DrlPrinter.print(printed), facts.loader());
    List<String> names = DrlPrinter.names(rules.size());
    var compiled = new Compiled(base, rules, names, true, facts, schema, "0".repeat(64));
    return new Judge(compiled, RulesForTests.SETTINGS);
  }

  private static Decision decide(Judge judge, Lead lead) {
    return judge.decide(lead, territories("North", "South", "West"), NOON);
  }

  private static String rules(Random random) {
    var drl = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      boolean owned = random.nextInt(3) == 0;
      List<String> parts = new ArrayList<>();
      if (random.nextInt(4) > 0) {
        parts.add(random.nextBoolean() ? "Lead( country == \"DE\" )" : "Lead( employees < 40 )");
      }
      parts.add(owned ? pick(random, OWNED) : "exists Areas( team != \"None\" )");
      parts.add(pick(random, LOOKUPS));
      parts.removeIf(part -> !owned && part.contains("None") && random.nextBoolean());
      if (parts.stream().noneMatch(part -> part.matches("[(]?[A-Z].*"))) {
        parts.add(0, "Lead( )");
      }
      String territory = owned ? "$o" : "\"North\"";
      drl.append(
          "rule \"R%d\" salience %d when %s $t : Territory( name == %s ) then route.to($t); end\n"
              .formatted(i, random.nextInt(3), String.join(" ", parts), territory));
    }
    return drl.toString();
  }

  private static String pick(Random random, String[] some) {
    return some[random.nextInt(some.length)];
  }

  private static List<Lead> leads() {
    List<Lead> leads = new ArrayList<>();
    for (String domain : List.of("a", "b", "c", "d", "")) {
      for (String country : List.of("DE", "FR", "")) {
        for (int size : new int[] {-1, 0, 10, 11, 20, 21, 29, 30, 39, 40}) {
          List<Object> values = new ArrayList<>();
          if (!domain.isEmpty()) {
            values.addAll(List.of(LeadField.EMAIL, "x@" + domain + ".example"));
          }
          if (!country.isEmpty()) {
            values.addAll(List.of(LeadField.COUNTRY, country));
          }
          if (size >= 0) {
            values.addAll(List.of(LeadField.EMPLOYEES, size));
          }
          leads.add(RulesForTests.lead(values.toArray()));
        }
      }
    }
    return leads;
  }
}
