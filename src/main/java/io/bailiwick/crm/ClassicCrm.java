package io.bailiwick.crm;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classic dialect, API version 2, to the letter of the seed contract, over WebClient. No stage
 * fails and none outlives its deadline; they complete on an event loop, so whoever goes on from
 * there must not block. It retries nothing.
 */
public final class ClassicCrm implements Crm, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClassicCrm.class);

  /** The name of this dialect. */
  static final String DIALECT = "classic";

  private final Vertx vertx;
  private final CrmSettings settings;
  private final InstantSource clock;
  private final Wire wire;

  /** {@code clock} is for a Retry-After that names a date; deadlines run on the machine's own. */
  public ClassicCrm(Vertx vertx, CrmSettings settings, TokenSource tokens, InstantSource clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    this.wire = new Wire(vertx, settings, tokens);
  }

  @Override
  public CompletionStage<Outcome> assign(Assignment assignment) {
    Buffer body = Buffer.buffer(Json.write(Map.of("Territory", assignment.territoryId())));
    return wire.call(
            call(HttpMethod.PUT, assignment.module(), assignment.crmId())
                .with(body)
                .in(assignment.trace()))
        .thenApply(heard -> outcome(heard, assignment))
        .exceptionally(
            mistake -> {
              LOG.error("an answer of the CRM could not be judged", mistake);
              return new Outcome.Unknown("the CRM's answer could not be judged");
            });
  }

  @Override
  public CompletionStage<RecordState> read(String module, String crmId) {
    return wire.call(call(HttpMethod.GET, module, crmId))
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
    wire.close();
  }

  private Wire.Call call(HttpMethod method, String module, String crmId) {
    String target = "/crm/v2/" + Wire.segment(module) + "/" + Wire.segment(crmId);
    return new Wire.Call(method, target, null, settings.bodyCap(), settings.deadline());
  }

  private Outcome outcome(Heard heard, Assignment assignment) {
    if (heard instanceof Heard.Answered answered) {
      return Answers.outcome(answered.reply(), assignment, clock.instant());
    }
    if (heard instanceof Heard.NoToken noToken) {
      return new Outcome.Unauthorized(noToken.why());
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
