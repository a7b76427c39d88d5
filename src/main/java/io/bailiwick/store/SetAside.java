package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that stand beside a journal because something was done to it: as it was before it was
 * migrated, and as it was before a backup took its place. Each bears the time in its name; none is
 * ever deleted by us.
 */
final class SetAside {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private SetAside() {}

  /** Where a journal of this schema is kept before it is migrated. */
  static Path beforeMigrating(Path journal, String schema) {
    return journal.resolveSibling(
        "%s.schema-%s.%s.backup".formatted(journal.getFileName(), schema, now()));
  }

  /** The newest of those that a Bailiwick which knows up to this schema can go on from. */
  static @Nullable Path newestOf(Path journal, int known) {
    Pattern name =
        Pattern.compile(
            Pattern.quote(journal.getFileName().toString())
                + "\\.schema-(\\d{1,6})\\.(.*)\\.backup");
    Path folder = journal.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file -> {
                Matcher form = name.matcher(file.getFileName().toString());
                return form.matches() && Integer.parseInt(form.group(1)) <= known;
              })
          .max(Comparator.comparing(file -> time(name, file)))
          .map(file -> journal.resolveSibling(file.getFileName()))
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }

  /** Renames a journal with its log; answers its new name. */
  static Path replaced(Path journal) throws IOException {
    Path aside = journal.resolveSibling(journal.getFileName() + ".replaced-" + now());
    for (String part : new String[] {"-wal", "-shm", ""}) {
      Path from = journal.resolveSibling(journal.getFileName() + part);
      if (Files.exists(from)) {
        Path to = aside.resolveSibling(aside.getFileName() + part);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return aside;
  }

  private static String time(Pattern name, Path file) {
    Matcher form = name.matcher(file.getFileName().toString());
    return form.matches() ? form.group(2) : "";
  }

  private static String now() {
    return TIME.format(Instant.now());
  }
}
