package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the archive that the build made for it. */
class ArchiveIT {

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theLauncherStartsFromTheArchiveThatTheBuildMade() throws Exception {
    assertTrue(fromArchive(Path.of("bin/bailiwick").toAbsolutePath()) > 20);
  }

  @Test
  void anArchiveOfAnotherPlaceOrAnOldOneIsPassedOverWithoutAWord() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("else where/bin"));
    Path target = Files.createDirectories(folder.resolve("else where/target"));
    Path launcher = Files.copy(Path.of("bin/bailiwick"), bin.resolve("bailiwick"));
    assertTrue(launcher.toFile().setExecutable(true));
    Files.copy(TARGET.resolve("bailiwick.jar"), target.resolve("bailiwick.jar"));
    assertEquals(0, fromArchive(launcher));
    Files.write(target.resolve("bailiwick.jsa"), new byte[100]);
    assertEquals(0, fromArchive(launcher));
  }

  @Test
  void optionsForTheJvmAreNoSettingOfTheService() throws Exception {
    listsKeysWith("-Dnothing=of-it");
  }

  /** As the launcher's own of an older JVM are. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void optionsThatAJvmDoesNotKnowKeepNobodyFromStarting() throws Exception {
    listsKeysWith("-XX:SomethingOfALaterOne=7");
  }

  private void listsKeysWith(String options) throws Exception {
    var builder = new ProcessBuilder("bin/bailiwick", "keys", "list");
    builder.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin/java") + "");
    builder.environment().put("BAILIWICK_JAVA_OPTS", options);
    builder.environment().put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("own.db"));
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  /** How many classes came out of an archive of the jar. */
  private long fromArchive(Path launcher) throws IOException, InterruptedException {
    Path loaded = folder.resolve("loaded");
    var builder = new ProcessBuilder(launcher.toString(), "--version");
    builder.environment().put("JAVA", Path.of(System.getProperty("java.home"), "bin/java") + "");
    builder.environment().put("BAILIWICK_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
    Process process = builder.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor());
    assertTrue(said.startsWith("bailiwick "), said);
    assertFalse(said.contains("\n"), said);
    try (var lines = Files.lines(loaded)) {
      return lines.filter(ArchiveIT::archived).count();
    }
  }

  private static boolean archived(String line) {
    return line.contains(" io.bailiwick.") && line.contains("shared objects file");
  }
}
