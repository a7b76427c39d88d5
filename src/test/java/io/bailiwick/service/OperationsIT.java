package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages for operators: each command as it stands there, on the built jar and a live journal.
 */
class OperationsIT {

  private static final Path PAGES = Path.of("docs/operations");

  /** A checklist that finds something to mend has run, too. */
  private static final int SOMETHING_TO_MEND = 3;

  @TempDir Path folder;

  /** What a command said and how it ended. */
  private record Ended(int exit, String out) {}

  @Test
  void everyCommandOfThePagesRunsAsItStandsThere() throws Exception {
    Programs.need("curl");
    List<String> commands = commands();
    assertTrue(commands.size() > 20, commands.toString());
    bailiwick();
    Files.createDirectories(folder.resolve("backups"));
    try (var service = JarProcess.start(folder, environment(), "serve", "--demo")) {
      String url = service.url();
      RunningService.await(
          "the territories are read",
          () -> RunningService.get(url, "/v1/territories").body().has("snapshot"));
      String lead = "{\"crmId\":\"1\",\"country\":\"US\",\"email\":\"ana@acme.example\"}";
      RunningService.postTo(url, lead, "Prefer", "wait=20");
      for (String command : commands) {
        if (!command.contains("journal restore")) {
          succeeds(command, url);
        }
      }
      var refused = run("bailiwick journal restore --demo --force backups/monday.db");
      assertEquals(1, refused.exit(), refused.out());
      assertTrue(refused.out().contains("stop it first"), refused.out());
      assertEquals(0, service.stop());
    }
    Set<String> restores = new TreeSet<>();
    for (String command : commands) {
      if (command.contains("journal restore")) {
        restores.add(command.replaceFirst("\\S+\\.schema-N\\.TIME\\.backup", "backups/monday.db"));
      }
    }
    for (String command : restores) {
      succeeds(command, "");
    }
    try (var service = JarProcess.start(folder, environment(), "serve", "--demo")) {
      String all = RunningService.get(service.url(), "/v1/leads").text();
      assertTrue(all.contains("\"crmId\":\"1\""), all);
    }
  }

  @Test
  void aDamagedJournalIsToldAndTheCommandThatItNamesBringsItBack() throws Exception {
    bailiwick();
    try (var service = JarProcess.start(folder, environment(), "serve", "--demo")) {
      String lead = "{\"crmId\":\"1\",\"country\":\"US\",\"region\":\"CA\"}";
      RunningService.postTo(service.url(), lead, "Prefer", "wait=20");
      assertEquals(0, run("bailiwick journal backup --demo BACKUP").exit());
      service.kill();
    }
    Path journal = folder.resolve("data/demo.db");
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.deleteIfExists(folder.resolve("data/demo.db-wal"));
    var told = run("bailiwick serve --demo");
    assertEquals(1, told.exit(), told.out());
    String named =
        told.out()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("bailiwick journal restore"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(told.out()));
    succeeds(named + " --demo", "");
    try (var service = JarProcess.start(folder, environment(), "serve", "--demo")) {
      assertTrue(RunningService.get(service.url(), "/v1/leads").text().contains("\"crmId\":\"1\""));
    }
  }

  private void succeeds(String command, String url) throws Exception {
    String exact =
        command
            .replace("http://localhost:8080", url)
            .replace("curl -s", "curl -sS --fail-with-body --max-time 60");
    Ended ended = run(exact);
    boolean checklist = command.startsWith("bailiwick doctor") || command.equals("bailiwick check");
    boolean done = ended.exit() == 0 || (checklist && ended.exit() == SOMETHING_TO_MEND);
    assertTrue(done, command + " ended with " + ended.exit() + "\n" + ended.out());
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    try (var pages = Files.list(PAGES)) {
      for (Path page : pages.sorted().toList()) {
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("    bailiwick ") || line.startsWith("    curl "))
            .map(String::strip)
            .forEach(commands::add);
      }
    }
    return commands;
  }

  /** The jar under the name that the pages have for it. */
  private void bailiwick() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String jar = JarProcess.JAR.toAbsolutePath().toString();
    String text = "#!/bin/sh\nexec \"%s\" -Xmx512m -jar \"%s\" \"$@\"\n".formatted(java, jar);
    Path script = Files.writeString(bin.resolve("bailiwick"), text);
    assertTrue(script.toFile().setExecutable(true));
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put(
        "BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("data/demo.db").toAbsolutePath());
    environment.put("BAILIWICK_RULES_DIR", Path.of("rules").toAbsolutePath().toString());
    environment.put("BAILIWICK_FIXTURES_DIR", Path.of("fixtures").toAbsolutePath().toString());
    return environment;
  }

  private Ended run(String command) throws Exception {
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BAILIWICK_"));
    builder.environment().putAll(environment());
    builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
    Process started = builder.start();
    started.getOutputStream().close();
    String out = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(started.waitFor(120, TimeUnit.SECONDS), "it ends");
    return new Ended(started.exitValue(), out);
  }
}
