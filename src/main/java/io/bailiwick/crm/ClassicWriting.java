package io.bailiwick.crm;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The seed contract's write of one record, {@code PUT /crm/v2/Leads/7 {"Territory":"12"}}; of
 * several together Zoho's own, {@code PUT /crm/v2/Leads {"data":[{"id":"7","Territory":"12"}, …]}},
 * at most a hundred (Zoho's update-records page).
 */
final class ClassicWriting implements Writing {

  private static final int MOST = 100;

  @Override
  public int batch() {
    return MOST;
  }

  /** One by one, as the seed contract has it. */
  @Override
  public int usualBatch() {
    return 1;
  }

  @Override
  public Request request(List<Assignment> assignments) {
    Assignment first = assignments.get(0);
    String module = Wire.segment(first.module());
    if (assignments.size() == 1) {
      String path = module + "/" + Wire.segment(first.crmId());
      return new Request(HttpMethod.PUT, path, Map.of("Territory", first.territoryId()));
    }
    List<Map<String, String>> items =
        assignments.stream()
            .map(one -> Map.of("id", one.crmId(), "Territory", one.territoryId()))
            .toList();
    return new Request(HttpMethod.PUT, module, Map.of("data", items));
  }

  @Override
  public @Nullable Request removal(Assignment assignment) {
    return null;
  }

  @Override
  public List<Outcome> outcomes(Reply reply, List<Assignment> assignments, Instant now) {
    return assignments.size() == 1
        ? List.of(Answers.outcome(reply, assignments.get(0), now))
        : ItemAnswers.outcomes(reply, assignments.stream().map(Assignment::crmId).toList(), now);
  }
}
