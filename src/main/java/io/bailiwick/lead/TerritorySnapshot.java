package io.bailiwick.lead;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All territories as one complete reading of the CRM gave them. Its id is the SHA-256 of its
 * content, so two equal readings are one snapshot; when it was read is not part of it.
 */
public final class TerritorySnapshot {

  private final String id;
  private final List<Territory> territories;
  private final Flag permitted;
  private final Map<String, Territory> byName = new HashMap<>();

  /** Takes the territories in any order; {@code permitted} is the API user's profile permission. */
  public TerritorySnapshot(List<Territory> territories, Flag permitted) {
    this.territories =
        territories.stream()
            .sorted(Comparator.comparing(Territory::name).thenComparing(Territory::id))
            .toList();
    this.permitted = permitted;
    this.territories.forEach(territory -> byName.putIfAbsent(territory.name(), territory));
    this.id = Digests.sha256(canonical().getBytes(StandardCharsets.UTF_8));
  }

  /** SHA-256 over the content, 64 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** By name, then id. */
  public List<Territory> territories() {
    return territories;
  }

  /** Whether the API user's profile may manage territories. */
  public Flag permitted() {
    return permitted;
  }

  /** The territory of that name (the one of lowest id where several share it), or null. */
  public @Nullable Territory named(String name) {
    return byName.get(name);
  }

  /**
   * The names whose territories differ between the two, so that the leads that wait for one of them
   * must be decided again. A changed profile permission concerns every name of either.
   */
  public Set<String> differingNames(TerritorySnapshot other) {
    Set<Territory> mine = new HashSet<>(territories);
    Set<Territory> theirs = new HashSet<>(other.territories);
    boolean all = permitted != other.permitted;
    Set<String> names = new HashSet<>();
    mine.forEach(t -> addUnless(!all && theirs.contains(t), t, names));
    theirs.forEach(t -> addUnless(!all && mine.contains(t), t, names));
    return names;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TerritorySnapshot that && that.id.equals(id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "snapshot " + id.substring(0, 12) + " of " + territories.size() + " territories";
  }

  private static void addUnless(boolean same, Territory territory, Set<String> names) {
    if (!same) {
      names.add(territory.name());
    }
  }

  private String canonical() {
    var text = new StringBuilder("permitted ").append(permitted).append('\n');
    for (Territory t : territories) {
      parts(t).forEach(part -> write(part, text));
      text.append('\n');
    }
    return text.toString();
  }

  private static Stream<@Nullable Object> parts(Territory t) {
    // The first sight counts only where the CRM gives no creation time, the staff only where it is
    // told: a snapshot without it keeps the id it always had.
    Stream<@Nullable Object> always =
        Stream.of(
            t.id(),
            t.name(),
            t.parentId(),
            t.manager(),
            t.active(),
            t.apiEnabled(),
            t.createdAt(),
            t.createdAt() == null ? t.seenAt() : null,
            t.member(),
            t.listed());
    boolean told = !t.staff().equals(Staff.UNKNOWN);
    return told ? Stream.concat(always, Stream.of(t.staff())) : always;
  }

  private static void write(@Nullable Object part, StringBuilder text) {
    String value = part == null ? "-" : part.toString();
    text.append(value.length()).append(':').append(value).append(' ');
  }
}
