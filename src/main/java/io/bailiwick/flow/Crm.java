package io.bailiwick.flow;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import java.util.concurrent.CompletionStage;

/**
 * The CRM. No stage fails: every trouble is a value of the answer, and each call ends within the
 * deadline it was made with.
 */
public interface Crm {

  /** Writes one territory to one record; where records have several, it is added to them. */
  CompletionStage<Outcome> assign(Assignment assignment);

  /**
   * Takes one territory from a record that shows several; Rejected where a record has only one,
   * which the next write replaces.
   */
  CompletionStage<Outcome> remove(Assignment assignment);

  /** Reads which territory a record shows. */
  CompletionStage<RecordState> read(String module, String crmId);

  /** Reads all territories and what is known of the API user; all pages or a failure. */
  CompletionStage<TerritoryAnswer> territories();

  /** Makes each call of such a reading and says how it ended; writes nothing. */
  CompletionStage<CrmInspection> inspect();
}
