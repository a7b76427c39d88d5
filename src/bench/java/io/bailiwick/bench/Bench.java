package io.bailiwick.bench;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * The measurements' command line, {@code bin/bench}: the whole suite, or by a first word one of the
 * programs alone.
 */
public final class Bench {

  private static final int WRONG = 64;
  private static final int FAILED = 1;

  private Bench() {}

  /** Ends with a status other than 0 where a figure is beyond its bound or its record. */
  public static void main(String[] arguments) {
    boolean alone = arguments.length > 0 && !arguments[0].startsWith("-");
    System.exit(alone ? program(arguments) : suite(arguments));
  }

  private static int suite(String[] arguments) {
    return new CommandLine(new BenchCommand())
        .setExitCodeExceptionMapper(trouble -> FAILED)
        .setParameterExceptionHandler(
            (wrong, words) -> {
              System.err.println(wrong.getMessage() + "\nbin/bench --help says more");
              return WRONG;
            })
        .execute(arguments);
  }

  private static int program(String[] arguments) {
    List<String> more = Arrays.asList(arguments).subList(1, arguments.length);
    try {
      switch (arguments[0]) {
        case "territories" -> TerritoryGrowth.print();
        case "judge" -> JudgeTable.print(more);
        case "lookup" -> LookupCost.print();
        case "leads" -> LeadStreaming.print(more);
        case "journal" -> JournalCost.print(more);
        case "heap" -> HeapGrowth.print(more);
        case "compile" -> ScaleCost.compile();
        case "publish" -> PublishPause.print();
        case "check" -> ScaleCost.check(more);
        default -> {
          System.err.println(
              "there are territories, judge, lookup, leads, journal, heap, compile, publish,"
                  + " check; no "
                  + arguments[0]);
          return WRONG;
        }
      }
      return 0;
    } catch (Exception e) {
      e.printStackTrace();
      return FAILED;
    }
  }
}
