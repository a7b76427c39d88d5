package io.bailiwick.replay;

import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a table of fixtures makes of the files its rows belong to: which are new, which change and
 * how, and the text each would have. A file whose fixtures are the same is left as it is.
 */
public final class FixtureImport {

  /** The form of a path that a row may name: a file of leads, and nowhere else. */
  private static final Pattern PATH = Pattern.compile("leads/[\\w][\\w .-]*\\.(json|csv)");

  /** One file that would be written, what of it changes, and its text. */
  public record Written(String file, String said, String text) {}

  private FixtureImport() {}

  /**
   * Compares a table's rows with the fixtures that are there; rows that name no file belong to
   * {@code standard}. Throws IllegalArgumentException that tells the first row that is wrong.
   */
  public static List<Written> of(List<FixtureTable.Line> lines, String standard, Fixtures present) {
    Map<String, List<LeadCase>> rows = new LinkedHashMap<>();
    for (FixtureTable.Line line : lines) {
      LeadCase one = line.fixture();
      if (one == null) {
        throw new IllegalArgumentException(line.trouble());
      }
      String file = line.file() == null ? standard : line.file();
      if (!PATH.matcher(file).matches()) {
        throw new IllegalArgumentException(
            "%s belongs to \"%s\"; it must be a file such as leads/NAME.json"
                .formatted(one.place(), file.replaceAll("\\p{Cntrl}", "?")));
      }
      rows.computeIfAbsent(file, f -> new ArrayList<>()).add(one);
    }
    Map<String, List<LeadCase>> there = new TreeMap<>();
    present
        .leads()
        .forEach(one -> there.computeIfAbsent(one.file(), f -> new ArrayList<>()).add(one));
    List<Written> written = new ArrayList<>();
    rows.forEach(
        (file, cases) -> {
          Written one = written(file, cases, there.get(file));
          if (one != null) {
            written.add(one);
          }
        });
    return written;
  }

  private static @Nullable Written written(
      String file, List<LeadCase> rows, @Nullable List<LeadCase> there) {
    List<LeadCase> after = rows.stream().map(FixtureImport::placeless).toList();
    List<LeadCase> before =
        there == null ? List.of() : there.stream().map(FixtureImport::placeless).toList();
    if (after.equals(before)) {
      return null;
    }
    String text =
        FixtureFolder.table(file)
            ? FixtureTable.write(rows, null)
            : FixtureText.write(commonest(rows), rows);
    return new Written(file, said(before, after), text);
  }

  /** Counts by name: a fixture of the same name that differs has changed. */
  private static String said(List<LeadCase> before, List<LeadCase> after) {
    Map<String, LeadCase> byName = new HashMap<>();
    before.forEach(one -> byName.putIfAbsent(one.name(), one));
    Set<LeadCase> known = Set.copyOf(before);
    long same = after.stream().filter(known::contains).count();
    long changed =
        after.stream()
            .filter(one -> !known.contains(one) && byName.containsKey(one.name()))
            .count();
    long gone =
        byName.keySet().stream()
            .filter(name -> after.stream().noneMatch(one -> one.name().equals(name)))
            .count();
    return "%d the same, %d changed, %d new, %d gone"
        .formatted(same, changed, after.size() - same - changed, gone);
  }

  private static Instant commonest(List<LeadCase> cases) {
    Map<Instant, Integer> counts = new LinkedHashMap<>();
    cases.forEach(one -> counts.merge(one.at(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(StoryReader.START);
  }

  private static LeadCase placeless(LeadCase one) {
    return new LeadCase("", one.name(), one.at(), one.lead(), one.expectation());
  }
}
