package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.leads.LeadFiles;
import io.bailiwick.replay.leads.LeadHistory;
import io.bailiwick.replay.leads.LeadStream;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Option;

/** Which leads a command is to read: files of any kind, or what the journal recorded. */
final class LeadsOption {

  @Option(
      names = "--leads",
      paramLabel = "FILE",
      arity = "1..*",
      description = {
        "Decides the leads of these files in place of the fixtures: .json, .ndjson, .jsonl, .csv,"
            + " .tsv or .xlsx, each also packed as .gz, .bz2 or .zip."
      })
  private @Nullable List<Path> files;

  @Option(
      names = "--history",
      paramLabel = "DURATION",
      description = {
        "Decides the leads that the journal recorded in this time, such as 30d or 12h, in place of"
            + " the fixtures; beside a running service."
      })
  private @Nullable String history;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "What the files' own names mean, in the form of rules/sources/NAME.yaml; their source is"
              + " then NAME.")
  private @Nullable Path map;

  @Option(
      names = "--territories",
      paramLabel = "FILE",
      description =
          "With --leads or --history: the territories, in the form of fixtures/territories.json.")
  private @Nullable Path territories;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "With --leads or --history: the instant to decide at, such as 2026-01-15T12:00:00Z; or"
              + " else now.")
  private @Nullable Instant at;

  @Option(names = "--demo", description = "Takes the demo's journal, data/demo.db.")
  private boolean demo;

  boolean demo() {
    return demo;
  }

  /** The one instant at which all leads are decided. */
  Instant clock() {
    return at == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : at;
  }

  /** The territories beside which they are decided. */
  KnownTerritories territories(Config config, Instant clock) {
    return KnownTerritories.find(territories, config, clock);
  }

  /** Whether any leads were named. */
  boolean given() {
    return files != null || history != null;
  }

  /** The leads that were named. Throws IllegalArgumentException for what cannot be read. */
  LeadStream open(Config config) {
    if (files != null && history != null) {
      throw new IllegalArgumentException("either --leads or --history: one stream at a time");
    }
    return history == null
        ? LeadFiles.open(files == null ? List.of() : files, mapping())
        : history(config, history);
  }

  /** Of the journal; until now, whatever instant they are decided at. */
  private static LeadStream history(Config config, String text) {
    Duration back = Config.duration(text);
    if (back == null) {
      throw new IllegalArgumentException(
          "--history is \"" + text + "\"; it must be a duration such as 30d, 12h or 15m");
    }
    Instant now = Instant.now();
    return new LeadHistory(SqlReader.open(config.journal()), now.minus(back), now);
  }

  private SourceMapping mapping() {
    if (map == null) {
      return SourceMapping.PLAIN;
    }
    String name = String.valueOf(map.getFileName());
    int ending = name.lastIndexOf('.');
    try {
      return SourceMapping.parse(
          ending > 0 ? name.substring(0, ending) : name, Files.readString(map));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the mapping " + map, e);
    }
  }
}
