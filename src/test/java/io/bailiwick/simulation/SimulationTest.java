package io.bailiwick.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.report.Reliability;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Seeded schedules of the production flow under a virtual clock. {@code -Dsimulation.seeds=N} runs
 * more of them, {@code -Dsimulation.seed=S} one alone.
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);

  @Test
  void noScheduleLosesOrMisroutesALead() {
    Long only = Long.getLong("simulation.seed");
    if (only != null) {
      run(only);
      return;
    }
    long leads = 0;
    long kills = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      var simulation = run(seed);
      leads += simulation.leads();
      kills += simulation.kills();
    }
    System.out.printf(
        "simulation: seeds 1 to %d, %d leads acknowledged, %d kills, none lost, none misrouted%n",
        SEEDS, leads, kills);
    Reliability.tell(
        "simulation", Map.of("schedules", SEEDS, "leads", leads, "kills", kills, "broken", 0));
    assertTrue(leads > SEEDS && kills > SEEDS / 2, "the schedules were not empty");
  }

  private record Run(int leads, int kills) {}

  private static Run run(long seed) {
    var simulation = new Simulation(seed);
    try {
      int leads = simulation.run();
      simulation.check();
      return new Run(leads, simulation.kills());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d failed; again with -Dtest=SimulationTest -Dsimulation.seed=%d: %s"
              .formatted(seed, seed, e.getMessage()),
          e);
    }
  }
}
