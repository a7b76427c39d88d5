package io.bailiwick;

import io.bailiwick.command.SandboxWorlds;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.http.Sources;
import io.bailiwick.replay.ReplayProof;
import io.bailiwick.watch.doctor.RulesSight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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

  /** Blocks until a rulebook serves; throws with a message for people where there is none. */
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
    publisher.start(watch.read()).toCompletableFuture().join();
    if (config.trusted()) {
      LOG.warn("rules.trust is full: rules are compiled as they stand, without the guard");
    }
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
    return new Sources(sources, sources::problems, () -> publisher.rulebook().declaredAttributes());
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

  /** From now on changes of the rules reach this flow. */
  void serve(LeadFlow flow) {
    publisher.attach(flow);
    watch.start(config.duration(Config.RULES_LOOK));
  }

  private void settled(Publisher.Folder folder) {
    sources.refresh();
    publisher.seen(folder);
  }
}
