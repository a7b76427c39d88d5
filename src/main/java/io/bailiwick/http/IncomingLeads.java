package io.bailiwick.http;

import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** Reads the leads of a request: bounded, by their source's mapping, and off the event loop. */
final class IncomingLeads {

  /** Larger bodies are taken apart on a worker, so that no event loop is held up. */
  private static final int INLINE_BYTES = 32 * 1024;

  /** A request's body, the mapping it was read by, and its leads. */
  record Sent(Buffer body, SourceMapping mapping, LeadBodies.Parsed parsed) {}

  private final Vertx vertx;
  private final Sources sources;
  private final BodyReader bodies;
  private final LeadBodies parser;
  private final Admission admission;

  IncomingLeads(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.sources = door.sources();
    this.admission = door.admission();
    this.bodies = new BodyReader(settings.bodyMax());
    this.parser = new LeadBodies(settings);
  }

  /** Fails with a {@link Refusal} where the body as a whole is not understood. */
  Future<Sent> read(RoutingContext context) {
    return bodies
        .read(context)
        .compose(body -> admission.prove(context, body).compose(done -> parse(context, body)));
  }

  /** A source's key speaks for its own source, whose file it need not have. */
  private @Nullable String source(RoutingContext context) {
    String named = context.request().getParam("source");
    String own = Caller.of(context).source();
    if (own == null) {
      return named;
    }
    if (named != null && !named.equals(own)) {
      throw new Refusal(ProblemType.FORBIDDEN, "This key is that of another source.");
    }
    return sources.files().containsKey(own) ? own : null;
  }

  private Future<Sent> parse(RoutingContext context, Buffer body) {
    SourceMapping mapping = sources.of(source(context));
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    byte[] bytes = body.getBytes();
    return (bytes.length <= INLINE_BYTES
            ? Future.succeededFuture(parser.parse(type, bytes, mapping))
            : vertx.executeBlocking(() -> parser.parse(type, bytes, mapping), false))
        .map(parsed -> new Sent(body, mapping, parsed));
  }
}
