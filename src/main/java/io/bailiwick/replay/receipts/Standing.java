package io.bailiwick.replay.receipts;

import java.util.Locale;

/** What became of a decision that was to be made again. */
public enum Standing {
  /** The same, byte for byte. */
  SAME("decided again, and the same byte for byte"),
  /** Something in it is otherwise. */
  DIFFERENT("decided again, and otherwise"),
  /** The lead was erased; what was judged is no longer there. */
  ERASED("the lead was erased"),
  /** Another version of Bailiwick or of its rule engine decided it. */
  OTHER_ENGINE("another version of Bailiwick or Drools decided it"),
  /** The rules it names are not kept, or do not compile any more. */
  RULEBOOK_GONE("its rulebook is not kept"),
  /** The territories it names are not kept. */
  SNAPSHOT_GONE("its territories are not kept"),
  /** The rules came to no end, and the watchdog gave it up: that is no decision of the rules. */
  GIVEN_UP("its rules came to no end in time"),
  /** A person assigned it in place of the rules. */
  BY_HAND("a person assigned it"),
  /** There is no decision. */
  UNDECIDED("not decided yet");

  private final String said;

  Standing(String said) {
    this.said = said;
  }

  /** The stable name, as JSON spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In words. */
  public String said() {
    return said;
  }
}
