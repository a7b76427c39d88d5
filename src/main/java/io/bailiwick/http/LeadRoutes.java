package io.bailiwick.http;

import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.Role;
import io.bailiwick.watch.trace.Traces;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/leads}: on disk first, then 202. */
final class LeadRoutes {

  private static final int KEY_MAX = 255;

  private static final Logger LOG = LoggerFactory.getLogger(LeadRoutes.class);

  private static final String KEY_HEADER = "Idempotency-Key";

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Intake intake;
  private final JournalReader journal;
  private final Waiting waiting;
  private final IncomingLeads incoming;
  private final Traces traces;
  private final Admission admission;

  LeadRoutes(Vertx vertx, HttpSettings settings, Door door) {
    this.vertx = vertx;
    this.settings = settings;
    this.intake = door.flow().intake();
    this.journal = door.journal();
    this.waiting = door.waiting();
    this.traces = door.traces();
    this.admission = door.admission();
    this.incoming = new IncomingLeads(vertx, settings, door);
  }

  void mount(Routes routes) {
    routes.post("/v1/leads", this::post);
  }

  /** One request's leads: what was refused, what is stored, and how the source wants to hear. */
  private record Post(IncomingLeads.Sent sent, List<List<Problem.Flaw>> refused, Origin origin) {

    LeadBodies.Parsed parsed() {
      return sent.parsed();
    }

    List<Arrival> arrivals() {
      List<Arrival> arrivals = new ArrayList<>();
      for (int i = 0; i < refused.size(); i++) {
        Lead lead = parsed().items().get(i).read().lead();
        if (refused.get(i).isEmpty() && lead != null) {
          arrivals.add(new Arrival(lead, parsed().items().get(i).text(), origin));
        }
      }
      return arrivals;
    }
  }

