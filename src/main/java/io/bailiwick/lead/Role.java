package io.bailiwick.lead;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do; which route allows which role is one table of the left door. */
public enum Role {
  /** Nobody we know. */
  ANYONE,
  /** A browser form of a source that is declared public: it may post leads and read nothing. */
  FORM,
  /** A lead source: it posts leads and sees its own. */
  SOURCE,
  /** Sees everything but leads' personal data. */
  VIEWER,
  /** A viewer who sees the leads, decides without recording, and brings candidates. */
  ANALYST,
  /** Does all. */
  OPERATOR;

  /** The name in JSON, on the command line and in the table: {@code operator}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a key can give it: the other two are what is left without one. */
  public boolean byKey() {
    return this != ANYONE && this != FORM;
  }

  /** The role of that word that a key can give; empty where there is none. */
  public static Optional<Role> ofKey(String word) {
    return Arrays.stream(values())
        .filter(role -> role.byKey() && role.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
