package io.bailiwick.replay.compare;

import io.bailiwick.lead.Lead;
import io.bailiwick.replay.leads.LeadBatch;
import io.bailiwick.replay.leads.LeadRow;
import java.util.List;

/**
 * One lead to be compared.
 *
 * @param place where it stands: {@code file#number}, a line, or a recorded lead's id
 * @param name what people call it; its place where it has no name
 */
public record Row(String place, String name, Lead lead) {

  /** The leads of a batch; rows of it that are no leads are left out. */
  public static List<Row> of(LeadBatch batch) {
    return batch.leads().stream().map(Row::of).toList();
  }

  private static Row of(LeadRow row) {
    LeadRow.Fixture fixture = row.fixture();
    return new Row(row.place(), fixture == null ? row.place() : fixture.name(), row.lead());
  }
}
