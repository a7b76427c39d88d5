package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One input of the fuzzer: a letter for where the rest stands, and the rest, a stretch of a rule
 * file, of a table or of a setting. Either it is refused with a place and a word of why, or it is
 * compiled to classes that name nothing strange, and then leads are decided, to their end and
 * without an error.
 */
public final class GuardFuzzer {

  private static final String RULE =
      "rule \"%s\" %s when Lead( %s ) $t : Territory( name == \"West\" ) then %s end\n";
  private static final String PLAIN =
      RULE.formatted("Plain", "", "country == \"US\"", "route.to($t);");
  private static final String TABLE =
      """
      RuleSet,rules
      RuleTable Areas
      CONDITION,CONDITION,CONDITION,ACTION
      Lead,Lead,$t : Territory,
      country,employees >=,name,route.to($t);
      land,size,territory,do
      %s
      """;
  private static final List<Lead> LEADS =
      List.of(
          RulesForTests.lead(),
          RulesForTests.lead(
              LeadField.COUNTRY, "US", LeadField.REGION, "CA", LeadField.EMPLOYEES, 50),
          RulesForTests.lead(
              LeadField.COUNTRY, "DE", LeadField.CITY, "a".repeat(200), LeadField.PHONE, "1"),
          RulesForTests.lead(
              LeadField.EMAIL,
              "a@a.example",
              LeadField.WEBSITE,
              "a".repeat(500),
              LeadField.CITY,
              "West"));

  private GuardFuzzer() {}

  /** Called by the fuzzer. Throws where something is wrong with the guard. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length < 2) {
      return;
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(data, 1, data.length - 1))
              .toString();
    } catch (CharacterCodingException e) {
      // A file that is no UTF-8 is refused where it is read.
      return;
    }
    judge(files((char) data[0], text));
  }

  private static Map<String, String> files(char where, String text) {
    return switch (where) {
      case 'C' -> Map.of("main.drl", RULE.formatted("A", "", text, "route.to($t);"));
      case 'A' -> Map.of("main.drl", RULE.formatted("A", "", "country == \"US\"", text));
      case 'S' -> Map.of("main.drl", RULE.formatted("A", text, "", "route.queue(\"x\");"));
      case 'N' -> Map.of("main.drl", RULE.formatted(text, "", "", "route.queue(\"x\");"));
      case 'W' -> Map.of("main.drl", "rule \"A\" when " + text + " then route.queue(\"x\"); end");
      case 'G' ->
          Map.of("a.drl.csv", TABLE.formatted("\"" + text.replace("\"", "\"\"") + "\",5,West,x"));
      case 'R' -> Map.of("a.drl.csv", TABLE.formatted(text));
      case 'T' -> Map.of("a.drl.csv", text);
      case 'F' -> Map.of("fields.yaml", text, "main.drl", PLAIN);
      case 'H' -> Map.of("hours.yaml", text, "main.drl", PLAIN);
      case 'L' -> Map.of("accounts.csv", text, "main.drl", PLAIN);
      default -> Map.of("main.drl", text);
    };
  }

  private static void judge(Map<String, String> files) {
    Compilation compilation =
        RulebookCompiler.compile(new RuleFiles(files), RulesForTests.SETTINGS);
    if (compilation instanceof Compilation.Refused refused) {
      refused.flaws().forEach(GuardFuzzer::checkTold);
      return;
    }
    try (var rulebook = (DroolsRulebook) ((Compilation.Ready) compilation).rulebook()) {
      List<String> strange = CompiledOracle.strange(rulebook.compiled());
      if (!strange.isEmpty()) {
        throw new AssertionError("what was compiled of " + files + ": " + strange);
      }
      var snapshot = RulesForTests.territories("West", "East");
      rulebook
          .decide(LEADS, snapshot, NOON)
          .toCompletableFuture()
          .join()
          .forEach(decision -> checkDecided(decision, files));
    }
  }

  private static void checkTold(RuleFlaw flaw) {
    boolean placed = flaw.line() > 0 || flaw.message().startsWith("there is no rule");
    if (!placed || flaw.message().isBlank()) {
      throw new AssertionError("a refusal without a place or a word: " + flaw);
    }
  }

  private static void checkDecided(Decision decision, Map<String, String> files) {
    if (decision.reason() == QueueReason.RULE_ERROR) {
      throw new AssertionError(files + ": " + decision.receipt().detail());
    }
  }
}
