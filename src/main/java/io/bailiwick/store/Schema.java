package io.bailiwick.store;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** Brings a journal's schema up to this version, and refuses one that is newer. */
final class Schema {

  private Schema() {}

  /** Migrates; throws {@link JournalRefused} that names both versions where the file is newer. */
  static void migrate(String url) {
    try {
      Flyway flyway =
          Flyway.configure().dataSource(url, null, null).locations("classpath:db/migration").load();
      refuseNewer(url, flyway);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new JournalRefused(
          "the journal %s cannot be brought up to date: %s".formatted(url, e.getMessage()), e);
    }
  }

  private static void refuseNewer(String url, Flyway flyway) {
    List<MigrationInfo> all = List.of(flyway.info().all());
    MigrationVersion known =
        newest(all.stream().filter(info -> !info.getScript().isEmpty() && resolved(info)));
    MigrationVersion applied = newest(Stream.of(flyway.info().applied()));
    if (applied.compareTo(known) > 0) {
      throw new JournalRefused(
          "the journal %s has schema version %s, and this Bailiwick knows only up to %s;"
                  .formatted(url, applied, known)
              + " use the newer Bailiwick that wrote it");
    }
  }

  private static boolean resolved(MigrationInfo info) {
    return info.getState().isResolved();
  }

  private static MigrationVersion newest(Stream<MigrationInfo> migrations) {
    return migrations
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }
}
