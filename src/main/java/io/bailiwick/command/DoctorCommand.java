package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Visit;
import io.bailiwick.json.DiagnosisJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Diagnosis.Status;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: the troubleshooting checklist. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Walks the troubleshooting checklist against the configured CRM: network, token, scopes,"
          + " clock, permissions, each territory that rules name; then the journal, the disk and"
          + " the rules. Each line says what was seen, and what to do and where.",
      "It writes nothing to the CRM. The running service is asked; where none runs, this command"
          + " opens the journal itself."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no line failed",
      "3:a line failed",
      "1:could not run (the configuration is wrong, the service gives no answer)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bailiwick doctor --demo", "  bailiwick doctor --config bailiwick.yaml --json"})
public final class DoctorCommand implements Callable<Integer> {

  private static final int FAILED = 3;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Examines the demo with its sandbox CRM.")
  private boolean demo;

  @Option(names = "--json", description = "Answers in JSON, as GET /v1/doctor does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    AskedService service = AskedService.find(read);
    Diagnosis diagnosis =
        service == null
            ? Visit.diagnosis(read, demo)
            : DiagnosisJson.read(service.get("/v1/doctor"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(DiagnosisJson.write(diagnosis)));
    } else {
      String who = service == null ? "this command" : "the service on " + service.url();
      out.printf("examined by %s, dialect %s%n%n", who, diagnosis.dialect());
      diagnosis.lines().forEach(line -> print(line, out));
      out.printf(
          "%n%d ok, %d warn, %d fail%n",
          count(diagnosis, Status.OK),
          count(diagnosis, Status.WARN),
          count(diagnosis, Status.FAIL));
    }
    out.flush();
    return diagnosis.worst() == Status.FAIL ? FAILED : 0;
  }

  private static void print(Line line, PrintWriter out) {
    out.printf("%-5s %-14s %s%n", line.status().word(), line.check(), line.seen());
    if (line.advice() != null) {
      out.printf("%20s → %s%n", "", line.advice());
    }
  }

  private static long count(Diagnosis diagnosis, Status status) {
    return diagnosis.lines().stream().filter(line -> line.status() == status).count();
  }
}
