package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.store.JournalPlace;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The territories that a command goes by: a file that was named, else the journal's last snapshot,
 * else the fixtures'. It says which.
 *
 * @param said where they come from, for a command's first line
 */
record KnownTerritories(TerritorySnapshot snapshot, String said) {

  /** Throws IllegalArgumentException for a file that cannot be read. */
  static KnownTerritories find(@Nullable Path named, Config config, Instant now) {
    if (named != null) {
      return ofFile(named, now);
    }
    Optional<KnownTerritories> kept = ofJournal(config.journal());
    return kept.orElseGet(() -> ofFile(config.fixtures().resolve("territories.json"), now));
  }

  private static KnownTerritories ofFile(Path file, Instant now) {
    try {
      var reading = TerritoriesJson.read(Files.readAllBytes(file)).reading();
      // First seen long ago, so that none is held to be new for want of a date.
      var snapshot = reading.snapshot(null, now.minus(Duration.ofDays(1)));
      return new KnownTerritories(
          snapshot, snapshot.territories().size() + " territories of " + file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the territories, " + file, e);
    }
  }

  private static Optional<KnownTerritories> ofJournal(JournalPlace journal) {
    if (!journal.mayBeThere()) {
      return Optional.empty();
    }
    try (var reader = SqlReader.open(journal)) {
      Optional<KeptSnapshot> kept = reader.latestSnapshot().toCompletableFuture().join();
      return kept.map(
          one ->
              new KnownTerritories(
                  one.snapshot(),
                  "%d territories of the journal %s, read from its CRM at %s"
                      .formatted(one.snapshot().territories().size(), journal, one.readAt())));
    }
  }
}
