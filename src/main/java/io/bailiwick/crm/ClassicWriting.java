package io.bailiwick.crm;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The seed contract's write: {@code PUT /crm/v2/Leads/7 {"Territory":"12"}}, one by one. */
final class ClassicWriting implements Writing {

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public Request request(List<Assignment> assignments) {
    Assignment one = assignments.get(0);
    String path = Wire.segment(one.module()) + "/" + Wire.segment(one.crmId());
    return new Request(HttpMethod.PUT, path, Map.of("Territory", one.territoryId()));
  }

  @Override
  public @Nullable Request removal(Assignment assignment) {
    return null;
  }

  @Override
  public List<Outcome> outcomes(Reply reply, List<Assignment> assignments, Instant now) {
    return List.of(Answers.outcome(reply, assignments.get(0), now));
  }
}
