package io.bailiwick.flow;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks the rules again of leads that are assigned: which of them would go elsewhere. Only those for
 * which the rules name another territory that can take them now are to move. It writes nothing.
 */
public final class Realignment {

  /** So many leads are judged together, so that fresh ones need not wait long for their turn. */
  static final int BATCH = 200;

  /** A preview looks at no more leads than this. */
  public static final int MOST_PREVIEWED = 100_000;

  private static final int MOST_EXAMPLES = 20;

  /** One lead that would move, and the decision that takes it there. */
  record Moving(Entry entry, Decision decision) {}

  /** What the rules say of some leads. */
  record Weighed(List<Moving> moving, Left left) {}

  /** From one territory to another, by their names. */
  public record Way(String from, String to) implements Comparable<Way> {

    @Override
    public int compareTo(Way other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }

  /** A lead that would move, with the rule that says so. */
  public record Example(String lead, Way way, String rule) {}

  /**
   * What a realignment would do at this moment; the CRM was not asked.
   *
   * @param total the leads it is for
   * @param looked how many of them were looked at; fewer where there are too many
   */
  public record Preview(
      long total, long looked, Left left, Map<Way, Long> ways, List<Example> examples) {

    public Preview {
      ways = new TreeMap<>(ways);
      examples = List.copyOf(examples);
    }

    /** How many of those looked at would move. */
    public long moving() {
      return ways.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private final Ports ports;
  private final ServingRulebook rules;
  private final TerritoryDirectory directory;

  Realignment(Ports ports, ServingRulebook rules, TerritoryDirectory directory) {
    this.ports = ports;
    this.rules = rules;
    this.directory = directory;
  }

  /** Empty before the first complete reading of the territories. */
  CompletionStage<Optional<Preview>> preview(LeadFilter which) {
    if (directory.current().isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return ports
        .journal()
        .count(which)
        .thenComposeAsync(
            total -> page(which, null, new Preview(total, 0, Left.NONE, Map.of(), List.of())),
            ports.timers());
  }

  private CompletionStage<Optional<Preview>> page(
      LeadFilter which, @Nullable String cursor, Preview sofar) {
    return ports
        .journal()
        .oldest(which, cursor, BATCH)
        .thenComposeAsync(
            page ->
                weigh(page.entries(), ports.timers().now())
                    .thenComposeAsync(
                        weighed -> {
                          if (weighed.isEmpty()) {
                            return CompletableFuture.completedFuture(Optional.empty());
                          }
                          Preview now = with(sofar, page.entries().size(), weighed.get());
                          return page.next() == null || now.looked() >= MOST_PREVIEWED
                              ? CompletableFuture.completedFuture(Optional.of(now))
                              : page(which, page.next(), now);
                        },
                        ports.timers()),
            ports.timers());
  }

  private static Preview with(Preview before, int looked, Weighed weighed) {
    Map<Way, Long> ways = new TreeMap<>(before.ways());
    List<Example> examples = new ArrayList<>(before.examples());
    for (Moving one : weighed.moving()) {
      var way = new Way(name(one.entry().territory()), name(one.decision().territory()));
      ways.merge(way, 1L, Long::sum);
      if (examples.size() < MOST_EXAMPLES) {
        var hit = one.decision().receipt().settledBy();
        examples.add(new Example(one.entry().id(), way, hit == null ? "" : hit.rule()));
      }
    }
    return new Preview(
        before.total(),
        before.looked() + looked,
        before.left().plus(weighed.left()),
        ways,
        examples);
  }

  /** Empty before the first complete reading of the territories. On the flow's thread. */
  CompletionStage<Optional<Weighed>> weigh(List<Entry> assigned, Instant now) {
    TerritorySnapshot snapshot = directory.current().orElse(null);
    if (snapshot == null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    List<Entry> ruled = assigned.stream().filter(entry -> !byHand(entry)).toList();
    return rules
        .rulebook()
        .decide(ruled.stream().map(Entry::lead).toList(), snapshot, now)
        .thenApply(
            decisions -> Optional.of(weighed(ruled, decisions, assigned.size() - ruled.size())));
  }

  private Weighed weighed(List<Entry> ruled, List<Decision> decisions, int byHand) {
    List<Moving> moving = new ArrayList<>();
    int same = 0;
    int unready = 0;
    for (int i = 0; i < ruled.size(); i++) {
      Decision decision = decisions.get(i);
      switch (decision.action()) {
        case ASSIGN -> {
          if (isThere(ruled.get(i), decision)) {
            same++;
          } else {
            moving.add(new Moving(ruled.get(i), decision));
          }
        }
        case QUEUE -> unready++;
        case GIVE_UP -> {
          unready++;
          ports.timers().execute(() -> rules.abandoned(decision.receipt().rulebook()));
        }
      }
    }
    return new Weighed(moving, new Left(same, unready, byHand));
  }

  private static boolean isThere(Entry entry, Decision decision) {
    TerritoryRef has = entry.territory();
    TerritoryRef to = decision.territory();
    return has != null && to != null && has.id() != null && has.id().equals(to.id());
  }

  private static boolean byHand(Entry entry) {
    return entry.decision() == null || entry.decision().receipt().by() != null;
  }

  static String name(@Nullable TerritoryRef territory) {
    return territory == null ? "no territory" : territory.name();
  }
}
