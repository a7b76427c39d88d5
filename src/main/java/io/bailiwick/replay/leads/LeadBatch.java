package io.bailiwick.replay.leads;

import java.util.List;

/**
 * Some rows of a stream that follow each other, each list in the stream's order. Immutable, so that
 * any thread may work on it.
 */
public record LeadBatch(List<LeadRow> leads, List<UnreadRow> unread) {

  public LeadBatch {
    leads = List.copyOf(leads);
    unread = List.copyOf(unread);
  }

  /** How many rows it stands for. */
  public int rows() {
    return leads.size() + unread.size();
  }
}
