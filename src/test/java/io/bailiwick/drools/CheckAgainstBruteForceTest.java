package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.territories;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The analysis against the engine over every lead that can differ: random rules of {@code ==}, in,
 * ranges, or and lookups over a few values, and a grid of leads that holds one of each kind. What
 * the grid shows must be found, what is found must be on the grid, and nothing may be unknown.
 */
class CheckAgainstBruteForceTest {

  private static final int RULEBOOKS = Integer.getInteger("check.rulebooks", 25);
  private static final List<String> COUNTRIES = List.of("DE", "FR", "US");
  private static final List<String> REGIONS = List.of("CA", "NY");
  private static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example");
  private static final List<Integer> SIZES = List.of(10, 50, 100);
  private static final String[] TERRITORIES = {"North", "South", "West"};

  private static final String TABLE =
      """
      domain: key emailDomain, segment, owner: territory
      a.example, big, North
      b.example, big, South
      """;

  @Test
  void whatIsFoundIsWhatEveryLeadShows() {
    long seed = Long.getLong("check.seed", new Random().nextLong());
    System.out.println("check against brute force: seed " + seed);
    for (int i = 0; i < RULEBOOKS; i++) {
      compare(new Random(seed + i), "seed " + seed + ", rulebook " + i);
    }
  }

  private static void compare(Random random, String which) {
    String rules = rules(random);
    var files = Map.of("main.drl", rules, "accounts.csv", TABLE);
    try (Rulebook rulebook = RulesForTests.rulebook(files, RulesForTests.SETTINGS)) {
      List<Finding> findings =
          rulebook.check(null, NOON).toCompletableFuture().join().stream()
              .filter(finding -> finding.kind() != Kind.UNUSED_LOOKUP)
              .toList();
      String told = which + "\n" + rules + findings;
      assertEquals(
          List.of(), findings.stream().filter(f -> f.kind() == Kind.UNKNOWN).toList(), told);
      Seen seen = new Seen(rulebook);
      assertEquals(seen.ambiguous, ofKind(findings, Kind.TIE), told);
      assertEquals(seen.neverBest, ofKind(findings, Kind.SHADOWED, Kind.NEVER), told);
      assertEquals(seen.gap, findings.stream().anyMatch(f -> f.kind() == Kind.GAP), told);
    }
  }

  private static Set<String> ofKind(List<Finding> findings, Kind... kinds) {
    return findings.stream()
        .filter(finding -> Set.of(kinds).contains(finding.kind()))
        .map(finding -> String.valueOf(finding.rule()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the grid shows. */
  private static final class Seen {
    /** The later rule of each pair that ties for some lead, as findings name it. */
    private final Set<String> ambiguous = new TreeSet<>();

    /** Rules that are never among the best of a lead. */
    private final Set<String> neverBest = new TreeSet<>();

    private boolean gap;

    Seen(Rulebook rulebook) {
      List<String> order = rulebook.rules().stream().map(hit -> hit.rule()).distinct().toList();
      neverBest.addAll(order);
      List<Decision> decisions =
          rulebook.decide(grid(), territories(TERRITORIES), NOON).toCompletableFuture().join();
      for (Decision decision : decisions) {
        take(decision, order);
      }
    }

    private void take(Decision decision, List<String> order) {
      List<Receipt.RuleHit> hits = new ArrayList<>();
      if (decision.receipt().winner() != null) {
        hits.add(decision.receipt().winner());
      }
      decision.receipt().runnersUp().forEach(lost -> hits.add(lost.hit()));
      int best = hits.stream().mapToInt(Receipt.RuleHit::salience).max().orElse(0);
      hits.removeIf(hit -> hit.salience() < best);
      hits.forEach(hit -> neverBest.remove(hit.rule()));
      gap |= hits.isEmpty();
      if (decision.reason() == QueueReason.AMBIGUOUS) {
        for (Receipt.RuleHit one : hits) {
          for (Receipt.RuleHit other : hits) {
            boolean later = order.indexOf(one.rule()) <= order.indexOf(other.rule());
            if (later && !String.valueOf(one.territory()).equals(other.territory())) {
              ambiguous.add(other.rule());
            }
          }
        }
      }
    }
  }

  private static List<Lead> grid() {
    List<Lead> grid = new ArrayList<>();
    for (String country : with(COUNTRIES, "JP")) {
      for (String region : with(REGIONS, "TX")) {
        for (String domain : with(DOMAINS, "other.example")) {
          for (String size : with(sizes(), null)) {
            grid.add(lead(country, region, domain, size));
          }
        }
      }
    }
    return grid;
  }

  private static List<String> sizes() {
    Set<String> sizes = new LinkedHashSet<>();
    for (int size : SIZES) {
      for (int near = -1; near <= 1; near++) {
        sizes.add(Integer.toString(size + near));
      }
    }
    sizes.add("0");
    sizes.add("100000");
    return List.copyOf(sizes);
  }

  private static List<@Nullable String> with(List<String> values, @Nullable String other) {
    List<@Nullable String> all = new ArrayList<>(values);
    if (other != null) {
      all.add(other);
    }
    all.add(null);
    return all;
  }

  private static Lead lead(
      @Nullable String country,
      @Nullable String region,
      @Nullable String domain,
      @Nullable String size) {
    var form = new LeadForm();
    set(form, LeadField.COUNTRY, country);
    set(form, LeadField.REGION, region);
    set(form, LeadField.EMAIL, domain == null ? null : "x@" + domain);
    set(form, LeadField.EMPLOYEES, size);
    return form.lead();
  }

  private static void set(LeadForm form, LeadField field, @Nullable String value) {
    if (value != null) {
      form.set(field, value);
    }
  }

  private static String rules(Random random) {
    var rules = new StringBuilder();
    int count = 3 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean owned = random.nextInt(5) == 0;
      String territory = owned ? "$owner" : '"' + TERRITORIES[random.nextInt(3)] + '"';
      rules.append(
          """
          rule "R%d" salience %d
          when %s %s $t : Territory( name == %s )
          then route.to($t); end
          """
              .formatted(
                  i,
                  random.nextInt(3) * 10,
                  pattern(random),
                  owned ? "Accounts( $owner : owner )" : lookup(random),
                  territory));
    }
    return rules.toString();
  }

  private static String lookup(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "Accounts( segment == \"big\" )";
      case 1 -> "not Accounts( )";
      case 2 -> "exists Accounts( owner == \"North\" )";
      default -> "";
    };
  }

  private static String pattern(Random random) {
    Set<String> conditions = new HashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      conditions.add(
          random.nextInt(4) == 0
              ? condition(random) + " || " + condition(random)
              : condition(random));
    }
    return "Lead( " + String.join(", ", conditions) + " )";
  }

  private static String condition(Random random) {
    int size = SIZES.get(random.nextInt(3));
    return switch (random.nextInt(9)) {
      case 0 -> "country == \"" + COUNTRIES.get(random.nextInt(3)) + '"';
      case 1 -> "country in (\"DE\", \"" + COUNTRIES.get(1 + random.nextInt(2)) + "\")";
      case 2 -> "region == \"" + REGIONS.get(random.nextInt(2)) + '"';
      case 3 -> "region == null";
      case 4 -> "employees >= " + size;
      case 5 -> "employees < " + size;
      case 6 -> "(country != null && country != \"US\")";
      case 7 -> "emailDomain == \"" + DOMAINS.get(random.nextInt(3)) + '"';
      default -> "(employees > " + size + " && employees <= " + (size + 50) + ")";
    };
  }
}
