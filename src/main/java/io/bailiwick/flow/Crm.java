package io.bailiwick.flow;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TraceParent;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The CRM. No stage fails: every trouble is a value of the answer, and each call ends within the
 * deadline it was made with.
 */
public interface Crm {

  /** What it can do; the same for as long as it is used. */
  CrmCapabilities capabilities();

  /** How the gate that its calls pass stands now; any thread may ask. */
  default CrmGate gate() {
    return CrmGate.NONE;
  }

  /**
   * Writes one territory to each of these records of one module, in one call; where records have
   * several, it is added to them. At most a batch, each record once. Answers in their order.
   */
  CompletionStage<List<Outcome>> assign(List<Assignment> together);

  /** The same for one record. */
  default CompletionStage<Outcome> assign(Assignment assignment) {
    return assign(List.of(assignment)).thenApply(outcomes -> outcomes.get(0));
  }

  /**
   * Makes a record of a lead that has none, or finds and fills the one that its check fields name;
   * so it may be asked again whenever the answer is not known. Only where {@link
   * CrmCapabilities#creates} is true, else Failed as Rejected.
   */
  CompletionStage<Creation> create(Lead lead, @Nullable TraceParent trace);

  /**
   * Takes one territory from a record that shows several; Rejected where a record has only one,
   * which the next write replaces.
   */
  CompletionStage<Outcome> remove(Assignment assignment);

  /** Reads which territory each of these records of one module shows; answers in their order. */
  CompletionStage<List<RecordState>> read(String module, List<String> crmIds);

  /** The same for one record. */
  default CompletionStage<RecordState> read(String module, String crmId) {
    return read(module, List.of(crmId)).thenApply(states -> states.get(0));
  }

  /** Reads all territories and what is known of the API user; all pages or a failure. */
  CompletionStage<TerritoryAnswer> territories();

  /** Who works in the territory of that id; one call, made anew each time. */
  CompletionStage<TerritoryMembers> members(String territory);

  /** Makes each call of such a reading and says how it ended; writes nothing. */
  CompletionStage<CrmInspection> inspect();
}
