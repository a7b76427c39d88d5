package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Demo;
import io.bailiwick.json.Json;
import io.bailiwick.store.JournalBackup;
import io.bailiwick.store.JournalBackup.Written;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code journal backup}: the journal as it is at one instant, beside a running service. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the journal as it is at one instant to FILE, whether a service runs or not; looks"
          + " through it from end to end, and only then gives it its name. Only its owner may read"
          + " it.",
      "Erased persons are not in it, not even as free room; those erased later are, until the"
          + " backup is deleted."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, whole, and on the disk",
      "1:not written (no journal, FILE is there, no room, the journal is damaged)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick journal backup backups/monday.db",
      "  bailiwick journal backup --demo --force backup.db --json",
      "A journal on PostgreSQL is backed up by pg_dump (docs/operations/backup-and-restore.md)."
    })
public final class JournalBackupCommand implements Callable<Integer> {

  private static final String INSTEAD =
      "PostgreSQL's own tool backs it up while it is served: pg_dump --format=custom --file=FILE"
          + " DATABASE";

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Means the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--force", description = "Writes over FILE where it is there.")
  private boolean force;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "Where to; its folder must be there.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path journal = config.read(demo ? Demo.DEFAULTS : Map.of()).journal().file(INSTEAD);
    var backup = new JournalBackup(journal, file);
    PrintWriter err = spec.commandLine().getErr();
    Written written =
        Progress.onTerminal(err)
            .during(() -> running(journal, backup.share()), () -> backup.write(force));
    tell(written, json, spec.commandLine().getOut());
    if (written.keyFile() != null) {
      err.printf(
          "Signing keys in it are sealed by %s, which is no part of it: keep a copy of that, apart"
              + " from the backups.%n",
          written.keyFile());
    }
    return 0;
  }

  /** Such as {@code copying data/bailiwick.db, 41 %}. */
  static String running(Path journal, double share) {
    return "copying %s, %.0f %%".formatted(journal, share * 100);
  }

  static void tell(Written written, boolean json, PrintWriter out) {
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode().put("file", written.file().toString());
      body.put("leads", written.leads()).put("bytes", written.bytes());
      out.println(Json.write(body.put("schema", written.schema())));
    } else {
      out.printf(
          "%s: %,d leads, %,d bytes, schema %s, whole%n",
          written.file(), written.leads(), written.bytes(), written.schema());
    }
    out.flush();
  }
}
