package io.bailiwick.store;

import io.bailiwick.lead.Stage;

/**
 * How the leads of a stage are found. Those on their way to the CRM pass their stages within
 * moments and are found by what is to be sent, so that no move writes an index of stages for them.
 */
final class OfStage {

  private OfStage() {}

  /** What stands behind the table in FROM; the leads are called {@code l}. */
  static String from(Dialect dialect, Stage stage) {
    return toSend(stage) ? " " + dialect.indexedBy("lead_to_send") : "";
  }

  /** A condition of one parameter, the stage's name, spelled as in the partial indexes. */
  static String where(Stage stage) {
    return (toSend(stage)
            ? "l.stage IN ('DECIDED', 'SENDING')"
            : "l.stage <> 'DECIDED' AND l.stage <> 'SENDING'")
        + " AND l.stage = ?";
  }

  private static boolean toSend(Stage stage) {
    return stage == Stage.DECIDED || stage == Stage.SENDING;
  }
}
