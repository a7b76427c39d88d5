package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.store.JournalBackup.Written;
import io.bailiwick.store.JournalCopy;
import io.bailiwick.store.SqlJournal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code journal copy}: the journal as a second one, ready to be served. */
@Command(
    name = "copy",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the journal as it is at one instant to TO, a new journal ready to be served: a path,"
          + " or jdbc:sqlite:PATH. Nothing is written over.",
      "To move a journal, stop the service first: what it accepts afterwards is not in the copy."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:copied, whole, and on the disk",
      "1:not copied (no journal, TO is there, no room, the journal is damaged)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick journal copy jdbc:sqlite:/srv/bailiwick/journal.db",
      "  bailiwick journal copy --demo trial.db"
    })
public final class JournalCopyCommand implements Callable<Integer> {

  private static final String SQLITE = "jdbc:sqlite:";

  private static final String INSTEAD = "Only a journal in a file is copied from.";

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Means the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(paramLabel = "TO", description = "A path, or a journal.url.")
  private String to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path target = target();
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    Path journal = read.journal().file(INSTEAD);
    var copy = new JournalCopy(journal, target);
    PrintWriter err = spec.commandLine().getErr();
    Written written =
        Progress.onTerminal(err)
            .during(() -> JournalBackupCommand.running(journal, copy.share()), copy::write);
    JournalBackupCommand.tell(written, json, spec.commandLine().getOut());
    err.printf("To serve it: journal.url: %s%s%n", SQLITE, target);
    SqlJournal.service(read.journal())
        .ifPresent(
            url ->
                err.printf(
                    "The service on %s goes on writing to %s: what it accepts from now on is not in"
                        + " the copy. To move, stop it and copy again.%n",
                    url, journal));
    return 0;
  }

  private Path target() {
    if (to.startsWith("jdbc:") && !to.startsWith(SQLITE)) {
      throw new ParameterException(
          spec.commandLine(),
          "TO must be a path or jdbc:sqlite:PATH; no other journal is there yet.");
    }
    return Path.of(to.startsWith(SQLITE) ? to.substring(SQLITE.length()) : to);
  }
}
