package io.bailiwick.checker;

import io.bailiwick.checker.Evidence.Answer;
import io.bailiwick.checker.Evidence.Attempt;
import io.bailiwick.checker.Evidence.Call;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.checker.Evidence.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the CRM saw. */
final class Writing {

  private Writing() {}

  static List<String> lastWrite(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Map<String, Told> told = new HashMap<>();
    evidence.told().stream()
        .filter(one -> one.id() != null)
        .forEach(one -> told.put(one.id(), one));
    Map<String, Set<String>> last = lastWritten(evidence);
    highest(evidence)
        .forEach(
            (line, lead) -> {
              Told source = told.get(lead.id());
              if (source == null || lead.status().equals("erased")) {
                return;
              }
              String right = source.right();
              String said =
                  lead.decision() == null || lead.decision().territory() == null
                      ? Evidence.NOWHERE
                      : lead.decision().territory();
              if (lead.status().equals("superseded") || !said.equals(right)) {
                broken.add(
                    "%s is %s, decided %s, should be %s"
                        .formatted(lead.id(), lead.status(), said, right));
              }
              String shown = evidence.shown().getOrDefault(line, Evidence.NOWHERE);
              if (!shown.equals(right)) {
                broken.add("%s shows %s, should show %s".formatted(line, shown, right));
              }
              Set<String> written = last.getOrDefault(line, Set.of(right));
              if (!written.contains(right)) {
                broken.add(
                    "the last write of %s was %s, should be %s".formatted(line, written, right));
              }
            });
    return broken;
  }

  /** Of each line what was written last, and what may have been after that. */
  private static Map<String, Set<String>> lastWritten(Evidence evidence) {
    Map<String, Set<String>> last = new HashMap<>();
    for (Attempt attempt : inOrder(evidence)) {
      switch (attempt.answer()) {
        case TAKEN -> last.put(attempt.line(), new TreeSet<>(Set.of(attempt.territory())));
        case UNKNOWN ->
            last.computeIfPresent(
                attempt.line(),
                (line, written) -> {
                  written.add(attempt.territory());
                  return written;
                });
        case REFUSED, LIMITED -> {}
      }
    }
    return last;
  }

  /** Of each line; of one revision the last to be accepted. */
  private static Map<String, Stored> highest(Evidence evidence) {
    Map<String, Stored> highest = new TreeMap<>();
    for (Stored lead : evidence.journal()) {
      highest.merge(lead.line(), lead, (a, b) -> a.revision() > b.revision() ? a : b);
    }
    return highest;
  }

  /** One that nobody will hear of may still be under way when it is looked up and done again. */
  static List<String> oneWriter(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Map<String, List<Attempt>> lines =
        inOrder(evidence).stream().collect(Collectors.groupingBy(Attempt::line));
    for (List<Attempt> attempts : lines.values()) {
      for (int i = 1; i < attempts.size(); i++) {
        Attempt one = attempts.get(i - 1);
        Attempt next = attempts.get(i);
        boolean over = one.answer() == Answer.UNKNOWN || !next.begin().isBefore(one.end());
        if (!over) {
          broken.add("two at once: %s and %s".formatted(one, next));
        }
      }
    }
    return broken;
  }

  /** Each lead once, and once more for each time that nobody knew what had become of it. */
  static List<String> fewWrites(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Map<String, Integer> allowed = new HashMap<>();
    evidence.journal().forEach(lead -> allowed.merge(lead.line(), 1, Integer::sum));
    Map<String, Integer> taken = new TreeMap<>();
    for (Attempt attempt : evidence.attempts()) {
      switch (attempt.answer()) {
        case TAKEN -> taken.merge(attempt.line(), 1, Integer::sum);
        case UNKNOWN -> allowed.merge(attempt.line(), 1, Integer::sum);
        case REFUSED, LIMITED -> {}
      }
    }
    taken.forEach(
        (line, times) -> {
          int most = allowed.getOrDefault(line, 0);
          if (times > most) {
            broken.add("%s was written %d times, at most %d were due".formatted(line, times, most));
          }
        });
    return broken;
  }

  static List<String> gates(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    evidence.calls().stream()
        .collect(Collectors.groupingBy(Call::life))
        .forEach((life, calls) -> crowded(calls, evidence.bounds().calls(), broken));
    inOrder(evidence).stream()
        .collect(Collectors.groupingBy(Attempt::life))
        .forEach((life, attempts) -> restless(attempts, evidence, broken));
    return broken;
  }

  private static void crowded(List<Call> calls, int most, List<String> broken) {
    List<Call> going = new ArrayList<>();
    calls.stream()
        .sorted(Comparator.comparing(Call::begin))
        .forEach(
            call -> {
              going.removeIf(one -> one.end() != null && !one.end().isAfter(call.begin()));
              going.add(call);
              if (going.size() > most) {
                broken.add("%d calls at once at %s".formatted(going.size(), call.begin()));
              }
            });
  }

  private static void restless(List<Attempt> life, Evidence evidence, List<String> broken) {
    List<Attempt> limited =
        life.stream()
            .filter(one -> one.answer() == Answer.LIMITED && one.rest() != null)
            .sorted(Comparator.comparing(Attempt::end))
            .toList();
    Instant shut = Instant.MIN;
    int heard = 0;
    for (Attempt attempt : life) {
      while (heard < limited.size() && before(limited.get(heard), attempt, evidence)) {
        Instant until = until(limited.get(heard++));
        shut = until.isAfter(shut) ? until : shut;
      }
      if (attempt.begin().isBefore(shut)) {
        broken.add("nothing was to be sent before %s: %s".formatted(shut, attempt));
      }
    }
  }

  private static boolean before(Attempt limited, Attempt attempt, Evidence evidence) {
    Duration slack = evidence.bounds().slack();
    return !limited.end().plus(slack).isAfter(attempt.begin());
  }

  private static Instant until(Attempt limited) {
    return limited.end().plus(limited.rest());
  }

  private static List<Attempt> inOrder(Evidence evidence) {
    return evidence.attempts().stream()
        .sorted(Comparator.comparing(Attempt::begin).thenComparing(Attempt::seq))
        .toList();
  }
}
