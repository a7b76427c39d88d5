package io.bailiwick.hands;

import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.LeadFlow;

/** The defaults of a flow, but for one knob. */
final class Knobs {

  private static final DispatchSettings USUAL = DispatchSettings.DEFAULT;

  private Knobs() {}

  /** About so many are judged together. */
  static LeadFlow.Settings judgingTogether(int leads) {
    return with(leads, USUAL.verifyShare());
  }

  /** That share of assignments is read back. */
  static LeadFlow.Settings verifying(double share) {
    return with(USUAL.batch(), share);
  }

  private static LeadFlow.Settings with(int batch, double verifyShare) {
    var dispatch =
        new DispatchSettings(
            USUAL.maxInFlight(),
            batch,
            USUAL.retry(),
            USUAL.maxAttempts(),
            USUAL.maxTime(),
            USUAL.refusedLimit(),
            USUAL.scheduledLimit(),
            USUAL.sendDeadline(),
            USUAL.lookAgain(),
            USUAL.tokenPause(),
            verifyShare);
    return new LeadFlow.Settings(DirectorySettings.DEFAULT, dispatch);
  }
}
