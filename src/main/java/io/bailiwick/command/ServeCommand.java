package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Service;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the service, until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the service: accepts leads, decides by the rules, assigns in the CRM.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped on request", "1:could not start", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick serve --demo                 with a sandbox CRM inside; needs nothing else",
      "  bailiwick serve --config bailiwick.yaml",
      "  BAILIWICK_CRM_BASE_URL=https://www.zohoapis.com BAILIWICK_CRM_TOKEN_FILE=token bailiwick"
          + " serve"
    })
public final class ServeCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(
      names = "--demo",
      description =
          "Adds a sandbox CRM with the fixture territories; keeps its own journal, data/demo.db.")
  private boolean demo;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    Service service = Service.start(read, demo);
    greet(service, spec.commandLine().getOut());
    StopRequest.await(service::stop);
    return 0;
  }

  private void greet(Service service, PrintWriter out) {
    String url = service.url();
    out.printf("Bailiwick listens on %s%n", url);
    if (!service.asksForKeys()) {
      out.printf("  open: no key is asked for, and only this machine reaches it%n");
    }
    out.printf(
        "  %d rules (rulebook %s), CRM %s%n",
        service.rulebook().rules().stream().map(rule -> rule.rule()).distinct().count(),
        service.rulebook().hash().substring(0, 12),
        service.crmUrl());
    if (demo) {
      out.printf(
          """

          Post a lead:
            curl -s %1$s/v1/leads -H 'Content-Type: application/json' -H 'Prefer: wait=5' \\
              -d '{"crmId":"3652397000009999001","country":"US","region":"CA","employees":1200}'

          All leads:    %1$s/v1/leads
          Territories:  %1$s/v1/territories
          What the CRM was sent:  %2$s/sandbox/writes
          Stop with Ctrl-C.
          """,
          url, service.crmUrl());
    }
    out.flush();
  }
}
