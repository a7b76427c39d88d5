package io.bailiwick.crm;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TraceParent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

  /** Short beside any call to a CRM, long beside what claims leads together. */
  private static final long LINGER_MILLIS = 5;

  private final Vertx vertx;
  private final CrmSettings settings;
  private final InstantSource clock;
  private final Wire wire;
  private final Gathering gathering;

  /** {@code clock} is for a Retry-After that names a date; deadlines run on the machine's own. */
  public ZohoCrm(Vertx vertx, CrmSettings settings, TokenSource tokens, InstantSource clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.wire = new Wire(vertx, settings, tokens);
    int most = Math.min(settings.batch(), settings.dialect().writing().batch());
    Writing writing = settings.dialect().writing();
    this.gathering =
        new Gathering(
            vertx, most, LINGER_MILLIS, together -> send(writing.request(together), together));
  }

  /** Several that are asked for together go in one call, where the dialect has such a call. */
  @Override
  public CompletionStage<Outcome> assign(Assignment assignment) {
    return gathering.add(assignment).exceptionally(ZohoCrm::unjudged);
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

  private CompletionStage<List<Outcome>> send(Writing.Request request, List<Assignment> together) {
    Buffer body = Buffer.buffer(Json.write(request.body()));
    // A call for several leads has no place in the trace of one.
    TraceParent trace = together.size() == 1 ? together.get(0).trace() : null;
    return wire.call(call(request.method(), request.path()).with(body).in(trace))
        .thenApply(heard -> outcomes(heard, together));
  }

  private static Outcome unjudged(Throwable mistake) {
    LOG.error("an answer of the CRM could not be judged", mistake);
    return new Outcome.Unknown("the CRM's answer could not be judged");
  }

  @Override
  public CompletionStage<RecordState> read(String module, String crmId) {
    return wire.call(call(HttpMethod.GET, Wire.segment(module) + "/" + Wire.segment(crmId)))
        .thenApply(heard -> state(heard, crmId))
        .exceptionally(
            mistake -> {
              LOG.error("an answer of the CRM could not be judged", mistake);
              return new RecordState.Unreadable("the CRM's answer could not be judged");
            });
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
  public CompletionStage<CrmInspection> inspect() {
    return new Inspecting(vertx, wire, settings, clock).all();
  }

  /** Closes the connections; calls under way end as lost. */
  @Override
  public void close() {
    gathering.close();
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
