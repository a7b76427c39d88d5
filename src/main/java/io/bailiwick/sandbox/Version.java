package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;

/** A version of the documented API, by what its answers have (Zoho's own libraries of each). */
enum Version {
  V2("v2"),
  V2_1("v2.1"),
  V3("v3"),
  V4("v4"),
  V5("v5"),
  V6("v6"),
  V7("v7"),
  V8("v8");

  private final String word;

  Version(String word) {
    this.word = word;
  }

  /** The version of that part of an address; null where there is none. */
  static @Nullable Version ofWord(String word) {
    for (Version version : values()) {
      if (version.word.equals(word)) {
        return version;
      }
    }
    return null;
  }

  /** Lists of territories come by pages, with {@code info}. */
  boolean paged() {
    return this != V2;
  }

  /** A territory names its parent by {@code reporting_to} and has a permission type. */
  boolean reportsTo() {
    return this != V2;
  }

  /** A territory always has its rules, null where there are none; version 8 gives them if asked. */
  boolean rulesUnasked() {
    return compareTo(V8) < 0;
  }

  /** There are rules for leads. */
  boolean leadRules() {
    return compareTo(V6) >= 0;
  }

  /** A scheduled assignment is 202 SCHEDULED; before, 200 SUCCESS with a job's id. */
  boolean saysScheduled() {
    return compareTo(V7) >= 0;
  }
}
