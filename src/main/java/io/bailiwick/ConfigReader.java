package io.bailiwick;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads the configuration, and tells every mistake in it at once. */
public final class ConfigReader {

  /** A configuration that cannot be used; the message lists every mistake, one a line. */
  public static final class Mistakes extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mistakes(List<String> mistakes) {
      super("the configuration is wrong:\n  " + String.join("\n  ", mistakes));
    }
  }

  private static final String PREFIX = "BAILIWICK_";

  private final List<String> mistakes = new ArrayList<>();
  private final Map<Knob, String> values = new LinkedHashMap<>();

  private ConfigReader() {}

  /**
   * Reads a YAML file (none where null), then the environment, over {@code defaults} that stand in
   * place of the knobs' own. Throws {@link Mistakes}.
   */
  public static Config read(
      @Nullable Path file, Map<String, String> environment, Map<String, String> defaults) {
    var reader = new ConfigReader();
    for (Knob knob : Config.ALL) {
      if (knob.standard() != null) {
        reader.values.put(knob, knob.standard());
      }
    }
    reader.take(defaults, "default ");
    if (file != null) {
      reader.take(reader.flat(file), file + ": ");
    }
    reader.takeEnvironment(environment);
    reader.check();
    if (!reader.mistakes.isEmpty()) {
      throw new Mistakes(reader.mistakes);
    }
    return new Config(reader.values);
  }

  private void take(Map<String, String> given, String where) {
    given.forEach(
        (name, value) -> {
          Knob knob = named(name);
          if (knob == null) {
            mistakes.add(where + "\"" + name + "\" is not known; did you mean " + nearest(name));
          } else {
            set(knob, value, where + name);
          }
        });
  }

  private void takeEnvironment(Map<String, String> environment) {
    Map<String, Knob> names = new HashMap<>();
    Config.ALL.forEach(knob -> names.put(knob.environment(), knob));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              Knob knob = names.get(name);
              if (knob != null) {
                set(knob, value, name);
              } else if (name.startsWith(PREFIX)) {
                mistakes.add(name + " is not known; see --help for the names");
              }
            });
  }

  private void set(Knob knob, String value, String where) {
    String mistake = knob.check().mistake(value);
    if (mistake == null) {
      values.put(knob, value);
    } else {
      boolean secret =
          Config.SECRETS.contains(knob) || value.toLowerCase(Locale.ROOT).contains("password=");
      mistakes.add(where + (secret ? " " : " is \"" + value + "\": ") + mistake);
    }
  }

  private void check() {
    mistakes.addAll(OAuthKnobs.mistakes(values));
    mistakes.addAll(JournalKnobs.mistakes(values));
    for (WatchKnobs.Kept kept : WatchKnobs.IN_FILES) {
      if (values.containsKey(kept.value()) && values.containsKey(kept.file())) {
        String names = kept.value().name() + " and " + kept.file().name();
        mistakes.add(names + " are both given; give one");
      }
    }
    signed(WatchKnobs.ALARMS_WEBHOOK, WatchKnobs.ALARMS_SECRET, WatchKnobs.ALARMS_SECRET_FILE);
    signed(WatchKnobs.EVENTS_WEBHOOK, WatchKnobs.EVENTS_SECRET, WatchKnobs.EVENTS_SECRET_FILE);
    mistakes.addAll(HttpKnobs.mistakes(values));
    mistakes.addAll(CreateKnobs.mistakes(values));
    var base = Knob.parseDuration(values.getOrDefault(Config.RETRY_BASE, "1s"));
    var cap = Knob.parseDuration(values.getOrDefault(Config.RETRY_CAP, "1s"));
    if (base != null && cap != null && cap.compareTo(base) < 0) {
      mistakes.add("retry.cap must not be below retry.base");
    }
  }

  private void signed(Knob webhook, Knob secret, Knob file) {
    if (values.containsKey(webhook) && !values.containsKey(secret) && !values.containsKey(file)) {
      mistakes.add(
          "%s needs %s or %s: echo whsec_$(openssl rand -base64 32)"
              .formatted(webhook.name(), secret.name(), file.name()));
    }
  }

  private Map<String, String> flat(Path file) {
    try {
      Map<String, String> flat = new LinkedHashMap<>();
      flatten("", Json.yaml().readTree(Files.readString(file)), flat);
      return flat;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      // Its further lines show what stands there, which may be a secret.
      String what = e.getOriginalMessage().lines().findFirst().orElse("no YAML");
      mistakes.add("%s:%d: %s".formatted(file, at == null ? 1 : at.getLineNr(), what));
    } catch (IOException e) {
      mistakes.add(file + " cannot be read: " + e);
    }
    return Map.of();
  }

  private void flatten(String prefix, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              member ->
                  flatten(
                      prefix.isEmpty() ? member.getKey() : prefix + "." + member.getKey(),
                      member.getValue(),
                      flat));
    } else if (node.isArray()) {
      mistakes.add(prefix + " is a list; one value is wanted");
    } else if (!node.isNull() && !node.isMissingNode()) {
      flat.put(prefix, node.asText());
    }
  }

  private static @Nullable Knob named(String name) {
    return Config.ALL.stream().filter(knob -> knob.name().equals(name)).findFirst().orElse(null);
  }

  private static String nearest(String name) {
    return Config.ALL.stream()
        .map(Knob::name)
        .min(Comparator.comparingInt(known -> distance(known, name)))
        .orElse("");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int corner = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        corner = above;
      }
    }
    return row[b.length()];
  }
}
