package io.bailiwick.simulation;

import io.bailiwick.flow.DispatchSettings;
import java.util.Random;

/**
 * Which of the faults a schedule knows: a seed draws a part of them, as all at once would hide each
 * other.
 *
 * @param instances on one journal; one alone owns it
 * @param verifies every assignment is read back, and the CRM may ignore writes with SUCCESS
 * @param batch leads in one call
 * @param calls at once of each instance
 * @param diskFails the journal is full for a while, or says of what is done that it failed
 * @param clocksAreWrong and jump
 * @param mortal processes are killed; one that never is must help itself
 * @param stops processes stand still for up to minutes and go on
 * @param cuts an instance does not reach the journal for a while
 * @param lost the share of hints that other instances do not hear
 */
record Plan(
    int instances,
    boolean verifies,
    int batch,
    int calls,
    boolean diskFails,
    boolean clocksAreWrong,
    boolean mortal,
    boolean stops,
    boolean cuts,
    double lost) {

  static Plan of(Random random) {
    int instances = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(3);
    boolean several = instances > 1;
    boolean diskFails = random.nextInt(3) == 0;
    return new Plan(
        instances,
        random.nextBoolean(),
        random.nextBoolean() ? 1 : 10,
        random.nextBoolean() ? 2 : DispatchSettings.DEFAULT.maxInFlight(),
        diskFails,
        random.nextInt(3) == 0,
        random.nextInt(5) > (diskFails ? 2 : 0),
        random.nextInt(several ? 2 : 4) == 0,
        several && random.nextInt(3) == 0,
        random.nextInt(3) == 0 ? random.nextDouble() : 0);
  }

  boolean several() {
    return instances > 1;
  }
}
