package io.bailiwick.flow;

import io.bailiwick.lead.AuditReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What the journal knows of audits: the finished ones, and how many leads a territory concerns. */
public interface AuditLog {

  /**
   * How many leads concern one territory; superseded revisions are not counted.
   *
   * @param lately accepted since the later of the two instants, with a decision that names it
   * @param inAll accepted since the earlier one, likewise
   * @param waiting queued for it now
   */
  record Exposure(long lately, long inAll, long waiting) {

    /** Nobody. */
    public static final Exposure NONE = new Exposure(0, 0, 0);

    /** Both together. */
    public Exposure plus(Exposure other) {
      return new Exposure(lately + other.lately, inAll + other.inAll, waiting + other.waiting);
    }
  }

  /** The last finished audits, newest first. */
  CompletionStage<List<AuditReport>> latest(int limit);

  /** The finished audit of that id, as long as it is kept. */
  CompletionStage<Optional<AuditReport>> find(String id);

  /** The exposure of each of these territories, by name; found by index. */
  CompletionStage<Map<String, Exposure>> exposure(
      Set<String> territories, Instant lately, Instant longAgo);
}
