package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.Config;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.Problem;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A lead that a person asks about, by what they type: a recorded lead's id, a fixture's place or
 * name, a file of JSON, or the JSON itself; with the rules and territories it is to be asked
 * beside.
 *
 * @param said what it is, for people
 * @param entry where it is recorded; null for others
 */
record AskedLead(
    String said,
    Lead lead,
    RuleFiles rules,
    TerritorySnapshot territories,
    Instant at,
    @Nullable Entry entry) {

  /** Why it cannot be decided again, for people; null where it can. */
  @Nullable
  String gone() {
    return entry == null || entry.stage() != Stage.ERASED
        ? null
        : "Lead %s was erased at %s: nothing is left to decide again; why %s says what was decided."
            .formatted(entry.id(), entry.changedAt(), entry.id());
  }

  /** As a recorded lead was asked, with how long it had waited; as one that comes now. */
  Rulebook.Asked asked() {
    Decision decision = entry == null ? null : entry.decision();
    return decision == null
        ? new Rulebook.Asked(lead, null)
        : Rulebook.Asked.of(lead, decision.receipt());
  }

  /** Empty where nothing of that name is known; throws IllegalArgumentException for a bad lead. */
  static Optional<AskedLead> find(String typed, Config config) {
    if (typed.startsWith("{")) {
      return Optional.of(ofJson(typed.getBytes(StandardCharsets.UTF_8), "the lead", config));
    }
    if (typed.endsWith(".json") && Files.isRegularFile(Path.of(typed))) {
      try {
        return Optional.of(ofJson(Files.readAllBytes(Path.of(typed)), typed, config));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + typed, e);
      }
    }
    Optional<AskedLead> fixture = ofFixture(typed, config);
    return fixture.isPresent() ? fixture : recorded(typed, config);
  }

  /** A recorded lead is asked by the rules and at the instant it was decided by. */
  private static Optional<AskedLead> recorded(String id, Config config) {
    if (!config.journal().mayBeThere()) {
      return Optional.empty();
    }
    try (var reader = SqlReader.open(config.journal())) {
      Optional<Entry> found = reader.find(id).toCompletableFuture().join();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Decision decision = found.get().decision();
      RuleFiles rules = decision == null ? null : kept(reader, decision.receipt().rulebook());
      TerritorySnapshot territories =
          reader
              .latestSnapshot()
              .toCompletableFuture()
              .join()
              .map(KeptSnapshot::snapshot)
              .orElseThrow(() -> new IllegalArgumentException("no territories were read yet"));
      return Optional.of(
          new AskedLead(
              "lead " + id,
              found.get().lead(),
              rules == null ? RuleFolder.read(config.rules()) : rules,
              territories,
              decision == null ? Instant.now() : decision.receipt().decidedAt(),
              found.get()));
    }
  }

  private static @Nullable RuleFiles kept(SqlReader reader, String hash) {
    return reader.version(hash).toCompletableFuture().join().map(v -> v.files()).orElse(null);
  }

  private static Optional<AskedLead> ofFixture(String typed, Config config) {
    if (!Files.isDirectory(config.fixtures())) {
      return Optional.empty();
    }
    Fixtures fixtures = FixtureFolder.read(config.fixtures());
    for (LeadCase one : fixtures.leads()) {
      if (one.place().equals(typed) || one.name().equals(typed)) {
        return Optional.of(
            new AskedLead(
                "fixture %s, \"%s\"".formatted(one.place(), one.name()),
                one.lead(),
                RuleFolder.read(config.rules()),
                Replay.snapshot(fixtures.territories(), one.at()),
                one.at(),
                null));
      }
    }
    return Optional.empty();
  }

  private static AskedLead ofJson(byte[] body, String said, Config config) {
    JsonNode node;
    try {
      node = Json.read(body);
    } catch (IOException e) {
      throw new IllegalArgumentException(said + " is not JSON: " + e.getMessage(), e);
    }
    LeadJson.Read read = LeadJson.read(node, "", SourceMapping.PLAIN, false);
    Lead lead = read.lead();
    if (lead == null) {
      throw new IllegalArgumentException(
          said
              + ": "
              + read.flaws().stream()
                  .map((Problem.Flaw flaw) -> flaw.pointer() + " " + flaw.detail())
                  .collect(Collectors.joining("; ")));
    }
    Instant now = Instant.now();
    return new AskedLead(
        said,
        lead,
        RuleFolder.read(config.rules()),
        KnownTerritories.find(null, config, now).snapshot(),
        now,
        null);
  }
}
