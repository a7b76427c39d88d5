package io.bailiwick.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules}: what is done with kept versions of the rules. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = "Versions of the rules that the journal keeps.",
    subcommands = {ExportCommand.class, CommandLine.HelpCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:could not", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = "  bailiwick rules export out         the serving version, as files")
public final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What with the rules? There is export.");
  }
}
