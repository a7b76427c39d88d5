package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.crm.TerritoryShape.Row;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Settles whether a territory without a flag of its own is active: it is while somebody who works
 * there is. Its users are asked for only where its manager's account is not active, one call after
 * another and at most a hundred in a reading; what is not told stays UNKNOWN, and so does a
 * territory without a manager, which the one above it looks after (Zoho's page "FAQs on territory
 * management").
 */
final class StaffReading {

  static final int MOST = 100;

  private final Function<String, CompletionStage<Heard>> get;

  /** {@code get} takes a path below the API's root. */
  StaffReading(Function<String, CompletionStage<Heard>> get) {
    this.get = get;
  }

  CompletionStage<List<Row>> settled(List<Row> rows) {
    CompletionStage<List<Row>> settled =
        CompletableFuture.completedStage(new ArrayList<>(rows.stream().map(this::own).toList()));
    int asked = 0;
    for (int i = 0; i < rows.size() && asked < MOST; i++) {
      Listed listed = rows.get(i).listed();
      if (listed.active() == Flag.UNKNOWN && listed.staff().manager() == Flag.NO) {
        int place = i;
        asked++;
        settled = settled.thenCompose(so -> asked(so, place));
      }
    }
    return settled;
  }

  private CompletionStage<List<Row>> asked(List<Row> rows, int place) {
    Row row = rows.get(place);
    String path = "settings/territories/" + Wire.segment(row.listed().id()) + "/users";
    return get.apply(path + "?page=1&per_page=" + PageWalk.PER_PAGE)
        .thenApply(
            heard -> {
              Staff staff = new Staff(row.listed().staff().manager(), anyActive(heard));
              rows.set(place, with(row, staff));
              return rows;
            });
  }

  private Row own(Row row) {
    return row.listed().active() == Flag.UNKNOWN ? with(row, row.listed().staff()) : row;
  }

  private static Row with(Row row, Staff staff) {
    Listed t = row.listed();
    return new Row(
        new Listed(
            t.id(),
            t.name(),
            t.parentId(),
            t.manager(),
            staff.anyone(),
            t.apiEnabled(),
            t.createdAt(),
            staff),
        row.managerId());
  }

  /** NO only where the whole list is on its first page and each of it is told not to be active. */
  private static Flag anyActive(Heard heard) {
    if (!(heard instanceof Heard.Answered answered)) {
      return Flag.UNKNOWN;
    }
    Reply reply = answered.reply();
    JsonNode body = reply.status() == 200 ? reply.json() : null;
    if (body == null || !body.path("users").isArray()) {
      return reply.status() == 204 ? Flag.NO : Flag.UNKNOWN;
    }
    boolean sure = !body.path("info").path("more_records").asBoolean(false);
    for (JsonNode user : body.path("users")) {
      Flag active = TerritoryShape.employed(user);
      if (active == Flag.YES) {
        return Flag.YES;
      }
      sure = sure && active == Flag.NO;
    }
    return sure ? Flag.NO : Flag.UNKNOWN;
  }
}
