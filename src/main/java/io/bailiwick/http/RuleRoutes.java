package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.PublishAnswer;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.http.access.Caller;
import io.bailiwick.http.access.FourEyes;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules: what serves, what is to serve, and publishing it. */
final class RuleRoutes {

  /** How many lines of the publication log are shown. */
  private static final int LOG = 100;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");

  /** Names with a meaning of their own. */
  private static final Set<String> OTHERS = Set.of(Candidate.FOLDER, "shadow", "check", "serving");

  private record Standing(RulesStanding now, List<Publication> log) {}

  private final Vertx vertx;
  private final Publisher publisher;
  private final JournalReader journal;
  private final BodyReader bodies;
  private final FourEyes fourEyes;

  RuleRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.publisher = door.publisher();
    this.journal = door.journal();
    this.bodies = new BodyReader(settings.bodyMax());
    this.fourEyes = door.fourEyes();
  }

  void mount(Routes routes) {
    routes.get("/v1/rules", this::rules);
    routes.post("/v1/rules/publish", this::publish);
    routes.get("/v1/rules/:name", this::version);
    routes.put("/v1/rules/:name", this::upload);
  }

  private void rules(RoutingContext context) {
    answer(
        context,
        publisher.standing().thenCombine(journal.publications(LOG), Standing::new),
        both -> RuleBodies.standing(both.now(), both.log()));
  }

  /** A version by its hash, or a candidate by its name. */
  private void version(RoutingContext context) {
    String name = context.pathParam("name");
    CompletionStage<RuleVersion> found =
        HASH.matcher(name).matches()
            ? journal.version(name).thenApply(kept -> kept.orElseThrow(RuleRoutes::unknown))
            : publisher.candidate(name).thenApply(RuleRoutes::known);
    answer(context, found, RuleBodies::version);
  }

  private void upload(RoutingContext context) {
    String name = context.pathParam("name");
    bodies
        .read(context)
        .compose(
            body -> {
              if (!NAME.matcher(name).matches() || OTHERS.contains(name)) {
                throw new Refusal(
                    ProblemType.INVALID_REQUEST,
                    "A candidate's name is 1 to 40 of a-z, 0-9, '.', '_' and '-'; and not rules,"
                        + " which names that of the folder, nor shadow, which is a path.");
              }
              return vertx.executeBlocking(() -> RuleUpload.read(body.getBytes()), false);
            })
        .compose(
            upload ->
                Future.fromCompletionStage(
                    publisher.submit(name, upload.version(), upload.ownFixtures())))
        .onSuccess(
            candidate -> {
              fourEyes.brought(candidate.version().hash(), Caller.of(context));
              if (candidate.state() == Candidate.State.REFUSED) {
                Answers.failure(context, RuleBodies.refused(candidate));
              } else {
                Answers.json(context, 200, RuleBodies.candidate(candidate));
              }
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void publish(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> Future.fromCompletionStage(asked(Wish.of(body.getBytes()), Caller.of(context))))
        .onSuccess(answer -> published(context, answer))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private CompletionStage<PublishAnswer> asked(Wish wish, Caller caller) {
    String name = wish.text("candidate");
    String hash = wish.text("hash");
    if (name != null) {
      return publisher.candidate(name).thenCompose(found -> approve(found, hash, caller));
    }
    if (hash == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "Say which: {\"candidate\":NAME} or {\"hash\":HASH}, or both for that version alone.");
    }
    return journal
        .version(hash)
        .thenCompose(
            kept -> {
              if (kept.isEmpty()) {
                fourEyes.check(hash, caller);
              }
              return publisher.publish(hash, caller.who(null));
            });
  }

  /** What was looked at is what is published, whatever is brought under its name meanwhile. */
  private CompletionStage<PublishAnswer> approve(
      @Nullable Candidate found, @Nullable String hash, Caller caller) {
    if (found == null) {
      throw unknown();
    }
    fourEyes.check(found.version().hash(), caller);
    String meant = hash == null ? found.version().hash() : hash;
    return publisher.approve(found.name(), meant, caller.who(null));
  }

  private static void published(RoutingContext context, PublishAnswer answer) {
    if (answer instanceof PublishAnswer.Serves serves) {
      Answers.json(context, 200, RuleBodies.publication(serves.publication()));
    } else if (answer instanceof PublishAnswer.Underway underway) {
      Answers.json(context, 202, RuleBodies.candidate(underway.candidate()));
    } else if (answer instanceof PublishAnswer.Refused refused) {
      Answers.failure(context, RuleBodies.refused(refused));
    } else if (answer instanceof PublishAnswer.Changed changed) {
      Answers.failure(context, changed(changed.candidate()));
    } else if (answer instanceof PublishAnswer.Overtaken) {
      Answers.failure(
          context,
          new Refusal(
              ProblemType.PUBLISHED_MEANWHILE, "Another version was published at the same time."));
    } else {
      Answers.failure(context, unknown());
    }
  }

  static Refusal changed(Candidate candidate) {
    return new Refusal(
        ProblemType.CANDIDATE_CHANGED,
        "The candidate of that name is version " + candidate.version().hash());
  }

  /** Rulebooks may be long: they are written on a worker, and no event loop waits. */
  private <T> void answer(
      RoutingContext context, CompletionStage<T> found, Function<T, ObjectNode> body) {
    Future.fromCompletionStage(found)
        .compose(it -> vertx.executeBlocking(() -> Json.write(body.apply(it)), false))
        .onSuccess(written -> Answers.written(context, written))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static RuleVersion known(@Nullable Candidate candidate) {
    if (candidate == null) {
      throw unknown();
    }
    return candidate.version();
  }

  private static Refusal unknown() {
    return new Refusal(
        ProblemType.NOT_FOUND, "There is no version of that hash and no candidate of that name.");
  }
}
