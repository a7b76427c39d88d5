package io.bailiwick.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.disk.ChildJvm;
import io.bailiwick.report.Reliability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Seeded schedules by the ten thousand: {@code -Dsimulation.schedules=N} runs so many, beginning
 * with {@code -Dsimulation.first=S}, which is 1 where it is not given. A seed means the same
 * schedule in every process.
 */
class SimulationIT {

  private static final long SCHEDULES = Long.getLong("simulation.schedules", 20_000);
  private static final long FIRST = Long.getLong("simulation.first", 1);

  /** After so many it says how far it is. */
  private static final long PART = 50_000;

  private static final int TRACES = 60;

  @Test
  void noScheduleLosesOrMisroutesALead() {
    var tally = new Schedules.Tally(0, 0, 0, 0, 0);
    while (tally.schedules() < SCHEDULES) {
      long next = FIRST + tally.schedules();
      long part = Math.min(PART, SCHEDULES - tally.schedules());
      try {
        tally = tally.and(Schedules.run(next, next + part - 1));
      } catch (AssertionError broken) {
        tell(tally, 1);
        throw broken;
      }
      System.out.printf("simulation: %s, none lost, none misrouted%n", tally);
      tell(tally, 0);
    }
  }

  /** Those of the parts that held; and one that did not, which ends the run. */
  private static void tell(Schedules.Tally tally, int broken) {
    Reliability.tell(
        "simulation",
        Map.of(
            "schedules",
            tally.schedules(),
            "firstSeed",
            FIRST,
            "lastSeed",
            FIRST + tally.schedules() - 1,
            "ofSeveralInstances",
            tally.ofSeveral(),
            "leads",
            tally.leads(),
            "kills",
            tally.kills(),
            "stops",
            tally.stops(),
            "broken",
            broken));
  }

  @Test
  void twoProcessesRunASeedTheSameWay() throws Exception {
    List<String> one = traces();
    assertEquals(TRACES, one.size());
    assertTrue(one.stream().distinct().count() == TRACES, "seeds differ");
    assertEquals(one, traces());
    Reliability.tell("equal traces", Map.of("seeds", TRACES, "processes", 2, "different", 0));
  }

  private static List<String> traces() throws Exception {
    return ChildJvm.run(Map.of(), Schedules.class, "1", Integer.toString(TRACES))
        .lines()
        .filter(line -> line.startsWith("trace "))
        .toList();
  }
}
