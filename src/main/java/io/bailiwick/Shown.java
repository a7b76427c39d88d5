package io.bailiwick;

import io.bailiwick.http.House;
import io.bailiwick.http.House.Setting;

/** What the configuration shows of itself: everything but secrets. */
final class Shown {

  /** A password that somebody wrote into a URL. */
  private static final String IN_URL = "(://[^/@:]*:|[?&;]password=)[^/@&;]*(@|)";

  private Shown() {}

  static House house(Config config, boolean demo) {
    return new House(
        Version.BAILIWICK, demo, Config.ALL.stream().map(knob -> shown(config, knob)).toList());
  }

  private static Setting shown(Config config, Knob knob) {
    String value = config.optional(knob);
    boolean secret = Config.SECRETS.contains(knob);
    boolean set = value != null && !value.equals(knob.standard());
    String told = secret || value == null ? null : value.replaceAll(IN_URL, "$1…$2");
    return new Setting(knob.name(), told, knob.standard(), secret, set, knob.says());
  }
}
