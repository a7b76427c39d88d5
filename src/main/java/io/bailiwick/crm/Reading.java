package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.crm.TerritoryShape.Row;
import io.bailiwick.crm.Wire.Call;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * One reading of all territories and of the API user, call after call, within one deadline: the
 * pages, the current user, its own territories, and its profile where that tells. A page that
 * cannot be read fails it; what cannot be read of the user is UNKNOWN.
 *
 * <p>Where managing counts, a territory is taken as closed to the API user only if it neither
 * manages nor belongs to it or one above it: Zoho lets managers assign, its lists may leave a
 * manager out, and only a sure NO may keep a lead waiting.
 */
final class Reading {

  private static final String PERMISSION = "manage territories";

  private final Vertx vertx;
  private final Wire wire;
  private final CrmSettings settings;
  private final long until;

  /** The deadline runs from now. */
  Reading(Vertx vertx, Wire wire, CrmSettings settings) {
    this.vertx = vertx;
    this.wire = wire;
    this.settings = settings;
    this.until = System.nanoTime() + settings.readingDeadline().toNanos();
  }

  CompletionStage<TerritoryAnswer> all() {
    return list("settings/territories", settings.dialect().territoryDetails())
        .thenCompose(this::staffed)
        .thenCompose(this::withUser)
        .exceptionally(Reading::failed);
  }

  private CompletionStage<List<Row>> staffed(List<Row> all) {
    return new StaffReading(path -> get(path, settings.listCap())).settled(all);
  }

  private CompletionStage<TerritoryAnswer> withUser(List<Row> all) {
    return json("users?type=CurrentUser").thenCompose(users -> withUser(all, users));
  }

  private CompletionStage<TerritoryAnswer> withUser(List<Row> all, JsonNode users) {
    JsonNode user = users.path("users").path(0);
    String id = TerritoryShape.text(user.path("id"));
    if (id == null) {
      return CompletableFuture.completedFuture(complete(all, null, Flag.UNKNOWN));
    }
    if (settings.dialect().administrator(user.path("profile").path("name").asText())) {
      return CompletableFuture.completedFuture(complete(all, ids(all), Flag.YES));
    }
    return list("users/" + Wire.segment(id) + "/territories", "")
        .handle((own, trouble) -> own == null ? null : reach(all, own, id))
        .thenCompose(own -> permitted(user).thenApply(permitted -> complete(all, own, permitted)));
  }

  private CompletionStage<Flag> permitted(JsonNode user) {
    String profile = TerritoryShape.text(user.path("profile").path("id"));
    return profile == null || !settings.dialect().profileTells()
        ? CompletableFuture.completedFuture(Flag.UNKNOWN)
        : json("settings/profiles/" + Wire.segment(profile)).thenApply(Reading::permission);
  }

  /** By the label people see, which the seed contract names. */
  private static Flag permission(JsonNode body) {
    for (JsonNode detail : body.path("profiles").path(0).path("permissions_details")) {
      if (detail.path("display_label").asText().equalsIgnoreCase(PERMISSION)) {
        return TerritoryShape.flag(detail.path("enabled"));
      }
    }
    return Flag.UNKNOWN;
  }

  /** {@code more} is what the query says beside the page. */
  private CompletionStage<List<Row>> list(String path, String more) {
    String query = "&per_page=" + PageWalk.PER_PAGE + more;
    return PageWalk.all(vertx, page -> get(path + "?page=" + page + query, settings.listCap()));
  }

  /** The body of a 200; an empty object where there is none. */
  private CompletionStage<JsonNode> json(String path) {
    return get(path, settings.bodyCap())
        .thenApply(
            heard -> {
              boolean ok =
                  heard instanceof Heard.Answered answered && answered.reply().status() == 200;
              JsonNode body = ok ? ((Heard.Answered) heard).reply().json() : null;
              return body == null ? Json.mapper().createObjectNode() : body;
            });
  }

  private CompletionStage<Heard> get(String path, int cap) {
    Duration left = Duration.ofNanos(until - System.nanoTime());
    if (left.toMillis() <= 0) {
      return CompletableFuture.completedFuture(
          new Heard.NotSent("the reading as a whole took longer than its deadline"));
    }
    Duration limit = left.compareTo(settings.deadline()) < 0 ? left : settings.deadline();
    return wire.call(new Call(HttpMethod.GET, settings.dialect().api() + path, null, cap, limit));
  }

  private Set<String> reach(List<Row> all, List<Row> own, String user) {
    Set<String> reach = new HashSet<>(ids(own));
    if (!settings.dialect().membersReach()) {
      reach.addAll(ids(all.stream().filter(row -> user.equals(row.managerId())).toList()));
    }
    return reach;
  }

  private static Set<String> ids(List<Row> rows) {
    return rows.stream().map(row -> row.listed().id()).collect(Collectors.toUnmodifiableSet());
  }

  private static TerritoryAnswer complete(
      List<Row> all, @Nullable Set<String> memberOf, Flag permitted) {
    List<Listed> listed = all.stream().map(Row::listed).toList();
    return new TerritoryAnswer.Complete(new TerritoryReading(listed, memberOf, permitted));
  }

  private static TerritoryAnswer failed(Throwable trouble) {
    Throwable cause = trouble instanceof CompletionException ? trouble.getCause() : trouble;
    String why = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
    return new TerritoryAnswer.Failed(
        why == null ? "the reading broke off: " + cause : why,
        cause instanceof AccessRefused refused ? refused.trouble() : null);
  }
}
