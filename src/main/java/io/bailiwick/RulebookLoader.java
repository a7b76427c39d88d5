package io.bailiwick;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.JournalReader.KeptRulebook;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the rulebook to serve at start: {@code rules/} where it compiles, else the last version
 * that served, which is said loudly; where there is neither, the service does not start.
 */
final class RulebookLoader {

  private static final Logger LOG = LoggerFactory.getLogger(RulebookLoader.class);

  /** What serves, since when, and what is wrong with {@code rules/} if something else serves. */
  record Loaded(Rulebook rulebook, Instant since, List<RuleFlaw> flaws) {}

  /** No rulebook at all; the message lists what is wrong. */
  static final class NoRulebook extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRulebook(String message) {
      super(message);
    }
  }

  private final Journal journal;
  private final JudgeSettings settings;

  RulebookLoader(Journal journal, JudgeSettings settings) {
    this.journal = journal;
    this.settings = settings;
  }

  /** Blocks while it compiles; only for the start. */
  Loaded load(RuleFiles files, Instant now) {
    Compilation compiled = RulebookCompiler.compile(files, settings);
    if (compiled instanceof Compilation.Ready ready) {
      ready.warnings().forEach(warning -> LOG.warn("{}", warning.told()));
      return new Loaded(ready.rulebook(), keep(files, now), List.of());
    }
    List<RuleFlaw> flaws = ((Compilation.Refused) compiled).flaws();
    String told = flaws.stream().map(RuleFlaw::told).collect(Collectors.joining("\n"));
    Optional<KeptRulebook> last = journal.latestRulebook().toCompletableFuture().join();
    if (last.isPresent()
        && RulebookCompiler.compile(last.get().files(), settings)
            instanceof Compilation.Ready ready) {
      LOG.error(
          "the rules do not compile, so the version that served since {} ({}) serves on:\n{}",
          last.get().servedAt(),
          ready.rulebook().hash(),
          told);
      return new Loaded(ready.rulebook(), last.get().servedAt(), flaws);
    }
    throw new NoRulebook("the rules do not compile, and no earlier version is kept:\n" + told);
  }

  /** An unchanged rulebook has served since it began to. */
  private Instant keep(RuleFiles files, Instant now) {
    Optional<KeptRulebook> last = journal.latestRulebook().toCompletableFuture().join();
    if (last.isPresent() && last.get().files().hash().equals(files.hash())) {
      return last.get().servedAt();
    }
    journal.keepRulebook(new KeptRulebook(files, now)).toCompletableFuture().join();
    return now;
  }
}
