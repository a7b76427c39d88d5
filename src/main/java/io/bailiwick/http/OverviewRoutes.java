package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Readiness;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.watch.DayCurve;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@code GET /v1/overview}: how all stands now, in one answer. What it asks of the journal is found
 * by index, so it costs the same with a thousand leads at rest or a million.
 */
final class OverviewRoutes {

  /** So many territories that leads wait for are told one by one. */
  private static final int TERRITORIES_MAX = 50;

  private final Vertx vertx;
  private final Door door;
  private final Journal journal;
  private final Timers timers;

  OverviewRoutes(Vertx vertx, Door door) {
    this.vertx = vertx;
    this.door = door;
    this.journal = door.journal();
    this.timers = door.timers();
  }

  void mount(Routes routes) {
    routes.get("/v1/overview", this::overview);
  }

  private void overview(RoutingContext context) {
    ObjectNode body = Json.mapper().createObjectNode();
    Future.fromCompletionStage(timers.turn().thenApply(now -> flow(body)))
        .compose(blocked -> waitedFor(blocked, body))
        .compose(done -> Future.fromCompletionStage(journal.backlog()))
        .map(backlog -> backlog(backlog, body))
        .compose(done -> Future.fromCompletionStage(journal.audits().latest(1)))
        .map(audits -> audit(audits, body))
        .compose(done -> Future.fromCompletionStage(door.publisher().standing()))
        .map(standing -> rules(standing, body))
        .compose(done -> vertx.executeBlocking(() -> curve(body), false))
        .onSuccess(whole -> Answers.json(context, 200, whole))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** What belongs to the flow's thread; answers the territories that are not ready. */
  private List<String> flow(ObjectNode body) {
    body.put("at", timers.now().toString());
    door.flow()
        .sendingSwitch()
        .paused()
        .ifPresent(pause -> body.set("paused", HandRoutes.paused(pause)));
    CrmGate gate = door.page().gate().get();
    ObjectNode told = body.putObject("gate");
    told.put("limit", gate.limit()).put("calls", gate.calls()).put("waiting", gate.waiting());
    told.put("credits", gate.credits());
    boolean shut = gate.shutUntil() != null && gate.shutUntil().isAfter(timers.now());
    told.put("open", !shut);
    if (shut) {
      Json.put(told, "shutUntil", gate.shutUntil());
      Json.put(told, "why", gate.why());
    }
    ArrayNode alarms = body.putArray("alarms");
    door.alarms()
        .get()
        .forEach(
            alarm -> {
              ObjectNode one = alarms.addObject();
              one.put("kind", alarm.kind().word()).put("subject", alarm.subject());
              one.put("detail", alarm.detail());
            });
    var directory = door.flow().directory();
    directory.readAt().ifPresent(at -> body.put("territoriesReadAt", at.toString()));
    directory.lastFailure().ifPresent(why -> body.put("territoriesFailure", why));
    return directory.current().map(this::blocked).orElse(List.of());
  }

  private List<String> blocked(TerritorySnapshot snapshot) {
    List<String> names = new ArrayList<>();
    snapshot
        .territories()
        .forEach(
            one -> {
              var ready =
                  Readiness.of(one, snapshot.permitted(), timers.now(), door.ages().propagation());
              if (!ready.ready()) {
                names.add(one.name());
              }
            });
    door.publisher().rulebook().uses().places().keySet().stream()
        .filter(name -> snapshot.named(name) == null)
        .forEach(names::add);
    return names;
  }

  private record Waits(String territory, long count, Page oldest) {}

  private Future<Void> waitedFor(List<String> names, ObjectNode body) {
    List<Future<Waits>> asked = new ArrayList<>();
    for (String name : names.stream().distinct().limit(TERRITORIES_MAX).toList()) {
      LeadFilter which = LeadFilter.waitingFor(name);
      asked.add(
          Future.fromCompletionStage(
              journal
                  .count(which)
                  .thenCombine(
                      journal.oldest(which, null, 1), (n, page) -> new Waits(name, n, page))));
    }
    return Future.all(asked)
        .map(
            all -> {
              ArrayNode list = body.putArray("territories");
              all.<Waits>list().stream()
                  .filter(one -> one.count() > 0 && !one.oldest().entries().isEmpty())
                  .sorted(Comparator.comparingLong(Waits::count).reversed())
                  .forEach(one -> waits(one, list.addObject()));
              return null;
            });
  }

  private static void waits(Waits one, ObjectNode into) {
    var oldest = one.oldest().entries().get(0);
    into.put("territory", one.territory()).put("count", one.count());
    into.put("oldest", oldest.acceptedAt().toString()).put("lead", oldest.id());
    Json.put(into, "blocker", oldest.blocker());
  }

  private static ObjectNode backlog(Backlog backlog, ObjectNode body) {
    ArrayNode waiting = body.putArray("waiting");
    for (Backlog.Waiting one : backlog.waiting()) {
      ObjectNode told = waiting.addObject();
      told.put("status", one.stage().status());
      if (one.reason() != null) {
        told.put("reason", one.reason().word());
      }
      told.put("count", one.count()).put("oldest", one.oldest().toString()).put("lead", one.lead());
    }
    ArrayNode parked = body.putArray("parked");
    backlog
        .parked()
        .forEach(
            (reason, count) -> parked.addObject().put("reason", reason.word()).put("count", count));
    ArrayNode overdue = body.putArray("overdue");
    for (Backlog.Overdue one : backlog.overdue()) {
      ObjectNode told = overdue.addObject();
      told.put("limit", one.limit()).put("count", one.count());
      told.put("since", one.since().toString()).put("lead", one.lead());
    }
    return body;
  }

  private static ObjectNode audit(List<AuditReport> audits, ObjectNode body) {
    audits.stream()
        .findFirst()
        .ifPresent(
            last -> {
              ObjectNode told = body.putObject("audit");
              told.put("id", last.id()).put("at", last.finishedAt().toString());
              told.put("findings", last.findings().size());
            });
    return body;
  }

  private static ObjectNode rules(RulesStanding standing, ObjectNode body) {
    ObjectNode rules = body.putObject("rules");
    rules.put("serving", standing.publication().hash());
    rules.put("since", standing.publication().at().toString());
    rules.put("how", standing.publication().how().word());
    Json.put(rules, "who", standing.publication().who());
    rules.put("differs", standing.differs());
    ArrayNode candidates = rules.putArray("candidates");
    standing
        .candidates()
        .forEach(
            one -> {
              ObjectNode told = candidates.addObject();
              told.put("name", one.name()).put("hash", one.version().hash());
              told.put("state", one.state().told()).put("objection", one.firstObjection());
            });
    return body;
  }

  private ObjectNode curve(ObjectNode body) {
    DayCurve curve = door.page().curve();
    ObjectNode day = body.putObject("day");
    day.put("since", curve.since().toString());
    day.put("stepSeconds", DayCurve.STEP.toSeconds());
    ArrayNode steps = day.putArray("steps");
    for (DayCurve.Step step : curve.steps()) {
      ObjectNode one = steps.addObject().put("from", step.from().toString());
      for (DayCurve.Kind kind : DayCurve.Kind.values()) {
        one.put(kind.word(), step.counts().getOrDefault(kind, 0L));
      }
    }
    ArrayNode ways = day.putArray("ways");
    curve.ways().entrySet().stream()
        .sorted(Map.Entry.<DayCurve.Way, Long>comparingByValue().reversed())
        .forEach(
            way -> {
              ObjectNode one = ways.addObject();
              one.put("rule", way.getKey().rule().rule());
              one.put("file", way.getKey().rule().file()).put("line", way.getKey().rule().line());
              one.put("territory", way.getKey().territory()).put("count", way.getValue());
            });
    return body;
  }
}
