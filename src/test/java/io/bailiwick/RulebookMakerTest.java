package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.replay.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulebookMakerTest {

  private static final String RULE =
      """
      rule "%s" when Lead( country == "%s" ) $t : Territory( name == "%s" ) then route.to($t); end
      """;

  @TempDir Path folder;

  @Test
  void whatTheFolderHoldsIsCompiledBeforeAnybodyAsks() throws IOException {
    save(RULE.formatted("West", "US", "West"));
    try (var maker = maker()) {
      RuleFiles files = RuleFolder.read(folder);
      awaitIdle(maker);
      assertTrue(maker.compile(files).toCompletableFuture().isDone());
    }
  }

  @Test
  void eachWhoAsksForItHasOneOfTheirOwn() throws IOException {
    save(RULE.formatted("West", "US", "West"));
    try (var maker = maker()) {
      RuleFiles files = RuleFolder.read(folder);
      Rulebook first = compiled(maker, files);
      assertEquals(files.hash(), first.hash());
      Rulebook second = compiled(maker, files);
      assertEquals(files.hash(), second.hash());
      first.close();
      assertEquals(1, second.rules().size(), "the other is closed");
      second.close();
    }
  }

  @Test
  void otherRulesThanTheFoldersAreCompiledAsTheyAre() throws IOException {
    save(RULE.formatted("West", "US", "West"));
    var others = new RuleFiles(Map.of("main.drl", RULE.formatted("East", "DE", "East")), Map.of());
    try (var maker = maker();
        Rulebook rulebook = compiled(maker, others)) {
      assertEquals(others.hash(), rulebook.hash());
      assertEquals("East", rulebook.rules().get(0).rule());
    }
  }

  @Test
  void aFolderThatIsBrokenOrMissingKeepsNoOtherRulesFromBeingCompiled() throws IOException {
    var rules = new RuleFiles(Map.of("main.drl", RULE.formatted("East", "DE", "East")), Map.of());
    try (var missing = maker();
        Rulebook rulebook = compiled(missing, rules)) {
      assertEquals(rules.hash(), rulebook.hash());
    }
    save("rule \"Broken\" when Leed() then end");
    try (var broken = maker();
        Rulebook rulebook = compiled(broken, rules)) {
      assertEquals(rules.hash(), rulebook.hash());
      RuleFiles files = RuleFolder.read(folder);
      assertInstanceOf(
          Compilation.Refused.class, broken.compile(files).toCompletableFuture().join());
    }
  }

  private RulebookMaker maker() {
    return new RulebookMaker(
        ConfigReader.read(null, Map.of("BAILIWICK_RULES_DIR", folder.toString()), Map.of()));
  }

  /** What the folder holds is read first, and compiled after it. */
  private static void awaitIdle(RulebookMaker maker) {
    for (int i = 0; i < 2; i++) {
      CompletableFuture.runAsync(() -> {}, maker.thread()).join();
    }
  }

  private void save(String drl) throws IOException {
    Files.writeString(folder.resolve("main.drl"), drl);
  }

  private static Rulebook compiled(RulebookMaker maker, RuleFiles files) {
    Compilation made = maker.compile(files).toCompletableFuture().join();
    return assertInstanceOf(Compiled.class, made, made.toString()).rulebook();
  }
}
