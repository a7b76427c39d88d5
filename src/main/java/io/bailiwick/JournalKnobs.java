package io.bailiwick;

import io.bailiwick.lead.Nullable;
import io.bailiwick.store.JournalPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The knobs of what the journal keeps, and for how long. */
final class JournalKnobs {

  private static final String OFF = "off";

  static final Knob URL =
      new Knob(
          "journal.url",
          "jdbc:sqlite:data/bailiwick.db",
          JournalPlace::mistake,
          "jdbc:sqlite:PATH | jdbc:postgresql://HOST[:PORT]/DATABASE",
          "Where the journal is: a file, or a server that instances share.");
  static final Knob USER =
      Knob.text("journal.user", null, "The PostgreSQL user that owns the journal.");
  static final Knob PASSWORD =
      Knob.text("journal.password", null, "The user's password; better kept in a file.");
  static final Knob PASSWORD_FILE =
      Knob.text("journal.password-file", null, "File that holds the user's password.");
  static final Knob KEY_FILE =
      Knob.text(
          "journal.key-file",
          "data/bailiwick.key",
          "Seals secrets on PostgreSQL; one and the same file for all instances.");

  /** What deletes must be switched on by somebody who knows which law binds them. */
  static final Knob RETENTION =
      new Knob(
          "journal.retention",
          OFF,
          JournalKnobs::mistake,
          "off, or 1d to 36500d",
          "Leads at rest longer than this are erased.");

  static final List<Knob> ALL = List.of(URL, USER, PASSWORD, PASSWORD_FILE, KEY_FILE, RETENTION);

  static final List<Knob> SECRETS = List.of(PASSWORD);

  private JournalKnobs() {}

  /** How long leads at rest are kept; null for as long as the journal is. */
  static @Nullable Duration retention(Config config) {
    return Knob.parseDuration(config.text(RETENTION));
  }

  /** Throws with a message for people where the password's file cannot be read. */
  static JournalPlace place(Config config) {
    return place(config, config.text(URL));
  }

  /** The same of another URL, with the user and password that are configured. */
  static JournalPlace place(Config config, String url) {
    if (url.startsWith(JournalPlace.FILE)) {
      return JournalPlace.of(Path.of(url.substring(JournalPlace.FILE.length())));
    }
    return new JournalPlace.OnServer(
        url, config.optional(USER), password(config), Path.of(config.text(KEY_FILE)));
  }

  /** What does not fit together. */
  static List<String> mistakes(Map<Knob, String> values) {
    List<String> mistakes = new ArrayList<>();
    if (values.containsKey(PASSWORD) && values.containsKey(PASSWORD_FILE)) {
      mistakes.add("journal.password and journal.password-file are both given; give one");
    }
    return mistakes;
  }

  private static @Nullable String password(Config config) {
    String file = config.optional(PASSWORD_FILE);
    if (file == null) {
      return config.optional(PASSWORD);
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("journal.password-file cannot be read: " + e, e);
    }
  }

  private static @Nullable String mistake(String value) {
    Duration kept = Knob.parseDuration(value);
    boolean within =
        kept != null
            && value.strip().endsWith("d")
            && kept.toDays() >= 1
            && kept.toDays() <= 36_500;
    return value.equals(OFF) || within ? null : "must be off, or days such as 365d";
  }
}
