package io.bailiwick.drools.facts;

import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.YamlText;
import io.bailiwick.drools.text.YamlText.Member;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt.RuleHit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/**
 * How long leads may wait, by reason and territory, and what becomes of those that wait longer: the
 * limits that {@code rules/waiting.yaml} declares, each under a name of its own. Pure.
 */
public final class WaitingLimits {

  /** The file that declares them. */
  public static final String FILE = "waiting.yaml";

  /** No limits. */
  public static final WaitingLimits NONE = new WaitingLimits(List.of());

  private static final Set<String> MEMBERS =
      new TreeSet<>(
          Set.of("reason", "blocker", "territory", "after", "untouched", "then", "fallback"));

  /** The CRM takes nothing meanwhile, whatever the territory. */
  private static final Set<QueueReason> OF_THE_CRM =
      EnumSet.of(QueueReason.CRM_UNAVAILABLE, QueueReason.CRM_PAUSED);

  private static final Duration LONGEST = Duration.ofDays(90);

  /** What a lead waits for; of an assigned one that nobody works on, the territory it is in. */
  public record Held(
      @Nullable QueueReason reason, @Nullable String blocker, @Nullable String territory) {}

  /**
   * One limit.
   *
   * @param reasons none where it is for assigned leads that nobody works on
   * @param blockers none where any will do; so are territories
   * @param asksAgain whether the rules are asked again each time so long has passed
   * @param fallback the territory that a lead then goes to; null where it is told of, or asked
   *     again
   */
  public record Limit(
      String name,
      int line,
      Set<QueueReason> reasons,
      Set<String> blockers,
      Set<String> territories,
      Duration after,
      boolean asksAgain,
      @Nullable String fallback) {

    /** Whether it is for a lead that waits for this. */
    public boolean isFor(Held held) {
      return (held.reason() == null ? reasons.isEmpty() : reasons.contains(held.reason()))
          && (blockers.isEmpty() || (held.blocker() != null && blockers.contains(held.blocker())))
          && (territories.isEmpty()
              || (held.territory() != null && territories.contains(held.territory())));
    }

    /** Whether a lead that waits since then has waited too long. */
    public boolean hasPassed(Instant since, Instant at) {
      return !at.isBefore(since.plus(after));
    }

    /** When it next passes for a lead that waits since then; null where it has. */
    public @Nullable Instant next(Instant since, Instant at) {
      if (!hasPassed(since, at)) {
        return since.plus(after);
      }
      long times = Duration.between(since, at).dividedBy(after) + 1;
      return asksAgain ? since.plus(after.multipliedBy(times)) : null;
    }

    /** It as what settles a lead; {@code to} is where it sends it, or null. */
    public RuleHit hit(@Nullable String to) {
      return new RuleHit(name, FILE, line, 0, to);
    }

    /** Its time, as people write it. */
    public String told() {
      return after.toString().substring(2).toLowerCase(Locale.ROOT);
    }
  }

  private final List<Limit> limits;

  private WaitingLimits(List<Limit> limits) {
    this.limits = List.copyOf(limits);
  }

  /** Reads the file; throws {@link Refusal} at its first mistake. */
  public static WaitingLimits read(Source source) {
    var yaml = new YamlText(source);
    List<Limit> limits = new ArrayList<>();
    for (Member member : yaml.members().values()) {
      limits.add(new Reader(yaml, source, member).limit());
    }
    return new WaitingLimits(limits);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return limits.isEmpty();
  }

  /** Those for a lead that waits for this, in the order of the file. */
  public List<Limit> of(Held held) {
    return limits.stream().filter(limit -> limit.isFor(held)).toList();
  }

  /** After how long it is to be seen whether anybody works on a lead of that territory. */
  public Optional<Duration> untouched(String territory) {
    return of(new Held(null, null, territory)).stream()
        .filter(limit -> !territory.equals(limit.fallback()))
        .map(Limit::after)
        .findFirst();
  }

  /** The territories that leads may be sent to, with the place of the first limit of each. */
  public Map<String, Limit> fallbacks() {
    Map<String, Limit> places = new TreeMap<>();
    limits.stream()
        .filter(limit -> limit.fallback() != null)
        .forEach(limit -> places.putIfAbsent(String.valueOf(limit.fallback()), limit));
    return places;
  }

