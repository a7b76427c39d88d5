package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Demo;
import io.bailiwick.json.Json;
import io.bailiwick.store.JournalRestore;
import io.bailiwick.store.JournalRestore.Restored;
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

/** {@code journal restore}: a backup in the journal's place, while no service runs. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the backup FILE in the journal's place. The service must be stopped. What stood there"
          + " is set aside beside it, never deleted.",
      "Leads accepted after the backup are then only in what was set aside. Persons erased after it"
          + " are erased again, where that can be read."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:restored",
      "1:not restored (a service runs, a journal is there, FILE is not whole or too new)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick journal restore backups/monday.db            where no journal is left",
      "  bailiwick journal restore backups/monday.db --force    sets the present one aside"
    })
public final class JournalRestoreCommand implements Callable<Integer> {

  private static final int TOLD = 20;

  private static final String INSTEAD =
      "Stop all instances, and let PostgreSQL's own tool put it back: pg_restore --clean"
          + " --dbname=DATABASE FILE";

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Means the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--force", description = "Sets aside the journal that is there.")
  private boolean force;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "A backup of a journal.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path journal = config.read(demo ? Demo.DEFAULTS : Map.of()).journal().file(INSTEAD);
    Restored restored =
        Progress.onTerminal(spec.commandLine().getErr())
            .during("restoring " + journal, () -> new JournalRestore(file, journal).restore(force));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(body(journal, restored)));
    } else {
      tell(journal, restored, out);
    }
    out.flush();
    return 0;
  }

  private static void tell(Path journal, Restored restored, PrintWriter out) {
    out.printf("%s: %,d leads, schema %s%n", journal, restored.leads(), restored.schema());
    if (restored.aside() != null) {
      out.printf("What stood there is set aside: %s%n", restored.aside());
    }
    if (!restored.erasuresKnown()) {
      out.println(
          "Who was erased since the backup cannot be read from it: erase them again"
              + " (docs/operations/erase-a-person.md).");
    }
    if (!restored.toErase().isEmpty()) {
      out.printf(
          "%,d leads were erased since the backup and must be again, once the service runs:%n",
          restored.toErase().size());
      restored.toErase().stream()
          .limit(TOLD)
          .forEach(id -> out.printf("  curl -X DELETE http://localhost:8080/v1/leads/%s%n", id));
      if (restored.toErase().size() > TOLD) {
        out.println("  … all of them with --json, or GET /v1/leads?status=erased beforehand");
      }
    }
  }

  private static ObjectNode body(Path journal, Restored restored) {
    ObjectNode body = Json.mapper().createObjectNode().put("journal", journal.toString());
    body.put("leads", restored.leads()).put("schema", restored.schema());
    if (restored.aside() != null) {
      body.put("aside", restored.aside().toString());
    }
    body.put("erasuresKnown", restored.erasuresKnown());
    body.set("toErase", Json.tree(restored.toErase()));
    return body;
  }
}
