package io.bailiwick.http;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Shadow;
import io.bailiwick.flow.ShadowAnswer;
import io.bailiwick.flow.ShadowStanding;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The candidate in shadow: put there, looked at, dropped. */
final class ShadowRoutes {

  private static final int PAGE = 50;
  private static final int PAGE_MAX = 1_000;

  private final Vertx vertx;
  private final Shadow shadow;
  private final BodyReader bodies;

  ShadowRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.shadow = door.publisher().shadow();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.post("/v1/rules/shadow", this::begin);
    routes.get("/v1/rules/shadow", this::standing);
    routes.delete("/v1/rules/shadow", this::drop);
  }

  private void begin(RoutingContext context) {
    bodies
        .read(context)
        .compose(body -> Future.fromCompletionStage(asked(body.getBytes())))
        .map(answer -> ShadowBodies.standing(begun(answer), 0, 0))
        .onSuccess(body -> Answers.json(context, 202, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private CompletionStage<ShadowAnswer> asked(byte[] body) {
    Wish wish = Wish.of(body);
    String candidate = wish.text("candidate");
    if (candidate == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "Say which: {\"candidate\":NAME}, with \"hash\":HASH for that version alone.");
    }
    return shadow.begin(candidate, wish.text("hash"));
  }

  private static ShadowStanding begun(ShadowAnswer answer) {
    if (answer instanceof ShadowAnswer.Judges judges) {
      return judges.standing();
    }
    if (answer instanceof ShadowAnswer.Refused refused) {
      throw RuleBodies.refused(refused.candidate());
    }
    if (answer instanceof ShadowAnswer.Changed changed) {
      throw RuleRoutes.changed(changed.candidate());
    }
    if (answer instanceof ShadowAnswer.NotWaiting not) {
      Candidate candidate = not.candidate();
      throw new Refusal(
          ProblemType.CANDIDATE_NOT_WAITING,
          "Candidate " + candidate.name() + " is " + candidate.state().told() + ".");
    }
    if (answer instanceof ShadowAnswer.Taken taken) {
      throw new Refusal(
          ProblemType.SHADOW_TAKEN,
          "Candidate "
              + taken.other().candidate()
              + " is in shadow since "
              + taken.other().since());
    }
    throw new Refusal(ProblemType.NOT_FOUND, "There is no candidate of that name.");
  }

  private void standing(RoutingContext context) {
    var asked = context.queryParams();
    long before = cursor(asked.get("cursor"));
    int limit = PageSize.read(asked.get("limit"), PAGE, PAGE_MAX);
    answer(context, shadow.standing(), before, limit);
  }

  private void drop(RoutingContext context) {
    answer(context, shadow.drop(), Long.MAX_VALUE, PAGE);
  }

  /** A page may be long: it is written on a worker, and no event loop waits. */
  private void answer(
      RoutingContext context,
      CompletionStage<Optional<ShadowStanding>> found,
      long before,
      int limit) {
    Future.fromCompletionStage(found.thenCombine(shadow.lastEnd(), ShadowRoutes::known))
        .compose(
            it ->
                vertx.executeBlocking(
                    () -> Json.write(ShadowBodies.standing(it, before, limit)), false))
        .onSuccess(written -> Answers.written(context, written))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static ShadowStanding known(Optional<ShadowStanding> standing, Optional<String> lastEnd) {
    return standing.orElseThrow(
        () ->
            new Refusal(
                ProblemType.NOT_FOUND,
                "No candidate is in shadow."
                    + lastEnd.map(told -> " The last one, " + told + ".").orElse("")));
  }

  private static long cursor(@Nullable String text) {
    if (text == null) {
      return Long.MAX_VALUE;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new Refusal(ProblemType.INVALID_REQUEST, "cursor must be the next of an earlier page.");
  }
}
