package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool accepts what the built jar serves, the alert rules, and what they tell. */
class PromtoolIT {

  @TempDir Path folder;

  @BeforeEach
  void needPromtool() throws Exception {
    Programs.need("promtool");
  }

  @Test
  void itAcceptsTheMetricsOfAFreshServiceAndOfOneThatHasWorked() throws Exception {
    try (JarProcess service =
        JarProcess.start(folder, JarProcess.demo(folder), "serve", "--demo")) {
      String url = service.url();
      assertEquals("", checked(RunningService.get(url, "/metrics").text()));
      RunningService.postTo(url, "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}");
      RunningService.await(
          "a lead is assigned",
          () ->
              RunningService.get(url, "/metrics")
                  .text()
                  .contains("bailiwick_leads_assigned_total 1.0"));
      assertEquals("", checked(RunningService.get(url, "/metrics").text()));
      assertEquals(0, service.stop());
    }
  }

  @Test
  void itAcceptsTheAlertRulesAndTheyTellWhatTheyShould() throws Exception {
    String rules = Programs.run(Map.of(), "promtool", "check", "rules", "ops/alerts.yaml");
    assertTrue(rules.contains("SUCCESS"), rules);
    String tests =
        Programs.run(
            Map.of(), "promtool", "test", "rules", "src/test/resources/ops/alerts-test.yaml");
    assertTrue(tests.contains("SUCCESS") && !tests.contains("FAILED"), tests);
  }

  @Test
  void itAcceptsEveryExpressionOfTheDashboard() throws Exception {
    List<String> expressions = new ArrayList<>();
    Json.mapper()
        .readTree(Files.readString(Path.of("ops/dashboard.json")))
        .findValuesAsText("expr", expressions);
    StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
    for (int i = 0; i < expressions.size(); i++) {
      String expression = expressions.get(i).replace("$__rate_interval", "5m");
      rules.append("  - record: panel_%d\n    expr: '%s'\n".formatted(i, expression));
    }
    Path file = Files.writeString(folder.resolve("dashboard.yaml"), rules);
    String told = Programs.run(Map.of(), "promtool", "check", "rules", file.toString());
    assertTrue(told.contains("SUCCESS: " + expressions.size() + " rules found"), told);
  }

  /** What promtool has to say of these metrics; nothing where it is content. */
  private static String checked(String metrics) throws Exception {
    Process check =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var out = check.outputWriter()) {
      out.write(metrics);
    }
    String told = new String(check.getInputStream().readAllBytes());
    assertTrue(check.waitFor(60, TimeUnit.SECONDS), "it ends");
    return told + (check.exitValue() == 0 ? "" : "exit " + check.exitValue());
  }
}
