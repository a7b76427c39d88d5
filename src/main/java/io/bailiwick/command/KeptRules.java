package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules that the journal keeps, compiled to judge on the caller's thread, as they were served. */
record KeptRules(JournalReader journal, Config config) {

  /** The version of that hash; empty where it is not kept. Throws where it does not compile. */
  Optional<Rulebook> compiled(String hash) {
    return journal.version(hash).toCompletableFuture().join().map(this::compile);
  }

  /** The hash of the version that serves; throws IllegalArgumentException where none did yet. */
  String serving() {
    List<Publication> log = journal.publications(1).toCompletableFuture().join();
    if (log.isEmpty()) {
      throw new IllegalArgumentException(
          "no version of the rules has served from the journal " + config.journal() + " yet");
    }
    return log.get(0).hash();
  }

  private Rulebook compile(RuleVersion version) {
    RuleFiles files = version.files();
    var settings =
        JudgeSettings.onCallersThread(config.propagation(), Version.BAILIWICK)
            .trusting(config.trusted());
    Compilation compiled = RulebookCompiler.compile(files, settings);
    if (compiled instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    var refused = (Compilation.Refused) compiled;
    throw new IllegalArgumentException(
        refused.flaws().stream()
            .map(RuleFlaw::told)
            .collect(
                Collectors.joining(
                    "\n", "the kept rules %.12s do not compile:%n".formatted(version.hash()), "")));
  }
}
