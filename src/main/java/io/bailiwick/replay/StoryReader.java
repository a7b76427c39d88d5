package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Stage;
import io.bailiwick.replay.Story.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one story; what is wrong is an IllegalArgumentException that says where. */
final class StoryReader {

  /** The clock of fixtures that name none. */
  static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

  private static final Duration LONGEST = Duration.ofDays(60);

  private final String file;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> posted = new HashSet<>();

  private StoryReader(String file) {
    this.file = file;
  }

  static Story read(String file, JsonNode root) {
    var members = new Members(root, file, Set.of("name", "why", "start", "steps"));
    var reader = new StoryReader(file);
    for (JsonNode step : members.needed("steps")) {
      reader.step(step);
    }
    if (reader.steps.stream().noneMatch(Step.Expect.class::isInstance)) {
      throw members.wrong("expects nothing");
    }
    Instant start = members.has("start") ? members.instant("start") : START;
    return new Story(
        file, members.text("name"), members.text("why"), start, List.copyOf(reader.steps));
  }

  private void step(JsonNode node) {
    String place = file + " step " + (steps.size() + 1);
    var members = new Members(node, place, Set.of("at", "as", "post", "crm", "expect"));
    Duration at = members.duration("at");
    Duration last = steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).at();
    if (at.compareTo(last) < 0 || at.compareTo(LONGEST) > 0) {
      throw members.wrong("is before the step above it, or more than 60 days from the start");
    }
    int kinds = 0;
    for (String kind : List.of("post", "crm", "expect")) {
      kinds += members.has(kind) ? 1 : 0;
    }
    if (kinds != 1) {
      throw members.wrong("needs exactly one of \"post\", \"crm\" and \"expect\"");
    }
    if (members.has("post")) {
      steps.add(post(at, members));
    } else if (members.has("crm")) {
      steps.add(new Step.Event(at, members.needed("crm")));
    } else {
      steps.add(new Step.Expect(at, expected(members, place)));
    }
  }

  private Step post(Duration at, Members members) {
    Lead lead = members.lead("post");
    String crmId = lead.crmId();
    if (crmId == null) {
      throw members.wrong("posts a lead without crmId");
    }
    String as = members.has("as") ? members.text("as") : crmId;
    if (!posted.add(as)) {
      throw members.wrong("posts %s again; name this one with \"as\"".formatted(as));
    }
    return new Step.Post(at, as, lead, members.needed("post").toString());
  }

  private Map<String, Expectation> expected(Members members, String place) {
    JsonNode leads = members.needed("expect");
    var each = new Members(leads, place, posted);
    Map<String, Expectation> expected = new LinkedHashMap<>();
    leads.fieldNames().forEachRemaining(name -> expected.put(name, each.expectation(name)));
    for (Expectation expectation : expected.values()) {
      if (Arrays.stream(Stage.values())
          .noneMatch(stage -> stage.status().equals(expectation.status()))) {
        throw members.wrong("expects a status that no lead has: " + expectation.status());
      }
    }
    return expected;
  }
}
