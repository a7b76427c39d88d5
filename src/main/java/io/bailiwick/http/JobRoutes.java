package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Jobs;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Many leads at once: how many it would be, begin, look, stop, go on. */
final class JobRoutes {

  private static final int SHOWN = 100;

  /** Leads a second where nobody says how many. */
  static final int PER_SECOND = 10;

  private static final List<Job.Kind> KINDS = List.of(Job.Kind.RETRY, Job.Kind.DECIDE);
  private static final List<String> MEMBERS =
      List.of("filter", "action", "per_second", "dry_run", "who", "why");

  private interface Change {
    CompletionStage<Optional<Job>> of(String id, @Nullable String who, @Nullable String why);
  }

  private final Jobs jobs;
  private final JobBook book;
  private final Timers timers;
  private final BodyReader bodies;

  JobRoutes(HttpSettings settings, Door door) {
    this.jobs = door.flow().jobs();
    this.book = door.journal().jobs();
    this.timers = door.timers();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.post("/v1/retries", this::retry);
    routes.get("/v1/jobs", this::list);
    routes.get("/v1/jobs/:id", this::one);
    routes.post("/v1/jobs/:id/stop", context -> change(context, jobs::stop));
    routes.post("/v1/jobs/:id/resume", context -> change(context, jobs::resume));
  }

  private void retry(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(MEMBERS);
              Wish asked = wish.object("filter").knowing(LeadQuestion.WORDS);
              LeadFilter which = LeadQuestion.waiting(asked::text, timers.now());
              Hand hand = wish.hand(Caller.of(context));
              int pace = wish.number("per_second", PER_SECOND, Job.MAX_PER_SECOND);
              var order = new Job.Order(kind(wish), which, pace, hand.who(), hand.why());
              return wish.flag("dry_run") ? counted(context, order) : begun(context, order);
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Void> counted(RoutingContext context, Job.Order order) {
    return Future.fromCompletionStage(jobs.count(order.which()))
        .map(
            count -> {
              ObjectNode body = Json.mapper().createObjectNode();
              body.put("dry_run", true).put("total", count);
              body.put("seconds", (count + order.perSecond() - 1) / order.perSecond());
              Answers.json(context, 200, body);
              return null;
            });
  }

  private Future<Void> begun(RoutingContext context, Job.Order order) {
    return Future.fromCompletionStage(jobs.start(order))
        .map(
            job -> {
              context.response().putHeader(HttpHeaders.LOCATION, "/v1/jobs/" + job.id());
              Answers.json(context, 202, JobBody.of(job));
              return null;
            });
  }

  private void list(RoutingContext context) {
    Future.fromCompletionStage(book.latest(SHOWN))
        .onSuccess(
            found -> {
              ObjectNode body = Json.mapper().createObjectNode();
              ArrayNode list = body.putArray("jobs");
              found.forEach(job -> list.add(JobBody.of(job)));
              Answers.json(context, 200, body);
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void one(RoutingContext context) {
    Future.fromCompletionStage(book.find(context.pathParam("id")))
        .compose(found -> withResults(found.orElseThrow(JobRoutes::unknown)))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<ObjectNode> withResults(Job job) {
    return job.kind().undoable()
        ? Future.fromCompletionStage(book.results(job.id()))
            .map(results -> JobBody.of(job, results))
        : Future.succeededFuture(JobBody.of(job));
  }

  private void change(RoutingContext context, Change change) {
    String id = context.pathParam("id");
    bodies
        .read(context)
        .compose(
            body -> {
              Hand hand =
                  Wish.read(body.getBytes())
                      .knowing(List.of("who", "why"))
                      .hand(Caller.of(context));
              return Future.fromCompletionStage(change.of(id, hand.who(), hand.why()));
            })
        .compose(
            changed -> changed.isPresent() ? Future.succeededFuture(changed.get()) : notChanged(id))
        .onSuccess(job -> Answers.json(context, 200, JobBody.of(job)))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Job> notChanged(String id) {
    return Future.fromCompletionStage(book.find(id))
        .map(
            found -> {
              Job job = found.orElseThrow(JobRoutes::unknown);
              throw new Refusal(ProblemType.CONFLICT, "The job is " + job.state().word() + ".");
            });
  }

  private static Job.Kind kind(Wish wish) {
    String action = wish.text("action");
    if (action == null) {
      return Job.Kind.RETRY;
    }
    return KINDS.stream()
        .filter(kind -> kind.word().equals(action))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemType.INVALID_REQUEST,
                    "action must be one of "
                        + KINDS.stream().map(Job.Kind::word).collect(Collectors.joining(", "))
                        + "."));
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no job of that id.");
  }
}
