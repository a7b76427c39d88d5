package io.bailiwick.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fixtures}: out to a spreadsheet, in again, and from what was recorded. */
@Command(
    name = "fixtures",
    mixinStandardHelpOptions = true,
    description = "Fixture leads as one table, and fixtures made of recorded leads.",
    subcommands = {
      FixturesExportCommand.class,
      FixturesImportCommand.class,
      FixturesFromCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"64:it needs one of its commands, whose --help says their codes"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick fixtures export fixtures.csv",
      "  bailiwick fixtures from --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77"
    })
public final class FixturesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which of export, import and from? There is no default.");
  }
}
