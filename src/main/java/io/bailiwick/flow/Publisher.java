package io.bailiwick.flow;

import io.bailiwick.flow.Candidates.Held;
import io.bailiwick.flow.PublishAnswer.Serves;
import io.bailiwick.flow.ServingVersion.Overtaken;
import io.bailiwick.flow.ServingVersion.Reason;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides which rulebook serves. Candidates come from {@code rules/} or are uploaded; each is
 * compiled and proved beside the one that serves, and only then published. A broken one changes
 * nothing and is kept for people to see. Any thread may call; answers come on the flow's thread.
 */
public final class Publisher implements ServingRulebook {

  /** What becomes of a change of {@code rules/} that is proved. */
  public enum Mode {
    /** It serves at once. */
    ON_CHANGE,
    /** It waits for a person. */
    ON_APPROVAL
  }

  /**
   * {@code rules/} and the fixtures as last seen.
   *
   * @param version null where they cannot be read
   * @param problem why they cannot be read; null where they can
   */
  public record Folder(@Nullable RuleVersion version, @Nullable String problem) {}

  /** After so many judgements that did not end, a version is given up. */
  private static final int MOST_ABANDONED = 3;

  /** Rules that do not end, with nothing to fall back to. */
  private static final class Endless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Endless(String hash, @Nullable Throwable cause) {
      super("rulebook " + hash, cause);
    }
  }

  private final Ports ports;
  private final ServingVersion serving;
  private final Trial trial;
  private final EarlierVersions earlier;
  private final RulesFolder folder;
  private final Releases releases;
  private final Candidates candidates;
  private final Shadow shadow;
  private final PublishedElsewhere elsewhere;

  /** Nothing serves before {@link #start}. */
  public Publisher(Ports ports, Rulebooks rulebooks, Proof proof, Mode mode) {
    this.ports = ports;
    this.serving = new ServingVersion(ports, rulebooks);
    this.trial = new Trial(rulebooks, proof, ports.timers(), serving);
    this.earlier = new EarlierVersions(ports, rulebooks, trial, serving);
    this.folder = new RulesFolder(mode);
    this.releases = new Releases(ports, rulebooks, trial, serving, folder);
    this.candidates = releases.candidates();
    this.shadow = new Shadow(ports, candidates, serving);
    this.elsewhere = new PublishedElsewhere(ports, trial, serving, folder, releases::followed);
    serving.whenOvertaken(elsewhere::look);
  }

  /**
   * Finds what is to serve: the version that served last; where it does not compile any more, one
   * before it; where none is kept, {@code rules/} as it is, proved. Fails with {@link
   * FirstVersion.NothingToServe} where there is none at all.
   */
  public CompletionStage<Void> start(Folder seen) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> new FirstVersion(ports, trial, serving).find(seen))
        .thenCompose(found -> ports.journal().taken())
        .thenAcceptAsync(last -> started(seen, last.orElse(null)), ports.timers());
  }

  /** From now on leads of this flow become due when the rules change. */
  public void attach(LeadFlow flow) {
    ports.timers().execute(() -> serving.attach(flow.directory()::current, flow::wake));
  }

  /** Any thread may ask. */
  @Override
  public Rulebook rulebook() {
    return serving.now().rulebook();
  }

  /** The third one makes the version before serve. */
  @Override
  public void abandoned(String hash) {
    if (serving.abandoned(hash) == MOST_ABANDONED) {
      fallBack(MOST_ABANDONED + " judgements by the version after it did not end in time")
          .whenComplete(
              (answer, failure) -> {
                if (!(answer instanceof Serves || answer instanceof PublishAnswer.Overtaken)) {
                  String what = "the rules do not end, and no version before them can serve";
                  ports.signals().tell(new Signal.Trouble(what, new Endless(hash, failure)));
                }
              });
    }
  }

  @Override
  public void judged(Judged batch) {
    shadow.judged(batch);
  }

  /** Where a candidate judges live leads before it serves. */
  public Shadow shadow() {
    return shadow;
  }

  /** How things stand. */
  public CompletionStage<RulesStanding> standing() {
    return ports
        .timers()
        .turn()
        .thenApply(
            now ->
                new RulesStanding(
                    serving.now().rulebook(),
                    serving.now().publication(),
                    folder.mode(),
                    folder.seen(),
                    folder.differsFrom(serving.now().publication().hash()),
                    candidates.all(),
                    shadow.run()));
  }

  /** {@code rules/} and the fixtures have settled so. Seeing the same again changes nothing. */
  public void seen(Folder now) {
    ports.timers().execute(() -> look(now));
  }

  /**
   * Takes up an uploaded candidate, in place of an earlier one of its name; completes when it waits
   * for approval or is refused.
   *
   * @param ownFixtures whether it is proved by its own; else by those of the version that serves
   */
  public CompletionStage<Candidate> submit(String name, RuleVersion version, boolean ownFixtures) {
    CompletionStage<RuleVersion> whole =
        ownFixtures
            ? CompletableFuture.completedStage(version)
            : ports
                .timers()
                .turn()
                .thenCompose(now -> ports.journal().version(serving.now().publication().hash()))
                // Not on the flow's thread: its digest is made here.
                .thenApply(kept -> new RuleVersion(version.files(), kept.orElseThrow().fixtures()));
    return whole.thenComposeAsync(made -> candidates.take(name, made), ports.timers());
  }

  /** The candidate of that name; null where there is none. */
  public CompletionStage<@Nullable Candidate> candidate(String name) {
    return ports
        .timers()
        .turn()
        .thenApply(
            now -> {
              Held held = candidates.named(name);
              return held == null ? null : held.candidate();
            });
  }

  /**
   * Publishes the candidate of that name.
   *
   * @param hash which version is meant; null where the name says it all
   * @param who the person who approves; null where not known
   */
  public CompletionStage<PublishAnswer> approve(
      String name, @Nullable String hash, @Nullable String who) {
    return ports.timers().turn().thenCompose(now -> approve(candidates.named(name), hash, who));
  }

  /** Publishes a version that served before, or else the candidate of that hash. */
  public CompletionStage<PublishAnswer> publish(String hash, @Nullable String who) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().version(hash))
        .thenComposeAsync(
            kept -> {
              if (serving.now().publication().hash().equals(hash)) {
                return answered(new Serves(serving.now().publication()));
              }
              return kept.isPresent()
                  ? earlier.again(kept.get(), How.ROLLED_BACK, new Reason(who, null, null))
                  : approve(candidates.withHash(hash).orElse(null), hash, who);
            },
            ports.timers());
  }

  /**
   * Gives the serving version up and lets the one before it serve, until {@code rules/} changes or
   * a person publishes another. Unknown where there is none before it: it then serves on.
   *
   * @param reason for people, one sentence
   */
  public CompletionStage<PublishAnswer> fallBack(String reason) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().publications(EarlierVersions.LOG))
        .thenComposeAsync(log -> fallBack(reason, EarlierVersions.of(log)), ports.timers());
  }

  /** Ends what serves; blocks until the leads under way are decided. No call after it. */
  public void close() {
    serving.close();
  }

  private void started(Folder seen, @Nullable String last) {
    folder.dealtWith(last);
    folder.look(seen);
    elsewhere.start();
    RuleVersion version = seen.version();
    Publication publication = serving.now().publication();
    if (version != null
        && folder.isDealtWith(version)
        && !version.hash().equals(publication.hash())) {
      ports.signals().tell(new Signal.RulesDiffer(version.hash(), publication));
    }
  }

  private void look(Folder now) {
    folder.look(now);
    RuleVersion version = now.version();
    if (version == null) {
      candidates.drop(Candidate.FOLDER);
      ports.signals().tell(new Signal.RulesUnreadable(String.valueOf(now.problem())));
      return;
    }
    Held held = candidates.named(Candidate.FOLDER);
    if (held != null && held.candidate().version().digest().equals(version.digest())) {
      return;
    }
    if (!folder.isDealtWith(version)) {
      candidates.take(Candidate.FOLDER, version);
    } else if (held != null) {
      candidates.drop(Candidate.FOLDER);
      ports.signals().tell(new Signal.CandidateWithdrawn(held.candidate()));
    }
  }

  private CompletionStage<PublishAnswer> approve(
      @Nullable Held held, @Nullable String hash, @Nullable String who) {
    if (held == null) {
      return answered(new PublishAnswer.Unknown());
    }
    Candidate candidate = held.candidate();
    if (hash != null && !hash.equals(candidate.version().hash())) {
      return answered(new PublishAnswer.Changed(candidate));
    }
    return switch (candidate.state()) {
      case REFUSED -> answered(new PublishAnswer.Refused(candidate.flaws(), candidate));
      case WAITING -> releases.publish(held, How.APPROVED, who).handle(Overtaken::answer);
      case COMPILING, ANALYSING, PROVING, PUBLISHING -> {
        held.approve(who);
        yield answered(new PublishAnswer.Underway(candidate));
      }
    };
  }

  private CompletionStage<PublishAnswer> fallBack(String reason, List<String> hashes) {
    String given = hashes.isEmpty() ? "" : hashes.get(0);
    RuleVersion seen = folder.seen().version();
    String dealtWith = seen != null && seen.hash().equals(given) ? seen.digest() : null;
    if (dealtWith != null) {
      candidates.drop(Candidate.FOLDER);
    }
    return earlier
        .fallBack(hashes.stream().skip(1).toList(), new Reason(null, reason, dealtWith))
        .whenComplete(
            (answer, failure) -> {
              if (answer instanceof Serves) {
                folder.dealtWith(dealtWith);
              }
            });
  }

  private static CompletionStage<PublishAnswer> answered(PublishAnswer answer) {
    return CompletableFuture.completedStage(answer);
  }
}
