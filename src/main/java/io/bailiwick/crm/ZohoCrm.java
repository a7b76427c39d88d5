package io.bailiwick.crm;

import io.bailiwick.flow.CreditBook;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Stages;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TraceParent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Zoho over WebClient, in the dialect of its settings: what is said and what it means is the
 * dialect's, how it travels is the wire's, and this only brings them together. No stage fails and
 * none outlives its deadline; they complete on an event loop, so whoever goes on from there must
 * not block. It retries nothing.
 */
public final class ZohoCrm implements Crm, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ZohoCrm.class);

  private final Vertx vertx;
  private final CrmSettings settings;
  private final InstantSource clock;
  private final Wire wire;
  private final CrmCapabilities capabilities;

  /** {@code clock} is the gate's and a Retry-After's; deadlines run on the machine's own. */
  public ZohoCrm(Vertx vertx, CrmSettings settings, TokenSource tokens, InstantSource clock) {
    this(vertx, settings, tokens, clock, Gate.of(settings, clock));
  }

  ZohoCrm(Vertx vertx, CrmSettings settings, TokenSource tokens, InstantSource clock, Gate gate) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.wire = new Wire(vertx, settings, tokens, gate);
    Upsert upsert = settings.upsert();
    this.capabilities =
        settings.dialect().capabilities(settings.batch(), upsert == null ? null : upsert.records());
  }

  @Override
  public CrmGate gate() {
    return wire.gate();
  }

  /** Keeps what calls cost in that book, and learns from it what was spent before and by others. */
  public void keepCredits(CreditBook book) {
    wire.keepCredits(book);
  }

  /** From now on so many calls at a time at most; answers how many are under way then. */
  public CompletionStage<Integer> allow(int calls) {
    return wire.allow(calls);
  }

  @Override
  public CrmCapabilities capabilities() {
    return capabilities;
  }

  @Override
  public CompletionStage<List<Outcome>> assign(List<Assignment> together) {
    return send(settings.dialect().writing().request(together), together)
        .exceptionally(mistake -> Collections.nCopies(together.size(), unjudged(mistake)));
  }

  @Override
  public CompletionStage<Outcome> remove(Assignment assignment) {
    Writing.Request request = settings.dialect().writing().removal(assignment);
    return request == null
        ? CompletableFuture.completedFuture(
            new Outcome.Rejected("a record has one territory, which the next write replaces"))
        : send(request, List.of(assignment))
            .thenApply(outcomes -> outcomes.get(0))
            .exceptionally(ZohoCrm::unjudged);
  }

  @Override
  public CompletionStage<Creation> create(Lead lead, @Nullable TraceParent trace) {
    Upsert upsert = settings.upsert();
    if (upsert == null) {
      return CompletableFuture.completedFuture(
          new Creation.Failed(new Outcome.Rejected("records are not made; crm.create is off")));
    }
    Writing.Request request = upsert.request(lead);
    Buffer body = Buffer.buffer(Json.write(request.body()));
    return wire.call(call(request.method(), request.path()).with(body).in(trace).writing(1))
        .thenApply(
            heard ->
                heard instanceof Heard.Answered answered
                    ? UpsertAnswers.of(answered.reply(), clock.instant())
                    : new Creation.Failed(unanswered(heard)))
        .exceptionally(mistake -> new Creation.Failed(unjudged(mistake)));
  }

  private CompletionStage<List<Outcome>> send(Writing.Request request, List<Assignment> together) {
    Buffer body = Buffer.buffer(Json.write(request.body()));
    // A call for several leads has no place in the trace of one.
    TraceParent trace = together.size() == 1 ? together.get(0).trace() : null;
    int records = together.size();
    return wire.call(call(request.method(), request.path()).with(body).in(trace).writing(records))
        .thenApply(heard -> outcomes(heard, together));
  }

  private static Outcome unjudged(Throwable mistake) {
    LOG.error("an answer of the CRM could not be judged", mistake);
    return new Outcome.Unknown("the CRM's answer could not be judged");
  }

  /** Several in one call; one that its answer does not hold is read for itself. */
  @Override
  public CompletionStage<List<RecordState>> read(String module, List<String> crmIds) {
    return crmIds.size() == 1
        ? one(module, crmIds.get(0)).thenApply(List::of)
        : wire.call(call(HttpMethod.GET, settings.dialect().listing(module, crmIds)))
            .thenCompose(heard -> filled(module, crmIds, listed(heard, crmIds)));
  }

  private CompletionStage<RecordState> one(String module, String crmId) {
    return wire.call(call(HttpMethod.GET, Wire.segment(module) + "/" + Wire.segment(crmId)))
        .thenApply(heard -> state(heard, crmId))
        .exceptionally(ZohoCrm::unread);
  }

  private CompletionStage<List<RecordState>> filled(
      String module, List<String> crmIds, Map<String, RecordState> listed) {
    List<CompletionStage<RecordState>> all = new ArrayList<>();
    for (String crmId : crmIds) {
      RecordState known = listed.get(crmId);
      all.add(known == null ? one(module, crmId) : CompletableFuture.completedStage(known));
    }
    return Stages.all(all);
  }

  /** What one answer tells of several; of none where it is no answer, or one that refuses. */
  private static Map<String, RecordState> listed(Heard heard, List<String> crmIds) {
    if (!(heard instanceof Heard.Answered answered)) {
      return all(crmIds, new RecordState.Unreadable(heard.why()));
    }
    int status = answered.reply().status();
    return status == 204
        ? Map.of()
        : status == 200
            ? RecordShape.states(answered.reply())
            : all(crmIds, new RecordState.Unreadable(heard.why() + " to the reading of records"));
  }

  private static Map<String, RecordState> all(List<String> crmIds, RecordState state) {
    return crmIds.stream().collect(Collectors.toMap(id -> id, id -> state));
  }

  private static RecordState unread(Throwable mistake) {
    LOG.error("an answer of the CRM could not be judged", mistake);
    return new RecordState.Unreadable("the CRM's answer could not be judged");
  }

  /**
   * All pages or Failed; what cannot be read of the API user is UNKNOWN instead. Bounded by the
   * reading deadline, 1,000 pages and 200,000 territories. Of two territories with one id the first
   * counts, one without a name is kept, and a circle of parents is left to whoever walks it.
   */
  @Override
  public CompletionStage<TerritoryAnswer> territories() {
    return new Reading(vertx, wire, settings).all();
  }

  @Override
  public CompletionStage<TerritoryMembers> members(String territory) {
    return settings.dialect() == Dialect.CLASSIC
        ? CompletableFuture.completedFuture(MembersReading.UNTOLD)
        : wire.call(call(HttpMethod.GET, MembersReading.path(territory)))
            .thenApply(MembersReading::of);
  }

  @Override
  public CompletionStage<CrmInspection> inspect() {
    return new Inspecting(vertx, wire, settings, clock).all();
  }

  /** Closes the connections; calls under way end as lost. */
  @Override
  public void close() {
    wire.close();
  }

  private Wire.Call call(HttpMethod method, String path) {
    String target = settings.dialect().api() + path;
    return new Wire.Call(method, target, null, settings.bodyCap(), settings.deadline());
  }

  private List<Outcome> outcomes(Heard heard, List<Assignment> asked) {
    return heard instanceof Heard.Answered answered
        ? settings.dialect().writing().outcomes(answered.reply(), asked, clock.instant())
        : Collections.nCopies(asked.size(), unanswered(heard));
  }

  private static Outcome unanswered(Heard heard) {
    if (heard instanceof Heard.Shut shut) {
      return new Outcome.GateShut(shut.rest(), "not sent: " + shut.why());
    }
    if (heard instanceof Heard.NoToken noToken) {
      return new Outcome.Unauthorized(AccessTrouble.NO_TOKEN, noToken.why());
    }
    return heard instanceof Heard.NotSent notSent
        ? new Outcome.Unavailable(null, notSent.why())
        : new Outcome.Unknown(heard.why());
  }

  private static RecordState state(Heard heard, String crmId) {
    return heard instanceof Heard.Answered answered
        ? RecordShape.state(answered.reply(), crmId)
        : new RecordState.Unreadable(heard.why());
  }
}
