package io.bailiwick;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be configured: its name, what it takes, its bounds and its default.
 *
 * @param name as in the file, "http.port"; BAILIWICK_HTTP_PORT in the environment
 * @param standard the default; null where there is none
 * @param bounds what is allowed, for people
 * @param says one sentence on what it does
 */
record Knob(String name, @Nullable String standard, Check check, String bounds, String says) {

  /** Says what is wrong with a value; null where nothing is. */
  interface Check {
    @Nullable
    String mistake(String value);
  }

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  static Knob text(String name, @Nullable String standard, String says) {
    return new Knob(
        name, standard, value -> value.isBlank() ? "must not be empty" : null, "text", says);
  }

  static Knob choice(String name, String standard, List<String> choices, String says) {
    String bounds = String.join(" | ", choices);
    return new Knob(
        name,
        standard,
        value -> choices.contains(value) ? null : "must be one of " + bounds,
        bounds,
        says);
  }

  static Knob number(String name, long standard, long least, long most, String says) {
    String bounds = least + " to " + most;
    return new Knob(
        name,
        Long.toString(standard),
        value -> {
          try {
            long number = Long.parseLong(value);
            return number >= least && number <= most ? null : "must be " + bounds;
          } catch (NumberFormatException e) {
            return "must be a whole number, " + bounds;
          }
        },
        bounds,
        says);
  }

  static Knob share(String name, String standard, String says) {
    return new Knob(
        name,
        standard,
        value -> {
          try {
            double share = Double.parseDouble(value);
            return share >= 0 && share <= 1 ? null : "must be from 0 to 1";
          } catch (NumberFormatException e) {
            return "must be a number from 0 to 1";
          }
        },
        "0 to 1",
        says);
  }

  static Knob duration(String name, String standard, String least, String most, String says) {
    String bounds = least + " to " + most;
    return new Knob(
        name,
        standard,
        value -> {
          Duration duration = parseDuration(value);
          if (duration == null) {
            return "must be a time such as 500ms, 30s, 15m, 24h or 7d";
          }
          boolean within =
              duration.compareTo(needed(least)) >= 0 && duration.compareTo(needed(most)) <= 0;
          return within ? null : "must be " + bounds;
        },
        bounds,
        says);
  }

  static Knob localTime(String name, String standard, String says) {
    return new Knob(
        name,
        standard,
        value -> value.matches("([01]\\d|2[0-3]):[0-5]\\d") ? null : "must be a time such as 02:00",
        "00:00 to 23:59",
        says);
  }

  static Knob zone(String name, String standard, String says) {
    return new Knob(
        name,
        standard,
        value ->
            ZoneId.getAvailableZoneIds().contains(value)
                ? null
                : "must be a time zone such as UTC or Europe/Berlin",
        "a name of the IANA time zone database",
        says);
  }

  /** "http.port" is BAILIWICK_HTTP_PORT. */
  String environment() {
    return "BAILIWICK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The duration of a text such as 30s, or null where it is none. */
  static @Nullable Duration parseDuration(String text) {
    Matcher match = DURATION.matcher(text.strip());
    if (!match.matches()) {
      return null;
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Duration needed(String text) {
    Duration duration = parseDuration(text);
    if (duration == null) {
      throw new IllegalStateException("a bound of ours is no duration: " + text);
    }
    return duration;
  }
}
