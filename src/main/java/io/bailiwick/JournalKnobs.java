package io.bailiwick;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.util.List;

/** The knobs of what the journal keeps, and for how long. */
final class JournalKnobs {

  private static final String OFF = "off";

  /** What deletes must be switched on by somebody who knows which law binds them. */
  static final Knob RETENTION =
      new Knob(
          "journal.retention",
          OFF,
          JournalKnobs::mistake,
          "off, or 1d to 36500d",
          "Leads at rest longer than this are erased.");

  static final List<Knob> ALL = List.of(RETENTION);

  private JournalKnobs() {}

  /** How long leads at rest are kept; null for as long as the journal is. */
  static @Nullable Duration retention(Config config) {
    return Knob.parseDuration(config.text(RETENTION));
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
