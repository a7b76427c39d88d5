package io.bailiwick.http;

import io.bailiwick.lead.Nullable;
import java.util.List;

/**
 * What the front knows of itself and people ask about.
 *
 * @param version of Bailiwick
 * @param demo whether the CRM is the sandbox inside
 * @param settings every knob with what is in force, in the manual's order
 */
public record House(String version, boolean demo, List<Setting> settings) {

  /**
   * One knob.
   *
   * @param value what is in force; null where it has no value, or where it is a secret
   * @param standard the default; null where there is none
   * @param secret whether its value is never shown
   * @param set whether it has a value that is not the default
   */
  public record Setting(
      String name,
      @Nullable String value,
      @Nullable String standard,
      boolean secret,
      boolean set,
      String says) {}

  public House {
    settings = List.copyOf(settings);
  }
}
