package io.bailiwick.flow;

import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.flow.ServingVersion.Next;
import io.bailiwick.flow.ServingVersion.Overtaken;
import io.bailiwick.flow.ServingVersion.Reason;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lets versions serve that have served before. All calls on the flow's thread. */
final class EarlierVersions {

  /** How many lines of the log are read to find them. */
  static final int LOG = 1_000;

  private final Ports ports;
  private final Rulebooks rulebooks;
  private final Trial trial;
  private final ServingVersion serving;

  EarlierVersions(Ports ports, Rulebooks rulebooks, Trial trial, ServingVersion serving) {
    this.ports = ports;
    this.rulebooks = rulebooks;
    this.trial = trial;
    this.serving = serving;
  }

  /**
   * The hashes that may serve, the serving one first, then those before it. A version that was
   * given up is not among them, unless it was published again later.
   *
   * @param log newest first
   */
  static List<String> of(List<Publication> log) {
    Deque<String> stack = new ArrayDeque<>();
    for (int i = log.size() - 1; i >= 0; i--) {
      Publication one = log.get(i);
      while (one.how() == How.FELL_BACK && !stack.isEmpty() && !stack.peek().equals(one.hash())) {
        stack.pop();
      }
      stack.remove(one.hash());
      stack.push(one.hash());
    }
    return List.copyOf(stack);
  }

  /** Publishes a kept version again. It was proved when it first served, and is needed at once. */
  CompletionStage<PublishAnswer> again(RuleVersion version, How how, Reason reason) {
    return trial
        .compile(version)
        .thenCompose(
            compilation -> {
              if (compilation instanceof Compiled ready) {
                return publish(new Next(version, ready.rulebook(), how, reason));
              }
              List<RuleFlaw> flaws = ((Compilation.Refused) compilation).flaws();
              return CompletableFuture.completedStage(new PublishAnswer.Refused(flaws, null));
            });
  }

  /** Publishes the first of these that still compiles; Unknown where none does. */
  CompletionStage<PublishAnswer> fallBack(List<String> hashes, Reason reason) {
    if (hashes.isEmpty()) {
      return CompletableFuture.completedStage(new PublishAnswer.Unknown());
    }
    return ports
        .journal()
        .version(hashes.get(0))
        .thenComposeAsync(
            kept ->
                kept.isEmpty()
                    ? CompletableFuture.completedStage(new PublishAnswer.Unknown())
                    : again(kept.get(), How.FELL_BACK, reason),
            ports.timers())
        .thenCompose(
            answer ->
                answer instanceof PublishAnswer.Serves || answer instanceof PublishAnswer.Overtaken
                    ? CompletableFuture.completedStage(answer)
                    : fallBack(hashes.subList(1, hashes.size()), reason));
  }

  private CompletionStage<PublishAnswer> publish(Next next) {
    return serving
        .publish(next)
        .whenComplete(
            (publication, failure) -> {
              if (failure != null) {
                rulebooks.retire(next.rulebook());
              }
            })
        .handle(Overtaken::answer);
  }
}
