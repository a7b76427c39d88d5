package io.bailiwick.flow;

import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;

/**
 * What {@code rules/} and the fixtures hold, and which state of them was dealt with last: taken, or
 * given up. Only another state is a change. All calls on the flow's thread.
 */
final class RulesFolder {

  private final Mode mode;
  private Folder seen = new Folder(null, "it was not looked at yet");
  private @Nullable String dealtWith;

  RulesFolder(Mode mode) {
    this.mode = mode;
  }

  Mode mode() {
    return mode;
  }

  Folder seen() {
    return seen;
  }

  void look(Folder now) {
    seen = now;
  }

  /** The state of that digest is no change any more; null changes nothing. */
  void dealtWith(@Nullable String digest) {
    if (digest != null) {
      dealtWith = digest;
    }
  }

  boolean isDealtWith(RuleVersion version) {
    return version.digest().equals(dealtWith);
  }

  /** Whether it holds exactly this version, wherever that one came from. */
  boolean holds(RuleVersion version) {
    return seen.version() != null && seen.version().digest().equals(version.digest());
  }

  /** Whether it can be read, and holds other rules than those of that hash. */
  boolean differsFrom(String hash) {
    return seen.version() != null && !seen.version().hash().equals(hash);
  }
}
