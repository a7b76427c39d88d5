package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox's page, its samples run in their order as they stand there. */
class SandboxPageIT {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^    \\$ (curl .*)\\n    (.*)$");

  @TempDir Path folder;

  @Test
  void everySampleAnswersWhatThePageSays() throws Exception {
    Programs.need("curl");
    String page = Files.readString(Path.of("docs/sandbox.md"));
    try (JarProcess sandbox =
        JarProcess.start(folder, Map.of(), "sandbox", "--adopt", "--port", "0")) {
      Map<String, String> environment =
          Map.of("T", "Authorization: Bearer sandbox-token", "S", sandbox.url());
      int samples = 0;
      for (Matcher sample = SAMPLE.matcher(page); sample.find(); samples++) {
        String answer = Programs.run(environment, "sh", "-c", sample.group(1));
        // The page was written at another time, and its sandbox had another history.
        String shown = sample.group(2).replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "…");
        assertTrue(Elided.matches(shown, answer), sample.group(1) + "\nanswered\n" + answer);
      }
      assertTrue(samples >= 15, samples + " samples");
      assertTrue(page.contains("T='" + environment.get("T") + "'"), "the page sets it so");
    }
  }
}
