package io.bailiwick.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code journal}: what is done with the journal's file. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Backs the journal up, puts a backup in its place, or copies it elsewhere.",
    subcommands = {
      JournalBackupCommand.class,
      JournalRestoreCommand.class,
      JournalCopyCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:not done; nothing was changed", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick journal backup backups/monday.db",
      "  bailiwick journal restore backups/monday.db --force"
    })
public final class JournalCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "What is to be done with it? backup, restore or copy.");
  }
}
