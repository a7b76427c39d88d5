package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for those who post leads, its samples run as they stand there on the built jar. */
class PostingLeadsIT {

  private static final Path PAGE = Path.of("docs/posting-leads.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```(sh|js)\\n(.*?)^```\\n(?:```json\\n(.*?)^```\\n)?");

  @TempDir static Path folder;
  private static JarProcess process;
  private static String url;

  @BeforeAll
  static void start() {
    process = JarProcess.start(folder, JarProcess.demo(folder), "serve", "--demo");
    url = process.url();
    RunningService.await("the territories are read", () -> get("/v1/territories").has("snapshot"));
  }

  @AfterAll
  static void stop() {
    process.close();
  }

  @Test
  void everyShellSampleAnswersWhatThePageSays() throws Exception {
    Programs.need("curl");
    int samples = 0;
    for (Sample sample : samples("sh")) {
      String command = sample.text().replace("http://localhost:8080", url);
      // A question is asked until what was posted above it has gone its way.
      long end = System.nanoTime() + RunningService.PATIENCE.toNanos();
      String answer = Programs.run(Map.of(), "sh", "-c", command);
      while (isQuestion(command)
          && !Elided.matches(sample.answer(), answer)
          && System.nanoTime() < end) {
        answer = Programs.run(Map.of(), "sh", "-c", command);
      }
      assertTrue(Elided.matches(sample.answer(), answer), command + "\nanswered\n" + answer);
      samples++;
    }
    assertTrue(samples >= 9, samples + " samples");
  }

  @Test
  void theJavaScriptSampleAnswersWhatThePageSays() throws Exception {
    Programs.need("node");
    Sample sample = samples("js").get(0);
    Path script = Files.writeString(folder.resolve("sample.mjs"), sample.text());
    String answer = Programs.run(Map.of("BAILIWICK", url), "node", script.toString());
    assertTrue(Elided.matches(sample.answer(), answer), answer);
    assertEquals("QC", newest().path("region").asText());
  }

  @Test
  void theFormIsTakenAsABrowserPostsItAndItsVisitorSentOn() throws Exception {
    String page = Files.readString(PAGE);
    Matcher form =
        Pattern.compile("action=\"http://localhost:8080(.*?)\">(?s:(.*?))</form>").matcher(page);
    assertTrue(form.find());
    List<String> fields = new ArrayList<>();
    Matcher input = Pattern.compile("name=\"(.*?)\" value=\"(.*?)\"").matcher(form.group(2));
    while (input.find()) {
      String value = input.group(2).replace("&amp;", "&");
      fields.add(encoded(input.group(1)) + "=" + encoded(value));
    }
    var answer =
        RunningService.send(
            HttpRequest.newBuilder(URI.create(url + form.group(1)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", fields)))
                .build());
    assertEquals(303, answer.status(), answer.text());
    assertEquals("https://www.example.com/thank-you", answer.headers().get("location"));
    JsonNode lead = newest();
    assertEquals("Acme, Inc. & Söhne", lead.path("company").asText());
    assertEquals("website", lead.path("source").asText());
    assertEquals("ES", lead.path("country").asText());
    assertEquals(1_200, lead.path("employees").asInt());
    assertEquals("At the fair", lead.at("/attributes/Heard_Of_Us").asText());
    assertEquals(1, lead.path("attributes").size(), "what is to be ignored is");
  }

  private static boolean isQuestion(String command) {
    return !command.contains(" -d ") && !command.contains("--data-binary");
  }

  /** A sample and the answer that stands below it. */
  private record Sample(String text, String answer) {}

  private static List<Sample> samples(String language) throws IOException {
    List<Sample> samples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      if (block.group(1).equals(language)) {
        assertTrue(block.group(3) != null, "an answer stands below " + block.group(2));
        samples.add(new Sample(block.group(2), block.group(3)));
      }
    }
    return samples;
  }

  private static JsonNode newest() {
    return get("/v1/leads?limit=1").at("/leads/0/lead");
  }

  private static JsonNode get(String path) {
    return RunningService.send(HttpRequest.newBuilder(URI.create(url + path)).build()).body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
