package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configuration files, made bad: each is used, or refused with all that is wrong in it. */
class ConfigFuzzIT {

  @TempDir Path folder;

  @Test
  void aConfigurationIsUsedOrEveryMistakeInItIsTold() {
    List<String> words =
        new ArrayList<>(
            List.of(
                ": ",
                "\n",
                "  ",
                "- ",
                "\t",
                "&a ",
                "*a",
                "<<: *a",
                "!!java.net.URL",
                "|",
                ">",
                "{",
                "}",
                "[",
                "]",
                "\"",
                "'",
                "#",
                "---\n",
                "...\n",
                "\u0000",
                "\uFEFF",
                "null",
                "true",
                "-1",
                "1e9",
                "99999999999999999999",
                "60s",
                "1h",
                "PT1S",
                "%",
                "~"));
    Config.ALL.forEach(knob -> words.add(knob.name() + ": "));
    new Fuzz("configurations", List.of(good(": "), nested()), words)
        .run(
            4_000,
            (text, random) -> {
              Path file = Files.write(folder.resolve("bailiwick.yaml"), text);
              try {
                Config config = ConfigReader.read(file, Map.of(), Map.of());
                config.http();
                config.dispatch();
                config.journal();
                return true;
              } catch (ConfigReader.Mistakes mistakes) {
                assertFalse(mistakes.getMessage().isBlank());
                return false;
              }
            });
  }

  /** Every knob that has a default, as it is. */
  private static byte[] good(String between) {
    var text = new StringBuilder();
    for (Knob knob : Config.ALL) {
      if (knob.standard() != null) {
        text.append(knob.name()).append(between).append('"').append(knob.standard()).append("\"\n");
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] nested() {
    return """
        http:
          port: 8081
          idle: 30s
        crm:
          base-url: https://www.zohoapis.example
          max-in-flight: 10
        retry: {base: 1s, cap: 15m}
        """
        .getBytes(StandardCharsets.UTF_8);
  }
}
