package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Visit;
import io.bailiwick.json.AuditJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AuditReport;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit}: the daily audit, now. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Reads all territories from the CRM and compares them with those that rules and lookup tables"
          + " name: what is missing, renamed, inactive, closed to the API or to the API user; with"
          + " the rules and the leads that it concerns, and what is new since the last audit.",
      "The running service runs it; where none does, this command opens the journal itself."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing but notes",
      "3:something to mend",
      "1:could not run (no CRM configured, no rules, the journal cannot be opened)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bailiwick audit --demo", "  bailiwick audit --config bailiwick.yaml --json"})
public final class AuditCommand implements Callable<Integer> {

  private static final int DRIFTED = 3;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Audits the sandbox CRM of the demo.")
  private boolean demo;

  @Option(names = "--json", description = "Answers in JSON, as GET /v1/audits/ID does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    AskedService service = AskedService.find(read);
    AuditReport report = service == null ? Visit.audit(read, demo) : asked(service);
    if (json) {
      spec.commandLine().getOut().println(Json.write(AuditJson.write(report)));
    } else {
      AuditText.print(report, spec.commandLine().getOut());
    }
    return report.drifted() ? DRIFTED : 0;
  }

  /** Asks again for as long as it runs; each asking waits a while for it. */
  private static AuditReport asked(AskedService service) {
    JsonNode answer = service.post("/v1/audits");
    while (answer.path("status").asText().equals("running")) {
      answer = service.post("/v1/audits");
    }
    return AuditJson.read(answer);
  }
}
