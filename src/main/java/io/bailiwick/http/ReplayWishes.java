package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Publisher;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.runs.ReplayWish;
import io.bailiwick.replay.runs.ReplayWish.Leads;
import io.vertx.core.Future;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which replay is asked for, and finds its two rulebooks. */
final class ReplayWishes {

  private static final Set<String> MEMBERS =
      Set.of("base", "candidate", "leads", "history", "file", "mutants");

  private static final String SERVING = "serving";

  /** What files are called that can be read; nothing of the name is used but its ending. */
  private static final Pattern FILE =
      Pattern.compile(
          "[^./\\\\]{1,200}\\.(?:json|ndjson|jsonl|csv|tsv|xlsx)(?:\\.(?:gz|bz2|zip))?");

  private final Door door;
  private final Journal journal;
  private final Publisher publisher;

  ReplayWishes(Door door) {
    this.door = door;
    this.journal = door.journal();
    this.publisher = door.publisher();
  }

  private record Named(RuleVersion version, String said) {}

  /** Fails with a {@link Refusal} that says what is wrong. */
  Future<ReplayWish> read(JsonNode body) {
    if (!body.isObject()) {
      throw wrong("The body must be an object.");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw wrong("%s is not known; use %s.".formatted(name, MEMBERS));
              }
            });
    Leads leads = leads(body);
    boolean mutants = body.path("mutants").asBoolean();
    return named(body.path("base").asText(SERVING))
        .compose(
            base ->
                candidate(body.path("candidate"), base)
                    .compose(
                        candidate ->
                            snapshot()
                                .map(
                                    now ->
                                        new ReplayWish(
                                            base.version(),
                                            base.said(),
                                            candidate.version(),
                                            candidate.said(),
                                            leads,
                                            now,
                                            mutants))));
  }

  static String told(Leads leads) {
    if (leads instanceof Leads.OfHistory history) {
      return "recorded in the last " + history.back().toHours() + " h";
    }
    return leads instanceof Leads.OfFile file ? file.name() : "fixtures";
  }

  private static Leads leads(JsonNode body) {
    String which = body.path("leads").asText("fixtures");
    return switch (which) {
      case "fixtures" -> new Leads.OfFixtures();
      case "history" ->
          new Leads.OfHistory(Spans.read("history", body.path("history").asText("7d")));
      case "file" -> file(body.path("file"));
      default -> throw wrong("leads must be one of fixtures, history, file.");
    };
  }

  private static Leads file(JsonNode file) {
    String name = file.path("name").asText();
    if (!FILE.matcher(name).matches()) {
      throw wrong(
          "file.name must end in .json, .ndjson, .jsonl, .csv, .tsv or .xlsx, or one of these with"
              + " .gz, .bz2 or .zip, and have no other dot.");
    }
    try {
      return new Leads.OfFile(name, Base64.getDecoder().decode(file.path("base64").asText()));
    } catch (IllegalArgumentException e) {
      throw wrong("file.base64 must be the file's bytes in base64.");
    }
  }

  /** Uploaded files as they stand; those that bring no fixtures are proved by the base's. */
  private Future<Named> candidate(JsonNode node, Named base) {
    if (node.isTextual()) {
      return named(node.asText());
    }
    if (!node.isObject()) {
      throw wrong("candidate must be a name, a hash, or the files themselves.");
    }
    RuleUpload upload =
        RuleUpload.read(Json.write(node).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RuleVersion version =
        upload.ownFixtures()
            ? upload.version()
            : new RuleVersion(upload.version().files(), base.version().fixtures());
    return Future.succeededFuture(new Named(version, "as edited"));
  }

  /** The version of that hash, the candidate of that name, or what serves. */
  Future<RuleVersion> version(String name) {
    return named(name).map(Named::version);
  }

  private Future<Named> named(String name) {
    return Future.fromCompletionStage(
        switch (name) {
          case SERVING ->
              publisher
                  .standing()
                  .thenCompose(standing -> journal.version(standing.publication().hash()))
                  .thenApply(kept -> new Named(kept.orElseThrow(ReplayWishes::unknown), SERVING));
          default ->
              name.matches("[0-9a-f]{64}")
                  ? journal
                      .version(name)
                      .thenApply(
                          kept ->
                              new Named(
                                  kept.orElseThrow(ReplayWishes::unknown), "an earlier version"))
                  : publisher.candidate(name).thenApply(found -> known(found));
        });
  }

  private static Named known(@Nullable Candidate candidate) {
    if (candidate == null) {
      throw unknown();
    }
    return new Named(candidate.version(), "candidate " + candidate.name());
  }

  /** The territories as now known. */
  Future<TerritorySnapshot> snapshot() {
    return Future.fromCompletionStage(
        door.timers()
            .turn()
            .thenApply(
                now ->
                    door.flow()
                        .directory()
                        .current()
                        .orElseThrow(
                            () ->
                                new Refusal(
                                    ProblemType.TERRITORIES_UNREAD,
                                    ProblemType.TERRITORIES_UNREAD.advice()))));
  }

  private static Refusal wrong(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }

  private static Refusal unknown() {
    return new Refusal(
        ProblemType.NOT_FOUND, "There is no version of that hash and no candidate of that name.");
  }
}
