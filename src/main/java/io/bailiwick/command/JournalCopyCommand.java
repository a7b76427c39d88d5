package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.json.Json;
import io.bailiwick.store.JournalBackup.Written;
import io.bailiwick.store.JournalCopy;
import io.bailiwick.store.JournalMove;
import io.bailiwick.store.JournalMove.Moved;
import io.bailiwick.store.JournalPlace;
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
          + " jdbc:sqlite:PATH, or jdbc:postgresql://HOST/DATABASE with journal.user and its"
          + " password. Nothing is written over.",
      "To move a journal, stop the service first: what it accepts afterwards is not in the copy. To"
          + " a server it must be stopped, and all is compared before it counts; that may be"
          + " repeated until the new one was served."
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
      "  bailiwick journal copy --demo trial.db",
      "  bailiwick journal copy --config bailiwick.yaml jdbc:postgresql://db.example/bailiwick"
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
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    Path journal = read.journal().file(INSTEAD);
    if (to.startsWith(JournalPlace.SERVER)) {
      return toServer(read, journal);
    }
    Path target = target();
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

  private int toServer(Config read, Path journal) {
    String mistake = JournalPlace.mistake(to);
    if (mistake != null) {
      throw new ParameterException(spec.commandLine(), "TO " + mistake + ".");
    }
    var move = new JournalMove(journal, (JournalPlace.OnServer) read.journal(to));
    Moved moved =
        Progress.onTerminal(spec.commandLine().getErr())
            .during(() -> JournalBackupCommand.running(journal, move.share()), move::write);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode().put("journal", moved.to().toString());
      body.put("leads", moved.leads()).put("rows", moved.rows()).put("schema", moved.schema());
      out.println(Json.write(body.put("digest", moved.digest())));
    } else {
      out.printf(
          "%s: %,d leads, %,d rows, schema %s, each row the same as in %s%n",
          moved.to(), moved.leads(), moved.rows(), moved.schema(), journal);
    }
    out.flush();
    spec.commandLine().getErr().printf("To serve it: journal.url: %s%n", to);
    return 0;
  }

  private Path target() {
    if (to.startsWith("jdbc:") && !to.startsWith(SQLITE)) {
      throw new ParameterException(
          spec.commandLine(),
          "TO must be a path, jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE.");
    }
    return Path.of(to.startsWith(SQLITE) ? to.substring(SQLITE.length()) : to);
  }
}
