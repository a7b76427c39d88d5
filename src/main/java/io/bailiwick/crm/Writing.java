package io.bailiwick.crm;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;

/** How one dialect writes a territory, and what the answer means: pure functions, both. */
interface Writing {

  /**
   * A request that is one.
   *
   * @param path below the dialect's API root, encoded
   * @param body to be written as JSON
   */
  record Request(HttpMethod method, String path, Object body) {}

  /** The most records in one call. */
  int batch();

  /** As many as go in one call where nobody says how many. */
  int usualBatch();

  /**
   * The request that writes these, 1 to {@link #batch()} of one module and of different records.
   */
  Request request(List<Assignment> assignments);

  /** The request that takes a territory away; null where the next write replaces it. */
  @Nullable
  Request removal(Assignment assignment);

  /**
   * What the answer means for each of them, in their order; {@code now} is for a Retry-After that
   * is a date.
   */
  List<Outcome> outcomes(Reply reply, List<Assignment> assignments, Instant now);
}
