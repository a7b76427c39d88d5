package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.drools.facts.LeadView;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules read without the engine decide every lead as the engine does, receipts and all. */
class InterpreterTest {

  private static final String MORE =
      """
      rule "Accounts" salience 91
      when Accounts( segment != null, segment != "small", $o : owner ) $t : Territory( name == $o )
      then route.to($t); end
      rule "Nobody's, in a city of its own name" salience 40
      when not Accounts( ) Lead( $c : city, city != null ) $t : Territory( name == $c, listed == true )
      then route.to($t); end
      rule "Ranges" salience 45
      when exists Areas( owner == "DACH" ) Lead( tier in ("gold", "silver") )
      then route.queue("tiered"); end
      rule "Flags" salience 44
      when Lead( seats >= 10, customer != null, customer != true )
        $t : Territory( name == "Nordics", apiEnabled != Flag.YES )
      then route.to($t); end
      rule "Texts" salience 43
      when Lead( (company matches "[A-M].*" || company contains "x"), not2 == null || phone == null )
      then route.queue("texts"); end
      rule "Not so" salience 42
      when Lead( company != null, !(company str[endsWith] "e" || company contains "z") )
      then route.queue("not_so"); end
      """
          .replace("not2", "website");

  private static final Map<String, String> TABLES =
      Map.of(
          "accounts.csv",
          "domain: key emailDomain, segment, owner: territory\n"
              + "globex.example, strategic, Enterprise\ninitech.example, small, Nowhere\n"
              + "acme.example, , DACH\nglobex.example, big, West Region\n",
          "areas.csv",
          "land: key country, low: from employees, high: to employees, owner: territory\n"
              + "DE, 10, 99, DACH\nDE, 50, , Nordics\nUS, , 500, West Region\n",
          "fields.yaml",
          "tier: text\nseats: number\ncustomer: yes-no\n");

  @Test
  void decidesAsTheEngineDoes() throws IOException {
    long seed = Long.getLong("interpreter.seed", new Random().nextLong());
    System.out.println("interpreter against engine: seed " + seed);
    Map<String, String> texts = new HashMap<>(TABLES);
    RuleFolder.read(Path.of("rules"))
        .texts()
        .forEach(
            (path, text) -> texts.putIfAbsent(path.endsWith(".csv") ? "x" + path : path, text));
    texts.put("more.drl", MORE);
    texts.keySet().removeIf(path -> path.startsWith("sources/"));
    var files = new RuleFiles(texts);
    List<Lead> leads = leads(new Random(seed));
    try (var rulebook = RulesForTests.rulebook(texts, RulesForTests.SETTINGS)) {
      List<Decision> expected =
          rulebook.decide(leads, snapshot(), NOON).toCompletableFuture().join();
      List<Decision> actual = interpreter(files).decide(leads, snapshot(), NOON);
      for (int i = 0; i < leads.size(); i++) {
        assertEquals(expected.get(i), actual.get(i), "seed " + seed + ", " + leads.get(i));
      }
    }
  }

  private static Interpreter interpreter(RuleFiles files) {
    Schema schema = Schema.read(files);
    var guard = new Guard(schema.vocabulary());
    files
        .texts()
        .forEach(
            (path, text) -> {
              if (path.endsWith(".drl")) {
                guard.read(path, text);
              }
            });
    List<CheckedRule> rules = guard.rules();
    Set<String> named = new TreeSet<>(schema.territories().keySet());
    rules.forEach(rule -> named.addAll(rule.namedTerritories()));
    var verdict = new Verdict(rules, schema.limits(), files.hash(), RulesForTests.SETTINGS);
    return new Interpreter(rules, new LeadView.Maker(schema), named, verdict);
  }

  private static TerritorySnapshot snapshot() throws IOException {
    byte[] file = Files.readAllBytes(Path.of("fixtures/territories.json"));
    return TerritoriesJson.read(file).reading().snapshot(null, NOON.minus(Duration.ofDays(1)));
  }

  private static List<Lead> leads(Random random) {
    Map<LeadField, String[]> values = new HashMap<>();
    values.put(LeadField.COUNTRY, new String[] {"US", "DE", "FR", "SE", "JP", "CA", "ES"});
    values.put(LeadField.REGION, new String[] {"CA", "TX", "NY", "QC"});
    values.put(LeadField.CITY, new String[] {"DACH", "Rome", "Nordics", "Boston"});
    values.put(
        LeadField.EMAIL,
        new String[] {
          "a@globex.example",
          "b@initech.example",
          "c@acme.example",
          "d@x.gov.example",
          "e@y.example"
        });
    values.put(
        LeadField.EMPLOYEES, new String[] {"5", "10", "49", "50", "99", "100", "500", "2000"});
    values.put(LeadField.COMPANY, new String[] {"Acme", "Zorro", "Fixit", "Blaze", "Nope"});
    values.put(LeadField.SOURCE, new String[] {"web", "partner-portal", "marketplace"});
    values.put(LeadField.LANGUAGE, new String[] {"en", "de", "fr"});
    values.put(LeadField.PHONE, new String[] {"1"});
    values.put(LeadField.WEBSITE, new String[] {"w"});
    values.put(LeadField.ANNUAL_REVENUE, new String[] {"1000", "100000000"});
    List<Lead> leads = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      var form = new LeadForm();
      values.forEach(
          (field, some) -> {
            if (random.nextInt(5) < 3) {
              form.set(field, some[random.nextInt(some.length)]);
            }
          });
      if (random.nextInt(3) == 0) {
        form.setAttribute("Tier", random.nextBoolean() ? "gold" : "none");
        form.setAttribute("SEATS", Integer.toString(random.nextInt(20)));
        form.setAttribute("customer", random.nextBoolean() ? "no" : "maybe");
      }
      leads.add(form.lead());
    }
    return leads;
  }
}
