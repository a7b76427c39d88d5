package io.bailiwick.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}: who may come in. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "The keys by which sources and people come in, where http.access is keys.",
      "A running service is asked, which whoever may read its journal may do; where none runs, the"
          + " journal is opened."
    },
    subcommands = {
      KeysAddCommand.class,
      KeysListCommand.class,
      KeysRotateCommand.class,
      KeysRevokeCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"64:it needs one of its commands, whose --help says their codes"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick keys add ana --role operator",
      "  bailiwick keys add --role source --source web --expires 365d",
      "  bailiwick keys list",
      "  bailiwick keys revoke 3f9a0c51d2e7"
    })
public final class KeysCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Which of add, list, rotate and revoke? There is no default.");
  }
}
