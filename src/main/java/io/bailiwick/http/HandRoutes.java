package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk;
import io.bailiwick.flow.Desk.Answer;
import io.bailiwick.flow.SendingSwitch;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Pause;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What people do by hand: to one lead, and to the sending of all. Who and why go into histories.
 */
final class HandRoutes {

  private static final List<String> HAND = List.of("who", "why");

  private final Desk desk;
  private final SendingSwitch sending;
  private final BodyReader bodies;

  HandRoutes(HttpSettings settings, Door door) {
    this.desk = door.flow().desk();
    this.sending = door.flow().sendingSwitch();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.post(
        "/v1/leads/:id/retry",
        context ->
            lead(
                context,
                wish -> desk.retry(id(context), wish.knowing(HAND).hand(Caller.of(context)))));
    routes.post(
        "/v1/leads/:id/decide",
        context ->
            lead(
                context,
                wish -> desk.reconsider(id(context), wish.knowing(HAND).hand(Caller.of(context)))));
    routes.post(
        "/v1/leads/:id/close",
        context ->
            lead(
                context,
                wish -> desk.close(id(context), wish.knowing(HAND).hand(Caller.of(context)))));
    routes.post("/v1/leads/:id/assign", context -> lead(context, wish -> assign(context, wish)));
    routes.post("/v1/pause", this::pause);
    routes.post("/v1/resume", this::resume);
  }

  private CompletionStage<Answer> assign(RoutingContext context, Wish wish) {
    wish.knowing(List.of("territory", "who", "why"));
    String territory = wish.text("territory");
    if (territory == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST, "Say which: {\"territory\":NAME,\"who\":…,\"why\":…}.");
    }
    return desk.assign(id(context), territory, wish.hand(Caller.of(context)));
  }

  private void lead(RoutingContext context, Function<Wish, CompletionStage<Answer>> move) {
    bodies
        .read(context)
        .compose(body -> Future.fromCompletionStage(move.apply(Wish.read(body.getBytes()))))
        .map(HandRoutes::moved)
        .onSuccess(body -> Answers.json(context, 202, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static ObjectNode moved(Answer answer) {
    if (answer instanceof Answer.Moved moved) {
      return EntryJson.write(moved.entry());
    }
    if (answer instanceof Answer.NotNow notNow) {
      throw new Refusal(
          ProblemType.CONFLICT,
          "Only queued and parked leads are moved by hand; this one is "
              + notNow.entry().stage().status()
              + ".");
    }
    if (answer instanceof Answer.NoTerritory none) {
      throw none.snapshot() == null
          ? new Refusal(ProblemType.TERRITORIES_UNREAD, ProblemType.TERRITORIES_UNREAD.advice())
          : new Refusal(
              ProblemType.INVALID_REQUEST,
              "The CRM lists no territory of that name; GET /v1/territories says which it does.");
    }
    throw new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
  }

  private void pause(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              var hand = Wish.read(body.getBytes()).knowing(HAND).hand(Caller.of(context));
              return Future.fromCompletionStage(sending.pause(hand.who(), hand.why()));
            })
        .map(HandRoutes::paused)
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void resume(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              var hand = Wish.read(body.getBytes()).knowing(HAND).hand(Caller.of(context));
              return Future.fromCompletionStage(sending.resume(hand.who()));
            })
        .map(woken -> Json.mapper().createObjectNode().put("paused", false).put("due", woken))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** How a pause is told, here and at {@code /readyz}. */
  static ObjectNode paused(Pause pause) {
    return Json.mapper().createObjectNode().put("paused", true).setAll(Json.object(pause));
  }

  private static String id(RoutingContext context) {
    return context.pathParam("id");
  }
}
