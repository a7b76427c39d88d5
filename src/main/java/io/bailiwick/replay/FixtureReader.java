package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.replay.CaseResult.Kind;
import io.bailiwick.replay.Coverage.Declaration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes fixtures of their files' texts: territories, leads with what they expect, and stories. A
 * fixture that is wrong becomes an error of the replay and keeps no other from being run.
 */
public final class FixtureReader {

  private final SortedMap<String, String> texts;
  private final List<LeadCase> leads = new ArrayList<>();
  private final List<Story> stories = new ArrayList<>();
  private final List<CaseResult> unreadable = new ArrayList<>();

  private FixtureReader(Map<String, String> texts) {
    this.texts = new TreeMap<>(texts);
  }

  /**
   * All fixtures among these files. Throws IllegalArgumentException where {@code territories.json}
   * is missing or wrong, or {@code unfired.json} is wrong.
   */
  public static Fixtures read(Map<String, String> texts) {
    return new FixtureReader(texts).read();
  }

  private Fixtures read() {
    TerritoriesJson.World territories = TerritoriesJson.read(bytes("territories.json"));
    List<Declaration> unfired = unfired();
    for (String file : files("leads")) {
      if (FixtureFolder.table(file)) {
        attemptTable(file);
      } else {
        attempt(Kind.LEAD, file, this::readLeads);
      }
    }
    files("stories").forEach(file -> attempt(Kind.STORY, file, this::readStory));
    return new Fixtures(territories, leads, stories, unfired, unreadable);
  }

  private interface Reading {
    void of(String file, JsonNode root);
  }

  private void attempt(Kind kind, String file, Reading reading) {
    try {
      reading.of(file, json(file));
    } catch (IllegalArgumentException e) {
      unreadable.add(CaseResult.error(kind, file, file, String.valueOf(e.getMessage())));
    }
  }

  private void readLeads(String file, JsonNode root) {
    var members = new Members(root, file, Set.of("at", "leads"));
    Instant at = members.instant("at");
    int number = 0;
    for (JsonNode node : members.needed("leads")) {
      String place = file + "#" + ++number;
      attempt(Kind.LEAD, place, node, at);
    }
  }

  private void attemptTable(String file) {
    try {
      for (FixtureTable.Line line : FixtureTable.read(file, texts.getOrDefault(file, ""))) {
        LeadCase fixture = line.fixture();
        if (fixture == null) {
          String why = String.valueOf(line.trouble());
          unreadable.add(CaseResult.error(Kind.LEAD, line.place(), line.place(), why));
        } else {
          leads.add(fixture);
        }
      }
    } catch (IllegalArgumentException e) {
      unreadable.add(CaseResult.error(Kind.LEAD, file, file, String.valueOf(e.getMessage())));
    }
  }

  private void attempt(Kind kind, String place, JsonNode node, Instant at) {
    try {
      leads.add(lead(place, node, at));
    } catch (IllegalArgumentException e) {
      String name = node.path("name").asText(place);
      unreadable.add(CaseResult.error(kind, place, name, String.valueOf(e.getMessage())));
    }
  }

  private static LeadCase lead(String place, JsonNode node, Instant at) {
    var members = new Members(node, place, Set.of("name", "at", "lead", "expect"));
    Expectation expectation = members.expectation("expect");
    if (!Expectation.OF_DECISIONS.contains(expectation.status())) {
      throw members.wrong(
          "expects a status that is none of " + String.join(", ", Expectation.OF_DECISIONS));
    }
    Instant own = members.has("at") ? members.instant("at") : at;
    return new LeadCase(place, members.text("name"), own, members.lead("lead"), expectation);
  }

  private void readStory(String file, JsonNode root) {
    stories.add(StoryReader.read(file, root));
  }

  private List<Declaration> unfired() {
    List<Declaration> unfired = new ArrayList<>();
    if (texts.containsKey("unfired.json")) {
      var members = new Members(json("unfired.json"), "unfired.json", Set.of("unfired"));
      for (JsonNode node : members.needed("unfired")) {
        var one = new Members(node, "unfired.json", Set.of("rule", "reason"));
        unfired.add(new Declaration(one.text("rule"), one.text("reason")));
      }
    }
    return unfired;
  }

  private JsonNode json(String file) {
    try {
      return Json.read(bytes(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getMessage(), e);
    }
  }

  private byte[] bytes(String file) {
    String text = texts.get(file);
    if (text == null) {
      throw new IllegalArgumentException("there is no " + file + " among the fixtures");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The files of a folder within, in the paths' order. */
  private List<String> files(String within) {
    return texts.keySet().stream().filter(path -> path.startsWith(within + "/")).toList();
  }
}
