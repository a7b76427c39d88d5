package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where a journal is, without opening it; as text it is for people and says no secret. */
public sealed interface JournalPlace {

  /** What a {@code journal.url} of a file begins with. */
  String FILE = "jdbc:sqlite:";

  /** What a {@code journal.url} of a server begins with. */
  String SERVER = "jdbc:postgresql:";

  /**
   * The file; throws {@link JournalRefused} where there is none, with what serves there instead.
   *
   * @param instead a sentence for people
   */
  default Path file(String instead) {
    if (this instanceof InFile file) {
      return file.path();
    }
    throw new JournalRefused("the journal " + this + " is no file. " + instead);
  }

  /** Whether there may be one: a file that is not there is none. */
  boolean mayBeThere();

  /** A SQLite file, which one service at a time owns. */
  record InFile(Path path) implements JournalPlace {

    @Override
    public boolean mayBeThere() {
      return Files.exists(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A database on a PostgreSQL server, which instances share.
   *
   * @param url as its driver takes it
   * @param keyFile what seals secrets in it; the same for all instances
   */
  record OnServer(String url, @Nullable String user, @Nullable String password, Path keyFile)
      implements JournalPlace {

    @Override
    public boolean mayBeThere() {
      return true;
    }

    @Override
    public String toString() {
      int query = url.indexOf('?');
      return query < 0 ? url : url.substring(0, query);
    }
  }

  /** The journal in that file. */
  static JournalPlace of(Path path) {
    return new InFile(path);
  }

  /** Says what is wrong with a {@code journal.url}; null where nothing is. */
  static @Nullable String mistake(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    if (url.startsWith(FILE) && url.length() > FILE.length()) {
      return null;
    }
    if (!url.startsWith(SERVER + "//") || url.length() == SERVER.length() + 2) {
      return "must be jdbc:sqlite:PATH or jdbc:postgresql://HOST[:PORT]/DATABASE";
    }
    return lower.contains("password=")
        ? "must not hold the password: put it into journal.password-file"
        : null;
  }
}
