package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Eraser;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Erasing a person: by a lead's id, or by the e-mail address, which comes in the body and never in
 * a URL, since those land in the logs of whatever stands between.
 */
final class ErasureRoutes {

  private final Eraser eraser;
  private final BodyReader bodies;

  ErasureRoutes(HttpSettings settings, Door door) {
    this.eraser = door.flow().eraser();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.delete("/v1/leads/:id", context -> answer(context, wish -> one(context, wish)));
    routes.post("/v1/erasures", context -> answer(context, wish -> all(context, wish)));
  }

  private CompletionStage<ObjectNode> one(RoutingContext context, Wish wish) {
    var hand = wish.knowing(List.of("who", "why")).hand(Caller.of(context));
    return eraser
        .erase(context.pathParam("id"), hand)
        .thenApply(
            answer -> {
              if (answer.found() == 0) {
                throw new Refusal(ProblemType.NOT_FOUND, "There is no lead of that id.");
              }
              if (!answer.beingSent().isEmpty()) {
                throw new Refusal(
                    ProblemType.BEING_SENT,
                    "Revision "
                        + answer.beingSent().get(0)
                        + " of its record is being sent. Nothing is erased yet.");
              }
              return body(answer, false);
            });
  }

  private CompletionStage<ObjectNode> all(RoutingContext context, Wish wish) {
    wish.knowing(List.of("email", "dry_run", "who", "why"));
    String email = email(wish.text("email"));
    boolean dry = wish.flag("dry_run");
    return (dry ? eraser.count(email) : eraser.eraseAll(email, wish.hand(Caller.of(context))))
        .thenApply(answer -> body(answer, dry));
  }

  /** As leads have it; throws a {@link Refusal} for what is no address. */
  static String email(@Nullable String sent) {
    LeadForm form = new LeadForm().set(LeadField.EMAIL, sent == null ? "" : sent);
    String email = form.flaws().isEmpty() ? form.lead().email() : null;
    if (email == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST, "Say whom: {\"email\":\"ADDRESS\",\"dry_run\":true}.");
    }
    return email;
  }

  private static ObjectNode body(Eraser.Answer answer, boolean dry) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("dry_run", dry).put("found", answer.found()).put("erased", answer.erased());
    body.set("being_sent", Json.tree(answer.beingSent()));
    if (!dry) {
      body.put("gone", answer.gone());
    }
    return body;
  }

  private void answer(RoutingContext context, Function<Wish, CompletionStage<ObjectNode>> work) {
    bodies
        .read(context)
        .compose(body -> Future.fromCompletionStage(work.apply(Wish.read(body.getBytes()))))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }
}
