package io.bailiwick.command;

import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.CaseResult;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.FixtureTable;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixtures export}: every fixture lead as one table. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the fixture leads as one CSV, a row a lead, for a spreadsheet. A cell that it would"
          + " take for a formula or alter has an apostrophe before it; import takes it away again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:could not (a fixture that cannot be read, FILE is there already)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick fixtures export fixtures.csv",
      "  bailiwick fixtures export - leads/regions.json leads/languages.json"
    })
public final class FixturesExportCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--replace", description = "Writes over FILE where it is there already.")
  private boolean replace;

  @Option(
      names = "--no-bom",
      description = "Leaves out the mark at the beginning by which a spreadsheet knows UTF-8.")
  private boolean noBom;

  @Parameters(index = "0", paramLabel = "FILE", description = "Where to; - is standard output.")
  private String file;

  @Parameters(
      index = "1..*",
      paramLabel = "FIXTURES",
      description = "Only of these files, such as leads/regions.json; or else of all.")
  private @Nullable List<String> only;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Fixtures fixtures = FixtureFolder.read(config.read(Map.of()).fixtures());
    for (CaseResult wrong : fixtures.unreadable()) {
      if (wrong.kind() == CaseResult.Kind.LEAD) {
        throw new IllegalArgumentException(wrong.details().get(0));
      }
    }
    List<LeadCase> leads =
        fixtures.leads().stream().filter(one -> only == null || only.contains(one.file())).toList();
    if (leads.isEmpty()) {
      throw new IllegalArgumentException("there is no fixture lead to write");
    }
    String text = (noBom ? "" : FixtureTable.MARK) + FixtureTable.write(leads, LeadCase::file);
    var out = spec.commandLine().getOut();
    if (file.equals("-")) {
      out.print(text);
      out.flush();
      return 0;
    }
    if (Files.exists(Path.of(file)) && !replace) {
      spec.commandLine().getErr().printf("%s is there already; --replace writes over it%n", file);
      return 1;
    }
    WholeFile.write(Path.of(file), text);
    out.printf(
        "%d fixture leads written to %s; %d stories stay where they are%n",
        leads.size(), file, fixtures.stories().size());
    return 0;
  }
}
