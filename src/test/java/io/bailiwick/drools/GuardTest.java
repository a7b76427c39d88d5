package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every refusal of the guard with its exact words, from {@code refusals.txt}. */
class GuardTest {

  @TestFactory
  List<DynamicTest> theGuardSaysExactlyWhatItFound() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : refusals().split("(?m)^----\n")) {
      String[] sides = part.split("(?m)^=>\n", -1);
      String rules = sides[0].stripTrailing();
      tests.add(
          DynamicTest.dynamicTest(
              rules.replace('\n', ' '),
              () -> assertEquals(sides[1].stripTrailing(), RulesForTests.flaws(rules))));
    }
    assertTrue(tests.size() > 90, "only " + tests.size() + " cases were read");
    return tests;
  }

  @Test
  void placesAreRightWithTabsCarriageReturnsUmlautsAndAByteOrderMark() {
    String drl =
        "\uFEFFrule \"Süd\"\r\nwhen\r\n\tLead( city == \"Köln\", cuntry == \"DE\" )\r\nthen\r\n"
            + "  route.queue(\"x\");\r\nend\r\n";
    assertEquals(
        "main.drl:3:24: rule \"Süd\": Lead has no field \"cuntry\"; did you mean \"country\"?\n"
            + "\tLead( city == \"Köln\", cuntry == \"DE\" )\n"
            + "\t                      ^^^^^^",
        RulesForTests.flaws(drl));
  }

  @Test
  void everyBrokenRuleIsToldOnceAndInOrder() {
    String flaws =
        RulesForTests.flaws(
            """
            rule "One" when Lead( cuntry == "DE", cty == "x" ) then route.queue("x"); end
            rule "Two" when Lead( country == "DE" ) then route.queue("x"); end
            rule "Three" when Led( ) then route.queue("x"); end
            """);
    assertEquals(
        List.of("main.drl:1:23: rule \"One\"", "main.drl:3:19: rule \"Three\""),
        flaws
            .lines()
            .filter(line -> line.startsWith("main"))
            .map(line -> line.substring(0, line.indexOf("\": ") + 1))
            .toList());
  }

  @Test
  void deepBracketsAreRefusedAndNotRunIntoTheGround() {
    String deep = "(".repeat(20_000) + "country == \"US\"" + ")".repeat(20_000);
    String flaws =
        RulesForTests.flaws("rule \"A\" when Lead(" + deep + ") then route.queue(\"x\"); end");
    assertTrue(flaws.contains("brackets nest deeper than 40"), flaws);
  }

  private static String refusals() throws IOException {
    try (InputStream in = GuardTest.class.getResourceAsStream("refusals.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }
}
