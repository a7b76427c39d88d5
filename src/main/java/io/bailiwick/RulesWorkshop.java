package io.bailiwick;

import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.drools.DroolsReader;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.http.Sources;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.ReplayProof;
import io.bailiwick.watch.doctor.RulesSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where it is decided which rulebook serves: the publisher, the watch over the folders, and the
 * source mappings that lie there.
 */
final class RulesWorkshop {

  private static final Logger LOG = LoggerFactory.getLogger(RulesWorkshop.class);

  private final Config config;
  private final SourceFolder sources;
  private final RulebookMaker maker;
  private final Publisher publisher;
  private final RulesWatch watch;
  private final CompletableFuture<Void> serving;
  private volatile Supplier<Set<String>> declared;

  /**
   * Begins to look for a rulebook that may serve, and blocks until it is known what attributes of
   * leads the rules declare: at once where they served before, else when they serve. Throws with a
   * message for people where none may.
   */
  RulesWorkshop(Config config, RulebookMaker maker, Ports ports, Opened opened) {
    this.config = config;
    this.maker = maker;
    this.sources = new SourceFolder(config.rules().resolve("sources"));
    this.publisher =
        opened.keep(
            new Publisher(
                ports,
                maker,
                new ReplayProof(new SandboxWorlds(config.propagation()), maker.thread()),
                config.publish()),
            Publisher::close);
    this.watch =
        opened.keep(
            new RulesWatch(config.rules(), config.fixtures(), this::settled), RulesWatch::close);
    this.serving = publisher.start(watch.read()).toCompletableFuture();
    this.declared = declaredBefore(ports.journal()).orElseGet(this::declaredNow);
    if (config.trusted()) {
      LOG.warn("rules.trust is full: rules are compiled as they stand, without the guard");
    }
  }

  /** Of the version that served last; empty where none is kept, or it cannot be read any more. */
  private static Optional<Supplier<Set<String>>> declaredBefore(JournalReader journal) {
    return journal
        .publications(1)
        .thenCompose(
            log ->
                log.isEmpty()
                    ? CompletableFuture.completedStage(Optional.<RuleVersion>empty())
                    : journal.version(log.get(0).hash()))
        .thenApply(
            kept -> kept.flatMap(version -> DroolsReader.declaredAttributes(version.files())))
        .toCompletableFuture()
        .join()
        .map(names -> () -> names);
  }

  private Supplier<Set<String>> declaredNow() {
    serving.join();
    return () -> publisher.rulebook().declaredAttributes();
  }

  /** What decides which rulebook serves. */
  Publisher publisher() {
    return publisher;
  }

  /** What makes rulebooks beside the one that serves. */
  Rulebooks rulebooks() {
    return maker;
  }

  /** The source mappings, as they are at each request. */
  Sources sources() {
    return new Sources(sources, sources::problems, () -> declared.get());
  }

  /** How the rules stand, for the doctor. */
  CompletionStage<RulesSight> sight() {
    return publisher.standing().thenApply(RulesWorkshop::sight);
  }

  private static RulesSight sight(RulesStanding standing) {
    Rulebook rulebook = standing.rulebook();
    List<String> objections = new ArrayList<>();
    if (standing.folder().problem() != null) {
      objections.add(standing.folder().problem());
    }
    standing
        .fromFolder()
        .filter(candidate -> candidate.state() == Candidate.State.REFUSED)
        .ifPresent(candidate -> objections.addAll(candidate.objections()));
    String said =
        "rulebook %s serves, %s since %s"
            .formatted(
                rulebook.hash().substring(0, 12),
                standing.publication().how().word(),
                standing.publication().at());
    String what = objections.isEmpty() ? said : said + ", and rules/ is refused";
    return new RulesSight(what, rulebook.uses(), objections);
  }

  /**
   * Blocks until a rulebook serves, and from then on changes of the rules reach this flow. Throws
   * with a message for people where none may serve.
   */
  void serve(LeadFlow flow) {
    this.declared = declaredNow();
    publisher.attach(flow);
    watch.start(config.duration(Config.RULES_LOOK));
  }

  private void settled(Publisher.Folder folder) {
    sources.refresh();
    publisher.seen(folder);
  }
}
