package io.bailiwick.command;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.replay.Expectation;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.FixtureTable;
import io.bailiwick.replay.FixtureText;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The expectations that fixtures would have by the present rules, for {@code --accept}: shown, then
 * written in place. Only what a fixture says of its outcome is replaced.
 */
final class NewExpectations {

  /** One fixture that comes out otherwise, with what it would expect. */
  record Renewed(LeadCase fixture, Expectation expectation, List<String> differences) {}

  private NewExpectations() {}

  /** Those of leads that do not come out as expected. */
  static List<Renewed> of(Fixtures fixtures, Rulebook rulebook) {
    Map<Instant, List<LeadCase>> byInstant = new LinkedHashMap<>();
    fixtures
        .leads()
        .forEach(one -> byInstant.computeIfAbsent(one.at(), at -> new ArrayList<>()).add(one));
    List<Renewed> renewed = new ArrayList<>();
    byInstant.forEach(
        (at, cases) -> {
          List<Lead> leads = cases.stream().map(LeadCase::lead).toList();
          var snapshot = Replay.snapshot(fixtures.territories(), at);
          List<Decision> decisions =
              rulebook.decide(leads, snapshot, at).toCompletableFuture().join();
          for (int i = 0; i < cases.size(); i++) {
            LeadCase one = cases.get(i);
            List<String> differences = one.expectation().differences(decisions.get(i));
            if (!differences.isEmpty()) {
              renewed.add(
                  new Renewed(one, one.expectation().renewed(decisions.get(i)), differences));
            }
          }
        });
    return renewed;
  }

  /** Writes them into their files; each file is whole, old or new, at every moment. */
  static void write(List<Renewed> renewed, Path folder) {
    Map<String, Map<String, Expectation>> byFile = new TreeMap<>();
    for (Renewed one : renewed) {
      byFile
          .computeIfAbsent(one.fixture().file(), file -> new TreeMap<>())
          .put(one.fixture().place(), one.expectation());
    }
    byFile.forEach((file, expectations) -> write(folder.resolve(file), file, expectations));
  }

  private static void write(Path path, String file, Map<String, Expectation> expectations) {
    try {
      WholeFile.write(path, replaced(file, Files.readString(path), expectations));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private static String replaced(String file, String text, Map<String, Expectation> expectations) {
    if (FixtureFolder.table(file)) {
      return FixtureTable.replace(file, text, expectations);
    }
    Map<Integer, Expectation> byNumber = new TreeMap<>();
    expectations.forEach(
        (place, expectation) ->
            byNumber.put(Integer.valueOf(place.substring(file.length() + 1)), expectation));
    return FixtureText.replace(text, byNumber);
  }
}