  /** The territories that limits are for, with the first limit of each. */
  public Map<String, Limit> territories() {
    Map<String, Limit> places = new TreeMap<>();
    limits.forEach(limit -> limit.territories().forEach(name -> places.putIfAbsent(name, limit)));
    return places;
  }

  @Override
  public String toString() {
    return limits.stream().map(Limit::toString).collect(Collectors.joining("; "));
  }

  /** Reads one limit. */
  private record Reader(YamlText yaml, Source source, Member member) {

    Limit limit() {
      Map<String, Member> parts = new LinkedHashMap<>(yaml.members(member.value()));
      for (Member part : parts.values()) {
        if (!MEMBERS.contains(part.name())) {
          throw new Refusal(part.at(), "there are %s, no %s".formatted(told(MEMBERS), part.name()));
        }
      }
      Member fallback = parts.get("fallback");
      String then = then(parts.get("then"), fallback);
      Member untouched = parts.get("untouched");
      Set<QueueReason> reasons =
          untouched == null ? reasons(parts.get("reason"), then) : ofUntouched(parts);
      return new Limit(
          member.name(),
          source.line(member.at().start()),
          reasons,
          texts(parts.get("blocker")),
          texts(parts.get("territory")),
          after(untouched == null ? parts.get("after") : untouched),
          then.equals("re-decide"),
          fallback == null ? null : yaml.scalar(fallback.value()));
    }

    private String then(@Nullable Member then, @Nullable Member fallback) {
      if (then == null && fallback == null) {
        throw new Refusal(
            member.at(), "say what then: write then: tell, then: re-decide or fallback: TERRITORY");
      }
      if (then != null && fallback != null) {
        throw new Refusal(then.at(), "a limit has then or fallback; write two limits for both");
      }
      String word = then == null ? "fallback" : yaml.scalar(then.value());
      if (then != null && !Set.of("tell", "re-decide").contains(word)) {
        throw new Refusal(
            yaml.at(then.value()), "write tell or re-decide; a territory goes under fallback");
      }
      return word;
    }

    private static Set<QueueReason> ofUntouched(Map<String, Member> parts) {
      for (String name : new String[] {"after", "reason", "blocker", "then"}) {
        Member other = parts.get(name);
        if (other != null) {
          throw new Refusal(
              other.at(),
              "an untouched lead is assigned; write territory and fallback, no " + name);
        }
      }
      return EnumSet.noneOf(QueueReason.class);
    }

    private Set<QueueReason> reasons(@Nullable Member reasons, String then) {
      boolean tells = then.equals("tell");
      if (reasons == null) {
        Set<QueueReason> all = EnumSet.allOf(QueueReason.class);
        if (!tells) {
          all.removeAll(OF_THE_CRM);
        }
        return all;
      }
      Set<QueueReason> read = EnumSet.noneOf(QueueReason.class);
      for (Node node : yaml.list(reasons.value())) {
        QueueReason reason = QueueReason.ofWord(yaml.scalar(node));
        if (reason == null) {
          throw new Refusal(
              yaml.at(node),
              "there is no such reason; there are "
                  + Arrays.stream(QueueReason.values())
                      .map(QueueReason::word)
                      .collect(Collectors.joining(", ")));
        }
        if (OF_THE_CRM.contains(reason) && !tells) {
          throw new Refusal(
              yaml.at(node), "the CRM takes nothing meanwhile, wherever to; write then: tell");
        }
        read.add(reason);
      }
      return read;
    }

    private Set<String> texts(@Nullable Member texts) {
      Set<String> read = new TreeSet<>();
      if (texts != null) {
        yaml.list(texts.value()).forEach(node -> read.add(yaml.scalar(node)));
      }
      return read;
    }

    private Duration after(@Nullable Member after) {
      if (after == null) {
        throw new Refusal(member.at(), "say after how long; write after: 4h");
      }
      String text = yaml.scalar(after.value());
      try {
        boolean days = text.matches("[0-9]{1,4}d");
        Duration read = Duration.parse((days ? "P" : "PT") + text.toUpperCase(Locale.ROOT));
        if (read.toSeconds() >= 1 && read.compareTo(LONGEST) <= 0) {
          return read;
        }
      } catch (DateTimeException | ArithmeticException e) {
        // Told below, with what to write.
      }
      throw new Refusal(yaml.at(after.value()), "write a time from 1s to 90d, such as 30m or 4h");
    }

    private static String told(Set<String> words) {
      return String.join(", ", words);
    }
  }
}
