package io.bailiwick.flow;

import io.bailiwick.flow.Publisher.Folder;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.flow.ServingVersion.Next;
import io.bailiwick.flow.ServingVersion.Overtaken;
import io.bailiwick.flow.ServingVersion.Reason;
import io.bailiwick.flow.Trial.Verdict;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What serves first when a process begins: the version that the journal names; where it does not
 * compile any more, one before it; where none is kept, {@code rules/}, compiled and proved.
 */
public final class FirstVersion {

  /** There is nothing that could serve; the message lists what is wrong. */
  public static final class NothingToServe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingToServe(String message) {
      super(message);
    }
  }

  private final Ports ports;
  private final Trial trial;
  private final ServingVersion serving;
  private final List<String> refused = new ArrayList<>();

  FirstVersion(Ports ports, Trial trial, ServingVersion serving) {
    this.ports = ports;
    this.trial = trial;
    this.serving = serving;
  }

  /** Lets it serve; fails with {@link NothingToServe}. */
  CompletionStage<Void> find(Folder seen) {
    return look(seen)
        .exceptionallyCompose(
            failure -> Overtaken.is(failure) ? find(seen) : CompletableFuture.failedStage(failure));
  }

  private CompletionStage<Void> look(Folder seen) {
    refused.clear();
    return ports
        .journal()
        .publications(EarlierVersions.LOG)
        .thenComposeAsync(
            log ->
                log.isEmpty() ? fromFolder(seen) : kept(log.get(0), EarlierVersions.of(log), seen),
            ports.timers());
  }

  private CompletionStage<Void> kept(Publication last, List<String> hashes, Folder seen) {
    if (hashes.isEmpty()) {
      return fromFolder(seen);
    }
    return ports
        .journal()
        .version(hashes.get(0))
        .thenComposeAsync(version -> compiled(last, version), ports.timers())
        .thenComposeAsync(
            serves ->
                serves
                    ? CompletableFuture.completedStage(null)
                    : kept(last, hashes.subList(1, hashes.size()), seen),
            ports.timers());
  }

  private CompletionStage<Boolean> compiled(Publication last, Optional<RuleVersion> kept) {
    if (kept.isEmpty()) {
      return CompletableFuture.completedStage(false);
    }
    RuleVersion version = kept.get();
    return trial
        .compile(version)
        .thenCompose(
            compilation -> {
              if (compilation instanceof Compiled ready) {
                return serve(last, version, ready.rulebook());
              }
              List<RuleFlaw> flaws = ((Compilation.Refused) compilation).flaws();
              refused.add(
                  "version %.12s does not compile with this Bailiwick: %s"
                      .formatted(version.hash(), told(flaws)));
              return CompletableFuture.completedStage(false);
            });
  }

  /** Where it is not the last that served, it is published, with why. */
  private CompletionStage<Boolean> serve(Publication last, RuleVersion version, Rulebook rulebook) {
    if (refused.isEmpty()) {
      serving.begin(rulebook, last);
      return CompletableFuture.completedStage(true);
    }
    var reason = new Reason(null, refused.get(0), null);
    return serving
        .first(new Next(version, rulebook, How.FELL_BACK, reason), last)
        .thenApply(done -> true);
  }

  private CompletionStage<Void> fromFolder(Folder seen) {
    RuleVersion version = seen.version();
    if (version == null) {
      return CompletableFuture.failedFuture(nothing(String.valueOf(seen.problem())));
    }
    return trial
        .of(version, step -> {})
        .thenCompose(
            verdict -> {
              if (verdict instanceof Verdict.Refused no) {
                return CompletableFuture.failedFuture(
                    nothing(
                        "rules/ may not serve:\n"
                            + String.join("\n", seenAs(version, no).objections())));
              }
              var passed = (Verdict.Passed) verdict;
              var reason = new Reason(null, "first start", version.digest());
              return serving
                  .first(new Next(version, passed.rulebook(), How.ON_CHANGE, reason), null)
                  .thenApply(done -> null);
            });
  }

  private NothingToServe nothing(String why) {
    String kept = refused.isEmpty() ? "no earlier version is kept" : String.join("\n", refused);
    return new NothingToServe("there are no rules to serve by, and " + kept + "\n" + why);
  }

  private static String told(List<RuleFlaw> flaws) {
    return String.join("\n", flaws.stream().map(RuleFlaw::told).toList());
  }

  private Candidate seenAs(RuleVersion version, Verdict verdict) {
    Instant now = ports.timers().now();
    return Candidate.seen(Candidate.FOLDER, version, now).after(verdict, now);
  }
}
