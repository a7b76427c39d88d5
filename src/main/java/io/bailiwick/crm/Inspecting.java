package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.crm.Wire.Call;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.json.Json;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One round of the calls a reading makes, one after another, to learn how each ends. */
final class Inspecting {

  private final Vertx vertx;
  private final Wire wire;
  private final CrmSettings settings;
  private final InstantSource clock;
  private final List<CrmInspection.Call> calls = new ArrayList<>();
  private @Nullable Instant serverTime;
  private @Nullable Instant heardAt;

  Inspecting(Vertx vertx, Wire wire, CrmSettings settings, InstantSource clock) {
    this.vertx = vertx;
    this.wire = wire;
    this.settings = settings;
    this.clock = clock;
  }

  CompletionStage<CrmInspection> all() {
    return call(Step.TERRITORIES, "settings/territories?page=1&per_page=1")
        .thenCompose(first -> first == null ? ended(null) : user());
  }

  private CompletionStage<CrmInspection> user() {
    return call(Step.USER, "users?type=CurrentUser")
        .thenCompose(
            users -> {
              JsonNode user = users == null ? Json.mapper().missingNode() : users.at("/users/0");
              String id = TerritoryShape.text(user.path("id"));
              String profile = profile(user);
              return of(Step.MEMBERSHIPS, id, "users/", "/territories")
                  .thenCompose(own -> of(Step.PROFILE, profile, "settings/profiles/", ""));
            })
        .thenCompose(done -> new Reading(vertx, wire, settings).all())
        .thenCompose(this::read);
  }

  /** Null where the profile is not asked, because it would tell nothing. */
  private @Nullable String profile(JsonNode user) {
    return settings.dialect().profileTells()
        ? TerritoryShape.text(user.path("profile").path("id"))
        : null;
  }

  private CompletionStage<CrmInspection> read(TerritoryAnswer answer) {
    return ended(answer instanceof TerritoryAnswer.Complete whole ? whole.reading() : null);
  }

  private CompletionStage<CrmInspection> ended(@Nullable TerritoryReading reading) {
    return wire.token().thenApply(token -> inspection(reading, token));
  }

  private CrmInspection inspection(@Nullable TerritoryReading reading, String token) {
    return new CrmInspection(
        settings.dialect().word(),
        settings.baseUrl().toString(),
        "https".equalsIgnoreCase(settings.baseUrl().getScheme()),
        calls,
        serverTime,
        heardAt == null ? clock.instant() : heardAt,
        reading,
        token);
  }

  /** The call about one id; not made where there is none. */
  private CompletionStage<@Nullable JsonNode> of(
      Step step, @Nullable String id, String before, String after) {
    return id == null
        ? CompletableFuture.completedStage(null)
        : call(step, before + Wire.segment(id) + after);
  }

  /** The answer's body, an empty object for none; null where the call did not end well. */
  private CompletionStage<@Nullable JsonNode> call(Step step, String path) {
    var call =
        new Call(
            HttpMethod.GET,
            settings.dialect().api() + path,
            null,
            settings.listCap(),
            settings.deadline());
    return wire.call(call)
        .thenApply(
            heard -> {
              JsonNode body = body(heard);
              if (heard instanceof Heard.Answered answered && heardAt == null) {
                heardAt = clock.instant();
                serverTime = date(answered.reply());
              }
              Verdict verdict = verdict(heard, body);
              calls.add(new CrmInspection.Call(step, verdict, detail(heard, body)));
              return verdict == Verdict.OK ? body : null;
            });
  }

  private static @Nullable JsonNode body(Heard heard) {
    if (!(heard instanceof Heard.Answered answered)) {
      return null;
    }
    boolean none = answered.reply().status() == 204;
    return none ? Json.mapper().createObjectNode() : answered.reply().json();
  }

  private static Verdict verdict(Heard heard, @Nullable JsonNode body) {
    if (heard instanceof Heard.Answered answered) {
      return answered(answered.reply().status(), body);
    }
    if (heard instanceof Heard.NoToken) {
      return Verdict.NO_TOKEN;
    }
    return heard.why().equals(Exchange.TLS) ? Verdict.TLS_FAILED : Verdict.UNREACHABLE;
  }

  /** By the code first: the same trouble comes with several statuses (reference: Zoho's own). */
  private static Verdict answered(int status, @Nullable JsonNode body) {
    String code = body == null ? "" : body.path("code").asText();
    return switch (code) {
      case "OAUTH_SCOPE_MISMATCH" -> Verdict.SCOPE_MISSING;
      case "FEATURE_NOT_ENABLED", "TERRITORY_NOT_ENABLED", "TERRITORY_DISABLED" ->
          Verdict.FEATURE_OFF;
      case "TOO_MANY_REQUESTS" -> Verdict.LIMITED;
      case "INVALID_TOKEN", "INVALID_OAUTHTOKEN" -> Verdict.TOKEN_REFUSED;
      case "AUTHENTICATION_FAILURE" -> Verdict.NO_TOKEN;
      case "NO_PERMISSION", "AUTHORIZATION_FAILED" -> Verdict.FORBIDDEN;
      default ->
          switch (status) {
            case 200, 204 -> body == null ? Verdict.UNREADABLE : Verdict.OK;
            case 401 -> Verdict.TOKEN_REFUSED;
            case 403 -> Verdict.FORBIDDEN;
            case 429 -> Verdict.LIMITED;
            default -> Verdict.UNREADABLE;
          };
    };
  }

  private static String detail(Heard heard, @Nullable JsonNode body) {
    if (!(heard instanceof Heard.Answered)) {
      return heard.why();
    }
    if (body == null) {
      return heard.why() + " with something that is no JSON";
    }
    JsonNode code = body.path("code");
    return code.isTextual() ? heard.why() + " " + Reply.shown(code.textValue()) : heard.why();
  }

  private static @Nullable Instant date(Reply reply) {
    String date = reply.headers().get("date");
    try {
      return date == null
          ? null
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException garbage) {
      return null;
    }
  }
}