  private void post(RoutingContext context) {
    Traces.Arrival arrival = traces.arrived(context.request().getHeader("traceparent"));
    context.addEndHandler(sent -> arrival.answered(context.response().getStatusCode()));
    incoming
        .read(context)
        .compose(sent -> take(context, sent, new Origin(arrival.place(), sender(context))))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Future<Void> take(RoutingContext context, IncomingLeads.Sent sent, Origin origin) {
    FormPosts.target(sent);
    if (FormPosts.trapped(sent)) {
      // Whoever is trapped is answered as if the lead had been taken.
      LOG.warn("a lead of source {} filled the honeypot; nothing is stored", origin.sender());
      if (!FormPosts.redirected(context, sent)) {
        Answers.json(context, 202, Json.mapper().createObjectNode().put("status", "accepted"));
      }
      return Future.succeededFuture();
    }
    admission.count(context, sent.parsed().items().size());
    return accept(context, checked(sent, origin));
  }

  private static @Nullable String sender(RoutingContext context) {
    return Caller.of(context).source();
  }

  private Post checked(IncomingLeads.Sent sent, Origin origin) {
    LeadBodies.Parsed parsed = sent.parsed();
    List<List<Problem.Flaw>> refused = new ArrayList<>();
    for (LeadBodies.Item item : parsed.items()) {
      List<Problem.Flaw> flaws = new ArrayList<>(item.read().flaws());
      Lead lead = item.read().lead();
      if (lead != null && lead.crmId() == null) {
        flaws.addAll(withoutRecord(item.pointer(), lead));
      }
      refused.add(flaws);
    }
    return new Post(sent, refused, origin);
  }

  /** What keeps a record from being made of it. */
  private List<Problem.Flaw> withoutRecord(String pointer, Lead lead) {
    NewRecords records = settings.records();
    if (records == null) {
      return List.of(
          new Problem.Flaw(
              pointer + "/crmId",
              "is needed: the id of the record in the CRM. Creating records is not switched on"
                  + " (crm.create)."));
    }
    return records.missing(lead).stream()
        .map(flaw -> new Problem.Flaw(pointer + "/" + flaw.field(), flaw.message()))
        .toList();
  }

  private Future<Void> accept(RoutingContext context, Post post) {
    List<Arrival> arrivals = post.arrivals();
    if (arrivals.isEmpty()) {
      List<Problem.Flaw> all = post.refused().stream().flatMap(List::stream).toList();
      String detail = post.parsed().several() ? "Every lead was refused." : "The lead was refused.";
      throw new Refusal(new Problem(ProblemType.INVALID_LEAD, detail + " Nothing is stored.", all));
    }
    Key key = key(context, post.sent().body());
    return Future.fromCompletionStage(intake.accept(arrivals, key), vertx.getOrCreateContext())
        .recover(LeadRoutes::notStored)
        .compose(acceptance -> answer(context, post, stored(context, acceptance)));
  }

  private static Future<Acceptance> notStored(Throwable failure) {
    return Future.failedFuture(
        new Refusal(ProblemType.JOURNAL_UNAVAILABLE, "The journal could not write; see /readyz."));
  }

  private static List<Entry> stored(RoutingContext context, Acceptance acceptance) {
    if (acceptance instanceof Acceptance.Accepted accepted) {
      return accepted.entries();
    }
    if (acceptance instanceof Acceptance.Repeated repeated) {
      return repeated.entries();
    }
    if (Admission.messageId(context) != null && context.request().getHeader(KEY_HEADER) == null) {
      throw Admission.reusedId(Caller.of(context));
    }
    throw new Refusal(
        ProblemType.KEY_REUSED, "Under this key another body came before. Nothing is stored.");
  }

  private Future<Void> answer(RoutingContext context, Post post, List<Entry> entries) {
    if (FormPosts.redirected(context, post.sent())) {
      return Future.succeededFuture();
    }
    if (post.parsed().several()) {
      var batch = new BatchAnswer(post.parsed().items(), post.refused(), entries);
      Answers.json(context, batch.status(), batch.body());
      return Future.succeededFuture();
    }
    Entry entry = entries.get(0);
    LeadBodies.Item item = post.parsed().items().get(0);
    context.response().putHeader(HttpHeaders.LOCATION, "/v1/leads/" + entry.id());
    Duration wait = Preference.wait(context.request(), settings.waitMax());
    if (wait == null || Caller.of(context).role() == Role.FORM) {
      Answers.json(context, 202, BatchAnswer.accepted(entry, item));
      return Future.succeededFuture();
    }
    context.response().putHeader("Preference-Applied", "wait=" + wait.toSeconds());
    return waiting
        .settled(vertx, journal, entry.id(), wait)
        .compose(settled -> outcome(context, entry, item, settled));
  }

  /** 200 with the outcome, or 202 with the lead as it is when the time is over. */
  private Future<Void> outcome(
      RoutingContext context, Entry first, LeadBodies.Item item, Optional<Entry> settled) {
    return Future.fromCompletionStage(
            journal
                .find(first.id())
                .thenCombine(
                    journal.history(first.id()),
                    (now, history) ->
                        EntryJson.write(settled.or(() -> now).orElse(first), history)))
        .map(
            body -> {
              BatchAnswer.warn(body, item);
              Answers.json(context, settled.isPresent() ? 200 : 202, body);
              return null;
            });
  }

  private static @Nullable Key key(RoutingContext context, Buffer body) {
    String given = context.request().getHeader(KEY_HEADER);
    String value = given == null ? Admission.messageId(context) : given;
    if (value == null) {
      return null;
    }
    if (value.isBlank() || value.length() > KEY_MAX) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST, KEY_HEADER + " must have 1 to " + KEY_MAX + " characters.");
    }
    // A source's keys are its own: another's of the same name is another key.
    String sender = sender(context);
    String scoped = sender == null ? value : sender + "/" + value;
    return new Key(scoped, Digests.sha256(body.getBytes()));
  }
}
