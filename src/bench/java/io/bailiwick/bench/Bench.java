package io.bailiwick.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Measurements by hand: {@code mvn -q -Pbench test-compile exec:java -Dexec.args=NAME}. Without a
 * name, what a decision costs with ten territories and with ten thousand.
 */
public final class Bench {

  private Bench() {}

  /** Runs the measurement that the first argument names; it ends with a failure where one is. */
  public static void main(String[] arguments) throws Exception {
    List<String> more =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    switch (arguments.length == 0 ? "territories" : arguments[0]) {
      case "territories" -> TerritoryGrowth.print();
      case "judge" -> JudgeTable.print(more);
      case "lookup" -> LookupCost.print();
      case "leads" -> LeadStreaming.print(more);
      case "journal" -> JournalCost.print(more);
      case "heap" -> HeapGrowth.print(more);
      case "compile" -> ScaleCost.compile();
      case "publish" -> PublishPause.print();
      case "check" -> ScaleCost.check(more);
      default ->
          throw new IllegalArgumentException(
              "there are territories, judge, lookup, leads, journal, heap, compile, publish, check; no "
                  + arguments[0]);
    }
  }
}
