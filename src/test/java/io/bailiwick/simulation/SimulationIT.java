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
 * with seed 1. A seed means the same schedule in every process.
 */
class SimulationIT {

  private static final long SCHEDULES = Long.getLong("simulation.schedules", 20_000);
  private static final int TRACES = 60;

  @Test
  void noScheduleLosesOrMisroutesALead() {
    Schedules.Tally tally = Schedules.run(1, SCHEDULES);
    System.out.printf("simulation: %s, none lost, none misrouted%n", tally);
    Reliability.tell(
        "simulation",
        Map.of(
            "schedules",
            tally.schedules(),
            "firstSeed",
            1,
            "lastSeed",
            SCHEDULES,
            "ofSeveralInstances",
            tally.ofSeveral(),
            "leads",
            tally.leads(),
            "kills",
            tally.kills(),
            "stops",
            tally.stops(),
            "broken",
            0));
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
