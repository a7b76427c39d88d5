package io.bailiwick.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard and the alert rules ask for figures that are there, by labels that are there. */
class OpsTest {

  private static final Path ALERTS = Path.of("ops/alerts.yaml");
  private static final Path DASHBOARD = Path.of("ops/dashboard.json");
  private static final Pattern NAME = Pattern.compile("\\b(?:bailiwick|jvm|process)_[a-z0-9_]+");
  private static final Pattern SELECTED =
      Pattern.compile("((?:bailiwick|jvm|process)_[a-z0-9_]+)\\{([^}]*)}");
  private static final Pattern LABEL =
      Pattern.compile("([a-z_]+)\\s*(?:=~|!=|!~|=)\\s*\"([^\"]*)\"");

  private final Metrics metrics = metrics();
  private final String scrape = metrics.scrape(null).body();

  @Test
  void everyNameInTheAlertRulesAndTheDashboardIsAFigureOfOurs() throws IOException {
    Set<String> served = new TreeSet<>();
    scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> served.add(name(line)));
    for (Path file : List.of(ALERTS, DASHBOARD)) {
      Set<String> asked = new TreeSet<>();
      expressions(file).forEach(expression -> asked.addAll(names(expression)));
      assertTrue(asked.size() > 10, file + " was read");
      asked.removeAll(served);
      assertEquals(Set.of(), asked, file.toString());
    }
  }

  @Test
  void everyLabelThatAnAlertSelectsByHasSuchAValue() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String expression : expressions(ALERTS)) {
      for (Matcher selected = SELECTED.matcher(expression); selected.find(); ) {
        for (Matcher label = LABEL.matcher(selected.group(2)); label.find(); ) {
          for (String value : label.group(2).split("\\|")) {
            String pair = label.group(1) + "=\"" + value + "\"";
            if (scrape
                .lines()
                .noneMatch(l -> l.startsWith(selected.group(1)) && l.contains(pair))) {
              missing.add(selected.group(1) + " " + pair);
            }
          }
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyFigureIsThereFromTheStartAndNothingChangesThatLater() {
    String fresh = metrics().scrape(null).body();
    for (String figure :
        List.of(
            "bailiwick_leads_accepted_total 0.0",
            "bailiwick_decisions_total{action=\"assign\"} 0.0",
            "bailiwick_leads_queued_total{blocker=\"propagating\",reason=\"territory_not_ready\"} 0.0",
            "bailiwick_sends_total{outcome=\"territory_invalid\"} 0.0",
            "bailiwick_assign_attempts_count 0",
            "bailiwick_waiting_oldest_age_seconds{reason=\"no_match\",status=\"queued\"} 0.0",
            "bailiwick_territories_age_seconds 0.0",
            "bailiwick_audit_last_timestamp_seconds 0.0",
            "bailiwick_crm_calls_total{call=\"read\",outcome=\"gone\"} 0.0",
            "bailiwick_crm_held 0.0",
            "bailiwick_journal_commit_seconds_count 0",
            "bailiwick_event_loop_lag_seconds_count 0")) {
      assertTrue(fresh.contains("\n" + figure + "\n"), figure);
    }
  }

  @Test
  void openMetricsIsServedToWhoAsksForIt() {
    var open = metrics.scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertTrue(open.type().startsWith("application/openmetrics-text"), open.type());
    assertTrue(open.body().endsWith("# EOF\n"));
    assertTrue(metrics.scrape("*/*").type().startsWith("text/plain; version=0.0.4"));
  }

  /** What it serves once a rulebook serves and a channel is configured. */
  private static Metrics metrics() {
    var made = new Metrics("test", () -> Samples.NOON);
    made.notices().channel("webhook");
    made.notices().alarm("drift");
    made.tell(
        new Signal.Serving(
            new Publication("hash", Samples.NOON, Publication.How.ON_CHANGE, null, null)));
    return made;
  }

  private static List<String> expressions(Path file) throws IOException {
    String text = Files.readString(file);
    JsonNode root =
        file.toString().endsWith(".json")
            ? Json.mapper().readTree(text)
            : Json.yaml().readTree(text);
    List<String> all = new ArrayList<>();
    root.findValuesAsText("expr", all);
    return all;
  }

  private static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    for (Matcher name = NAME.matcher(expression); name.find(); ) {
      names.add(name.group());
    }
    return names;
  }

  private static String name(String line) {
    return line.split("[{ ]", 2)[0];
  }
}
