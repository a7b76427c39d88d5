package io.bailiwick.bench;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rules of one kind, as an analyst writes them for Bailiwick and as an engineer writes the same for
 * Drools alone, with leads of which each matches one rule.
 */
public final class Workload {

  /** How rules tell leads apart. */
  public enum Kind {
    /** By equal values; the territory is spelled out. */
    LITERAL,
    /** By equal values; the territory is named by the lead. */
    JOINED,
    /** By a range of numbers. */
    RANGED,
    /** By a row of a lookup table, which names the territory. */
    LOOKUP
  }

  /** What Drools alone takes for a row. */
  public record Account(String domain, String segment, String owner) {}

  static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  static final int LEADS = 256;

  private static final int SEGMENTS = 10;
  private static final int DEFAULT_ROWS = 1_000;
  private static final String HEAD =
      """
      package bare
      import io.bailiwick.lead.Flag;
      import io.bailiwick.lead.Lead;
      import io.bailiwick.lead.Placement;
      import io.bailiwick.lead.Territory;
      import io.bailiwick.bench.Workload.Account;
      global io.bailiwick.bench.BareDrools.Collector out;
      """;

  private final Kind kind;
  private final int rules;
  private final int territories;
  private final int rows;

  Workload(Kind kind, int rules, int territories) {
    this(kind, rules, territories, kind == Kind.LOOKUP ? DEFAULT_ROWS : 0);
  }

  Workload(Kind kind, int rules, int territories, int rows) {
    this.kind = kind;
    this.rules = rules;
    this.territories = territories;
    this.rows = rows;
  }

  /** The rulebook's files. */
  RuleFiles files() {
    var drl = new StringBuilder();
    for (int i = 0; i < rules; i++) {
      drl.append(rule(i, when(i), "route.to($t);"));
    }
    drl.append(
        rule("Closed", "Placement( apiEnabled == Flag.NO )", "route.queue(\"by_rule\", \"no\");"));
    if (rows == 0) {
      return new RuleFiles(Map.of("main.drl", drl.toString()));
    }
    var csv = new StringBuilder("domain: key emailDomain, segment, owner: territory\n");
    accounts()
        .forEach(
            account ->
                csv.append(account.domain())
                    .append(',')
                    .append(account.segment())
                    .append(',')
                    .append(account.owner())
                    .append('\n'));
    return new RuleFiles(Map.of("main.drl", drl.toString(), "accounts.csv", csv.toString()));
  }

  /** The same rules for Drools alone. */
  String bare() {
    var drl = new StringBuilder(HEAD);
    for (int i = 0; i < rules; i++) {
      drl.append(rule(i, bareWhen(i), "out.to($t, 10);"));
    }
    return drl.append(rule("Closed", "Placement( apiEnabled == Flag.NO )", "out.no();")).toString();
  }

  /** The rows as facts. */
  List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      accounts.add(new Account("d" + i + ".example", "s" + i % SEGMENTS, territory(i)));
    }
    return accounts;
  }

  TerritorySnapshot snapshot() {
    Instant longAgo = NOW.minus(Duration.ofDays(100));
    List<Territory> all = new ArrayList<>();
    for (int i = 0; i < territories; i++) {
      all.add(
          new Territory(
              Integer.toString(i),
              territory(i),
              null,
              null,
              Flag.YES,
              Flag.YES,
              longAgo,
              longAgo,
              Staff.UNKNOWN,
              Flag.YES,
              true));
    }
    return new TerritorySnapshot(all, Flag.YES);
  }

  /** Leads of which each matches one rule, spread over all rules. */
  List<Lead> leads() {
    List<Lead> leads = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      int rule = (int) (i * 7919L % rules);
      var form = new LeadForm().set(LeadField.COUNTRY, "US").set(LeadField.COMPANY, "Acme " + i);
      switch (kind) {
        case LITERAL -> form.set(LeadField.CITY, "City " + rule).set(LeadField.EMPLOYEES, "99");
        case JOINED ->
            form.set(LeadField.INDUSTRY, "I" + rule)
                .set(LeadField.CITY, territory((int) (i * 7919L % territories)));
        case RANGED -> form.set(LeadField.EMPLOYEES, Integer.toString(rule * 10 + 5));
        case LOOKUP -> form.set(LeadField.CAMPAIGN, "K" + rule);
      }
      String domain = rows == 0 ? "acme.example" : "d" + account(i, rule) + ".example";
      leads.add(form.set(LeadField.EMAIL, "someone" + i + "@" + domain).lead());
    }
    return leads;
  }

  /** The account of a lead: one of its rule's segment. */
  private int account(int lead, int rule) {
    int spread = (int) (lead * 7919L % (rows / SEGMENTS));
    return spread * SEGMENTS + rule % SEGMENTS;
  }

  private String when(int i) {
    String named = " $t : Territory( name == \"" + territory(i) + "\" )";
    return switch (kind) {
      case LITERAL ->
          "Lead( country == \"US\", city == \"City %d\", employees >= 10 )".formatted(i) + named;
      case JOINED ->
          "Lead( country == \"US\", industry == \"I%d\", $c : city, city != null )".formatted(i)
              + " $t : Territory( name == $c )";
      case RANGED ->
          "Lead( employees >= %d, employees < %d )".formatted(i * 10, i * 10 + 10) + named;
      case LOOKUP ->
          "Lead( country == \"US\", campaign == \"K%d\" )".formatted(i)
              + " Accounts( $o : owner, segment == \"s%d\" )".formatted(i % SEGMENTS)
              + " $t : Territory( name == $o )";
    };
  }

  private String bareWhen(int i) {
    return switch (kind) {
      case LITERAL, JOINED, RANGED -> when(i).replaceAll("(>= |< )([0-9]+)", "$1$2L");
      case LOOKUP ->
          "Lead( country == \"US\", campaign == \"K%d\", $d : emailDomain, emailDomain != null )"
                  .formatted(i)
              + " Account( domain == $d, segment == \"s%d\", $o : owner )".formatted(i % SEGMENTS)
              + " $t : Territory( name == $o )";
    };
  }

  private String territory(int i) {
    return "Territory " + i % territories;
  }

  private static String rule(Object name, String when, String then) {
    return "rule \"%s\" salience 10 when %s then %s end%n".formatted(name, when, then);
  }
}
