package io.bailiwick.replay.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.replay.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a change of the rules must keep to, from {@code rules/guardrails.yaml}. Where there is no
 * file, nothing but errors of rules is barred.
 *
 * @param unmatched the most leads that may fall out; null for any
 * @param moved the most leads that may change at all
 * @param queued the most leads that may have to wait
 * @param guarded territories that no lead may leave or enter
 * @param coverage the least share of the rules that fixtures fire, in percent; null for any
 */
public record Guardrails(
    @Nullable Limit unmatched,
    @Nullable Limit moved,
    @Nullable Limit queued,
    Set<String> guarded,
    @Nullable Double coverage) {

  /** The file. */
  public static final String FILE = "guardrails.yaml";

  private static final List<String> NAMES =
      List.of("unmatched", "moved", "queued", "protected", "coverage");

  /** A count, or a share of all leads in percent. */
  public record Limit(double value, boolean share) {

    boolean allows(long count, long all) {
      return share ? count * 100.0 <= value * all : count <= value;
    }

    /** {@code 3} or {@code 5 %}. */
    public String told() {
      String number = value == Math.rint(value) ? String.valueOf((long) value) : "" + value;
      return share ? number + " %" : number;
    }
  }

  /** One guardrail with what was seen: {@code unmatched must be at most 0 (is 1)}. */
  public record Seen(boolean kept, String told) {}

  public Guardrails {
    guarded = Set.copyOf(guarded);
  }

  /** Those of a rulebook's files; throws IllegalArgumentException that says what is wrong. */
  public static Guardrails of(RuleFiles files) {
    String text = files.texts().get(FILE);
    if (text == null || text.isBlank()) {
      return new Guardrails(null, null, null, Set.of(), null);
    }
    JsonNode root;
    try {
      root = Json.yaml().readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(FILE + ":" + line + ": " + e.getOriginalMessage(), e);
    }
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!NAMES.contains(name)) {
                throw wrong(name, "is not known; there are " + String.join(", ", NAMES));
              }
            });
    Set<String> guarded = new TreeSet<>();
    root.path("protected").forEach(name -> guarded.add(name.asText()));
    Limit coverage = limit(root, "coverage");
    return new Guardrails(
        limit(root, "unmatched"),
        limit(root, "moved"),
        limit(root, "queued"),
        guarded,
        coverage == null ? null : coverage.value());
  }

  /** What a comparison makes of each; coverage is left out where it is not known. */
  public List<Seen> seen(Comparison comparison, @Nullable Coverage fixtures) {
    List<Seen> seen = new ArrayList<>();
    long all = comparison.total();
    limit(seen, "unmatched", unmatched, comparison.count(Change.UNMATCHED), all);
    limit(seen, "moved", moved, comparison.changes(), all);
    limit(seen, "queued", queued, comparison.count(Change.TO_QUEUE), all);
    long errors = comparison.count(Change.ERROR);
    if (errors > 0) {
      seen.add(new Seen(false, "no rule may fail (%d leads met an error)".formatted(errors)));
    }
    for (String territory : new TreeSet<>(guarded)) {
      long touched =
          comparison.groups().stream()
              .filter(
                  g ->
                      territory.equals(g.from().territory())
                          || territory.equals(g.to().territory()))
              .mapToLong(Group::count)
              .sum();
      seen.add(
          new Seen(
              touched == 0,
              "%s is protected (%d leads leave or enter)".formatted(territory, touched)));
    }
    if (coverage != null && fixtures != null) {
      seen.add(covered(coverage, fixtures));
    }
    return List.copyOf(seen);
  }

  private static Seen covered(double least, Coverage fixtures) {
    int fired = fixtures.rules() - fixtures.neverFired().size() - fixtures.declared().size();
    double share = fixtures.rules() == 0 ? 100 : fired * 100.0 / fixtures.rules();
    return new Seen(
        share >= least,
        String.format(
            Locale.ROOT,
            "fixtures must fire at least %.0f %% of the rules (%.1f %%)",
            least,
            share));
  }

  private static void limit(
      List<Seen> seen, String what, @Nullable Limit limit, long count, long all) {
    if (limit != null) {
      String share =
          limit.share() && all > 0
              ? String.format(Locale.ROOT, ", %.2f %%", count * 100.0 / all)
              : "";
      seen.add(
          new Seen(
              limit.allows(count, all),
              "%s must be at most %s (is %d%s)".formatted(what, limit.told(), count, share)));
    }
  }

  private static @Nullable Limit limit(JsonNode root, String name) {
    JsonNode node = root.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String text = node.asText().strip();
    boolean share = text.endsWith("%");
    try {
      double value =
          Double.parseDouble(share ? text.substring(0, text.length() - 1).strip() : text);
      if (value >= 0 && (!share || value <= 100)) {
        return new Limit(value, share);
      }
    } catch (NumberFormatException e) {
      // Told below, with what to write.
    }
    throw wrong(name, "must be a count such as 3 or a share such as 5%");
  }

  private static IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(FILE + ": " + name + " " + what);
  }
}
