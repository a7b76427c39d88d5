package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.JobBook;
import io.bailiwick.flow.Jobs;
import io.bailiwick.flow.Realignment.Preview;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.LeadFilter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** The rules asked again of assigned leads: what it would do, begin it, take it back. */
final class RealignmentRoutes {

  private static final List<String> MEMBERS =
      List.of("filter", "per_second", "dry_run", "who", "why");
  private static final List<String> UNDO = List.of("per_second", "dry_run", "who", "why");

  private final Jobs jobs;
  private final JobBook book;
  private final Timers timers;
  private final BodyReader bodies;

  RealignmentRoutes(HttpSettings settings, Door door) {
    this.jobs = door.flow().jobs();
    this.book = door.journal().jobs();
    this.timers = door.timers();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.post("/v1/realignments", this::realign);
    routes.post("/v1/jobs/:id/undo", this::undo);
  }

  private void realign(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(MEMBERS);
              Wish asked = wish.object("filter").knowing(LeadQuestion.OF_ASSIGNED);
              LeadFilter which = LeadQuestion.assigned(asked::text, timers.now());
              int pace = wish.number("per_second", JobRoutes.PER_SECOND, Job.MAX_PER_SECOND);
              Hand hand = wish.hand(Caller.of(context));
              var order = new Job.Order(Job.Kind.REALIGN, which, pace, hand.who(), hand.why());
              return wish.flag("dry_run") ? previewed(context, order) : begun(context, order);
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Void> previewed(RoutingContext context, Job.Order order) {
    return Future.fromCompletionStage(jobs.preview(order.which()))
        .map(
            found -> {
              Preview preview =
                  found.orElseThrow(
                      () ->
                          new Refusal(
                              ProblemType.TERRITORIES_UNREAD,
                              ProblemType.TERRITORIES_UNREAD.advice()));
              Answers.json(context, 200, body(preview, order.perSecond()));
              return null;
            });
  }

  private Future<Void> begun(RoutingContext context, Job.Order order) {
    return Future.fromCompletionStage(jobs.start(order))
        .map(
            job -> {
              accepted(context, job);
              return null;
            });
  }

  private void undo(RoutingContext context) {
    String id = context.pathParam("id");
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(UNDO);
              int pace = wish.number("per_second", JobRoutes.PER_SECOND, Job.MAX_PER_SECOND);
              Hand hand = wish.hand(Caller.of(context));
              return wish.flag("dry_run")
                  ? Future.fromCompletionStage(book.find(id)).map(found -> counted(context, found))
                  : Future.fromCompletionStage(jobs.undo(id, pace, hand.who(), hand.why()))
                      .compose(job -> undoing(context, id, job));
            })
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private static Void counted(RoutingContext context, Optional<Job> found) {
    Job job = found.orElseThrow(RealignmentRoutes::unknown);
    refuseUndo(job);
    ObjectNode body = Json.mapper().createObjectNode();
    Answers.json(context, 200, body.put("dry_run", true).put("total", job.done()));
    return null;
  }

  private Future<Void> undoing(RoutingContext context, String id, Optional<Job> begun) {
    if (begun.isPresent()) {
      accepted(context, begun.get());
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(book.find(id))
        .map(
            found -> {
              refuseUndo(found.orElseThrow(RealignmentRoutes::unknown));
              throw new Refusal(ProblemType.CONFLICT, "The job has just changed; ask again.");
            });
  }

  private static void refuseUndo(Job job) {
    if (!job.kind().undoable()) {
      throw new Refusal(
          ProblemType.CONFLICT,
          "Only a realignment can be undone; this job's action is " + job.kind().word() + ".");
    }
    if (job.state() == Job.State.RUNNING) {
      throw new Refusal(ProblemType.CONFLICT, "The job is running; stop it first.");
    }
  }

  private static void accepted(RoutingContext context, Job job) {
    context.response().putHeader(HttpHeaders.LOCATION, "/v1/jobs/" + job.id());
    Answers.json(context, 202, JobBody.of(job));
  }

  private static ObjectNode body(Preview preview, int perSecond) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("dry_run", true).put("total", preview.total()).put("looked_at", preview.looked());
    body.put("moving", preview.moving());
    body.set("left", JobBody.left(preview.left()));
    body.put("seconds", (preview.moving() + perSecond - 1) / perSecond);
    ArrayNode ways = body.putArray("moves");
    preview
        .ways()
        .forEach(
            (way, count) ->
                ways.addObject().put("from", way.from()).put("to", way.to()).put("leads", count));
    ArrayNode examples = body.putArray("examples");
    preview
        .examples()
        .forEach(
            one ->
                examples
                    .addObject()
                    .put("lead", one.lead())
                    .put("from", one.way().from())
                    .put("to", one.way().to())
                    .put("rule", one.rule()));
    return body;
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no job of that id.");
  }
}
