package io.bailiwick;

import io.bailiwick.http.House;
import io.bailiwick.http.House.Setting;
import java.util.regex.Pattern;

/** What the configuration shows of itself: everything but secrets. */
final class Shown {

  /** Passwords that somebody wrote into a URL. */
  private static final Pattern IN_URL = Pattern.compile("(?<=://[^/@]{0,200}:)[^/@]*(?=@)");

  private static final Pattern IN_QUERY = Pattern.compile("(?<=[?&;]password=)[^&;]*");

  private Shown() {}

  static House house(Config config, boolean demo) {
    return new House(
        Version.BAILIWICK, demo, Config.ALL.stream().map(knob -> shown(config, knob)).toList());
  }

  private static Setting shown(Config config, Knob knob) {
    String value = config.optional(knob);
    boolean secret = Config.SECRETS.contains(knob);
    boolean set = value != null && !value.equals(knob.standard());
    String told = secret || value == null ? null : masked(value);
    return new Setting(knob.name(), told, knob.standard(), secret, set, knob.says());
  }

  private static String masked(String value) {
    return IN_QUERY.matcher(IN_URL.matcher(value).replaceAll("…")).replaceAll("…");
  }
}
