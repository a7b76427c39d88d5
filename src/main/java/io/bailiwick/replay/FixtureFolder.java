package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.replay.CaseResult.Kind;
import io.bailiwick.replay.Coverage.Declaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@code fixtures/}: territories, leads with what they expect, and stories. A fixture that is
 * wrong becomes an error of the replay and keeps no other from being run.
 */
public final class FixtureFolder {

  /** The most files of leads, and of stories. */
  public static final int MAX_FILES = 10_000;

  /** The largest file, in bytes. */
  public static final long MAX_BYTES = 16L << 20;

  private static final Set<String> STATUSES = Set.of("assign", "queue");

  private final Path folder;
  private final List<LeadCase> leads = new ArrayList<>();
  private final List<Story> stories = new ArrayList<>();
  private final List<CaseResult> unreadable = new ArrayList<>();

  private FixtureFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * All fixtures of a folder. Throws IllegalArgumentException where there is no such folder, or its
   * {@code territories.json} or {@code unfired.json} cannot be read.
   */
  public static Fixtures read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder of fixtures: " + folder);
    }
    return new FixtureFolder(folder).read();
  }

  private Fixtures read() {
    TerritoriesJson.World territories = TerritoriesJson.read(bytes("territories.json"));
    List<Declaration> unfired = unfired();
    files("leads").forEach(file -> attempt(Kind.LEAD, file, this::readLeads));
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

  private void attempt(Kind kind, String place, JsonNode node, Instant at) {
    try {
      leads.add(lead(place, node, at));
    } catch (IllegalArgumentException e) {
      String name = node.path("name").asText(place);
      unreadable.add(CaseResult.error(kind, place, name, String.valueOf(e.getMessage())));
    }
  }

  private static LeadCase lead(String place, JsonNode node, Instant at) {
    var members = new Members(node, place, Set.of("name", "lead", "expect"));
    Expectation expectation = members.expectation("expect");
    if (!STATUSES.contains(expectation.status())) {
      String words =
          Arrays.toString(Decision.Action.values())
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\W+", " ");
      throw members.wrong("expects a status that is none of" + words.stripTrailing());
    }
    return new LeadCase(place, members.text("name"), at, members.lead("lead"), expectation);
  }

  private void readStory(String file, JsonNode root) {
    stories.add(StoryReader.read(file, root));
  }

  private List<Declaration> unfired() {
    List<Declaration> unfired = new ArrayList<>();
    if (Files.exists(folder.resolve("unfired.json"))) {
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
    Path path = folder.resolve(file);
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + path, e);
    }
  }

  /** The JSON files of a folder within, by name, as paths from the fixtures' folder. */
  private List<String> files(String within) {
    Path inner = folder.resolve(within);
    if (!Files.isDirectory(inner)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(inner)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> within + "/" + file.getFileName())
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot list " + inner, e);
    }
  }
}
