package io.bailiwick.lead;

import java.util.Locale;

/**
 * What keeps a territory from being ready, in the order in which several are told. The first six
 * are read from the CRM's own signs; REFUSED is the CRM's answer where every sign said ready.
 */
public enum Blocker {
  NOT_FOUND,
  INACTIVE,
  API_DISABLED,
  PROPAGATING,
  NOT_A_MEMBER,
  NOT_PERMITTED,
  REFUSED;

  /** The name in JSON and in rules, lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The blocker of that name, or null where there is none (a rule's own word). */
  public static @Nullable Blocker ofWord(String word) {
    for (Blocker blocker : values()) {
      if (blocker.word().equals(word)) {
        return blocker;
      }
    }
    return null;
  }
}
