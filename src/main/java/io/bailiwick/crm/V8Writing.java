package io.bailiwick.crm;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Zoho's action {@code assign_territories}: of one record, which the address names, or of several,
 * which the body names. Zoho's pages contradict each other on the most, ten or a hundred: the
 * settings say how many are sent. It adds a territory to those the record has; {@code
 * remove_territories} takes one away.
 */
final class V8Writing implements Writing {

  private static final String ASSIGN = "/actions/assign_territories";
  private static final String REMOVE = "/actions/remove_territories";
  private static final int MOST = 100;

  @Override
  public int batch() {
    return MOST;
  }

  /** What every edition allows, by the smaller of Zoho's two figures. */
  @Override
  public int usualBatch() {
    return 10;
  }

  @Override
  public Request request(List<Assignment> assignments) {
    Assignment first = assignments.get(0);
    String module = Wire.segment(first.module());
    if (assignments.size() == 1) {
      return single(first, ASSIGN);
    }
    List<Map<String, Object>> items =
        assignments.stream()
            .map(one -> Map.of("id", one.crmId(), "Territories", ids(one)))
            .toList();
    return new Request(HttpMethod.POST, module + ASSIGN, data(items));
  }

  @Override
  public Request removal(Assignment assignment) {
    return single(assignment, REMOVE);
  }

  @Override
  public List<Outcome> outcomes(Reply reply, List<Assignment> assignments, Instant now) {
    return ItemAnswers.outcomes(reply, assignments.stream().map(Assignment::crmId).toList(), now);
  }

  private static Request single(Assignment one, String action) {
    String path = Wire.segment(one.module()) + "/" + Wire.segment(one.crmId()) + action;
    return new Request(HttpMethod.POST, path, data(List.of(Map.of("Territories", ids(one)))));
  }

  private static List<Map<String, String>> ids(Assignment one) {
    return List.of(Map.of("id", one.territoryId()));
  }

  private static Map<String, Object> data(List<Map<String, Object>> items) {
    return Map.of("data", items);
  }
}
