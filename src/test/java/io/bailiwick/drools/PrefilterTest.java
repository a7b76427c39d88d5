package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ranges, lists and the order of conditions are printed otherwise than they are written; which
 * leads a rule matches is compared with the same rules by hand, at every bound.
 */
class PrefilterTest {

  private static final int RULES = 40;
  private static final List<String> CITIES =
      List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P");

  /** One condition as it is written, and by hand. */
  private record Asked(String drl, Predicate<Lead> holds) {}

  @Test
  void rulesMatchTheSameLeadsHoweverTheyArePrinted() {
    long seed = Long.getLong("prefilter.seed", new Random().nextLong());
    System.out.println("prefilter: seed " + seed);
    for (int i = 0; i < 6; i++) {
      compare(new Random(seed + i), "seed " + seed + ", rulebook " + i);
    }
  }

  @Test
  void tilesOfRangesAndListsAreFoundByHashAlone() {
    var drl = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      drl.append(
          """
          rule "R%d" when Lead( employees >= %d, employees < %d, city in ("C%d", "D%d") )
            $t : Territory( name == "T" ) then route.to($t); end
          """
              .formatted(i, i * 10, i * 10 + 10, i, i));
    }
    try (Rulebook rulebook = RulesForTests.rulebook(drl.toString())) {
      for (int i = 0; i < 200; i++) {
        Lead lead =
            RulesForTests.lead(LeadField.EMPLOYEES, i, LeadField.CITY, i % 3 == 0 ? "C3" : "D5");
        int rule = i % 3 == 0 ? 3 : 5;
        assertEquals(
            i / 10 == rule ? Set.of("R" + rule) : Set.of(), matched(decide(rulebook, lead)));
      }
    }
  }

  private static void compare(Random random, String which) {
    List<List<Asked>> rules = new ArrayList<>();
    var drl = new StringBuilder();
    for (int i = 0; i < RULES; i++) {
      List<Asked> asked = new ArrayList<>();
      for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
        asked.add(asked(random));
      }
      rules.add(asked);
      drl.append(
          "rule \"R%d\" salience %d when Lead( %s ) $t : Territory( name == \"T\" ) then"
                  .formatted(
                      i,
                      random.nextInt(3),
                      asked.stream().map(Asked::drl).collect(Collectors.joining(", ")))
              + " route.to($t); end\n");
    }
    try (Rulebook rulebook = RulesForTests.rulebook(drl.toString())) {
      for (Lead lead : leads(random)) {
        Set<String> expected = new TreeSet<>(Comparator.naturalOrder());
        for (int i = 0; i < RULES; i++) {
          if (rules.get(i).stream().allMatch(one -> one.holds().test(lead))) {
            expected.add("R" + i);
          }
        }
        assertEquals(expected, matched(decide(rulebook, lead)), () -> which + "\n" + drl + lead);
      }
    }
  }

  private static Decision decide(Rulebook rulebook, Lead lead) {
    return rulebook
        .decide(List.of(lead), territories("T"), NOON)
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private static Set<String> matched(Decision decision) {
    Set<String> matched = new TreeSet<>();
    if (decision.receipt().winner() != null) {
      matched.add(decision.receipt().winner().rule());
    }
    decision.receipt().runnersUp().forEach(lost -> matched.add(lost.hit().rule()));
    return matched;
  }

  private static Asked asked(Random random) {
    long low = random.nextInt(60);
    long high = low + random.nextInt(40) - 2;
    return switch (random.nextInt(9)) {
      case 0, 1, 2 ->
          new Asked(
              "employees >= %d, employees < %d".formatted(low, Math.max(0, high)),
              lead -> size(lead) >= low && size(lead) < Math.max(0, high));
      case 3 ->
          new Asked(
              "(employees > %d && employees <= %d)".formatted(low, low + 10),
              lead -> size(lead) > low && size(lead) <= low + 10);
      case 4 ->
          new Asked(
              "employees != null, !(employees < %d), employees <= %d".formatted(low, low + 5),
              lead -> size(lead) >= low && size(lead) <= low + 5);
      case 5 -> new Asked("employees == " + low, lead -> size(lead) == low);
      case 6 -> new Asked("country == \"DE\"", lead -> Objects.equals(lead.country(), "DE"));
      case 7 ->
          new Asked(
              "employees in (%d, %d)".formatted(low, low + 1),
              lead -> size(lead) == low || size(lead) == low + 1);
      default -> cities(random);
    };
  }

  private static Asked cities(Random random) {
    int from = random.nextInt(CITIES.size() - 1);
    List<String> some = CITIES.subList(from, from + 1 + random.nextInt(2));
    return new Asked(
        "city in (%s)".formatted(some.stream().map(c -> '"' + c + '"').collect(JOINED)),
        lead -> some.contains(String.valueOf(lead.city())));
  }

  private static final java.util.stream.Collector<CharSequence, ?, String> JOINED =
      Collectors.joining(", ");

  /** -1 for a lead that says nothing of its size, which no condition here matches. */
  private static long size(Lead lead) {
    return lead.employees() == null ? -1 : lead.employees();
  }

  private static List<Lead> leads(Random random) {
    List<Lead> leads = new ArrayList<>();
    for (int size = -1; size < 110; size++) {
      for (int i = 0; i < 3; i++) {
        List<Object> values = new ArrayList<>();
        if (size >= 0) {
          values.addAll(List.of(LeadField.EMPLOYEES, size));
        }
        if (random.nextBoolean()) {
          values.addAll(List.of(LeadField.CITY, CITIES.get(random.nextInt(CITIES.size()))));
        }
        if (random.nextBoolean()) {
          values.addAll(List.of(LeadField.COUNTRY, random.nextBoolean() ? "DE" : "FR"));
        }
        leads.add(RulesForTests.lead(values.toArray()));
      }
    }
    return leads;
  }
}
