package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.ConfigReader;
import io.bailiwick.Service;
import io.bailiwick.checker.Checker;
import io.bailiwick.checker.CrmTap;
import io.bailiwick.checker.Evidence;
import io.bailiwick.checker.Evidence.Bounds;
import io.bailiwick.checker.FinalJournal;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.store.JournalPlace;
import io.bailiwick.store.SqlJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of real processes left behind, held against the promises. The processes have ended.
 *
 * @param environment of the processes, which says how their rulebooks judge
 */
record WhatIsLeft(
    JournalPlace place, Map<String, String> environment, CarefulSources sources, CrmTap tap) {

  private static final List<String> UNDER_WAY = List.of("accepted", "decided", "sending");

  /** The most calls that one instance has under way. */
  private static final int CALLS = 10;

  /**
   * Throws AssertionError that names each promise that was not kept.
   *
   * @param healed when the last fault ended
   * @param converge within this after it all was to be at rest
   */
  void check(Instant healed, Duration converge) {
    Map<String, Rulebook> compiled = new HashMap<>();
    try (SqlJournal journal = SqlJournal.open(place)) {
      var last = new FinalJournal(journal, hash -> rulebook(journal, compiled, hash));
      var bounds =
          new Bounds(
              CALLS,
              healed,
              Instant.now(),
              converge,
              Duration.ofSeconds(10),
              Duration.ofMillis(500),
              Duration.ofMillis(100),
              false);
      Checker.check(
          new Evidence(
              sources.told(),
              last.leads(),
              tap.calls(),
              tap.attempts(),
              shown(),
              last.reigns(),
              bounds));
    } finally {
      compiled.values().forEach(Rulebook::close);
    }
  }

  private Rulebook rulebook(Journal journal, Map<String, Rulebook> compiled, String hash) {
    return compiled.computeIfAbsent(
        hash,
        wanted -> {
          var version = journal.version(wanted).toCompletableFuture().join().orElseThrow();
          var settings = Service.judge(ConfigReader.read(null, environment, Map.of()));
          var compilation = RulebookCompiler.compile(version.files(), settings.onThreads(0));
          return ((Compilation.Ready) compilation).rulebook();
        });
  }

  /** By the sandbox's own log, what each record was last made to show. */
  private Map<String, String> shown() {
    Map<String, String> shown = new HashMap<>();
    for (JsonNode write : writes(tap.url())) {
      if (write.path("result").asText().matches("written|updated")) {
        shown.put("Leads/" + write.path("id").asText(), write.path("territory").asText());
      }
    }
    return shown;
  }

  /** The sandbox's own log. */
  static JsonNode writes(String crm) {
    return RunningService.get(crm, "/sandbox/writes?limit=1000000").body().path("writes");
  }

  /** How many leads are under way in the journal of the service at that URL, more or less. */
  static int underWay(String url) {
    int left = 0;
    for (String status : UNDER_WAY) {
      left += leads(url, "status=" + status);
    }
    return left + leads(url, "reason=crm_unavailable");
  }

  /** Waits until there is none; else throws AssertionError with some of those that there are. */
  static void awaitRest(String url) {
    try {
      RunningService.await("nothing is left under way", () -> underWay(url) == 0);
    } catch (AssertionError waited) {
      List<String> left = new ArrayList<>();
      for (String status : UNDER_WAY) {
        left.addAll(stories(url, "status=" + status));
      }
      left.addAll(stories(url, "reason=crm_unavailable"));
      throw new AssertionError(waited.getMessage() + ": " + String.join("\n", left), waited);
    }
  }

  private static List<String> stories(String url, String which) {
    JsonNode leads = RunningService.get(url, "/v1/leads?limit=3&" + which).body().path("leads");
    List<String> stories = new ArrayList<>();
    for (JsonNode lead : leads) {
      stories.add(RunningService.get(url, "/v1/leads/" + lead.path("id").asText()).text());
    }
    return stories;
  }

  private static int leads(String url, String which) {
    String path = "/v1/leads?limit=1&" + which;
    return RunningService.get(url, path).body().path("leads").size();
  }

  /** One that goes back from sending to decided may be missed by the lists. */
  static boolean atRest(String url, String id) {
    String status = RunningService.get(url, "/v1/leads/" + id).body().path("status").asText();
    return !UNDER_WAY.contains(status);
  }
}
