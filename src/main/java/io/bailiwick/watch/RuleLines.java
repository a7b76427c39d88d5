package io.bailiwick.watch;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Shadow;
import io.bailiwick.flow.ShadowRun;
import io.bailiwick.flow.ShadowStanding;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One log line a step of a rulebook's way from candidate to serving. */
final class RuleLines implements Signals {

  private final Logger log;

  RuleLines(Logger log) {
    this.log = log;
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Serving serving) {
      Publication last = serving.publication();
      log.info("rulebook {} serves, {} since {}", hash(last), last.how().word(), last.at());
    } else if (signal instanceof Signal.Published published) {
      published(published.publication());
    } else if (signal instanceof Signal.RulesWoke woke) {
      log.info("{} waiting leads are judged again by the rules that serve now", woke.leads());
    } else if (signal instanceof Signal.RulesDiffer differ) {
      log.warn(
          "rules/ holds version {} and does not serve; {} serves, {} since {}",
          hash(differ.rules()),
          hash(differ.serving()),
          differ.serving().how().word(),
          differ.serving().at());
    } else if (signal instanceof Signal.RulesUnreadable unreadable) {
      log.error("rules/ cannot be read, what serves is untouched: {}", unreadable.detail());
    } else {
      candidate(signal);
    }
  }

  private void candidate(Signal signal) {
    if (signal instanceof Signal.CandidateTaken taken) {
      log.info("candidate {}: compiled and proved beside what serves", told(taken.candidate()));
    } else if (signal instanceof Signal.CandidateWaits waits) {
      log.info("candidate {} is proved and waits for approval", told(waits.candidate()));
    } else if (signal instanceof Signal.CandidateKept kept) {
      log.info(
          "candidate {} has the rules that serve; its fixtures are kept", told(kept.candidate()));
    } else if (signal instanceof Signal.CandidateWithdrawn withdrawn) {
      log.info("candidate {} is withdrawn: rules/ is as before", told(withdrawn.candidate()));
    } else if (signal instanceof Signal.CandidateRefused refused) {
      Candidate candidate = refused.candidate();
      log.error(
          "candidate {} is refused, what serves is untouched; {} objections, the first: {}",
          told(candidate),
          candidate.objections().size(),
          candidate.firstObjection());
    } else {
      shadow(signal);
    }
  }

  private void shadow(Signal signal) {
    if (signal instanceof Signal.ShadowStarted started) {
      ShadowRun run = started.run();
      log.info(
          "candidate {} judges in shadow from now on, beside {}", told(run), hash(run.serving()));
    } else if (signal instanceof Signal.ShadowEnded ended) {
      ShadowStanding last = ended.last();
      boolean endless = ended.end() == Shadow.End.ENDLESS;
      log.atLevel(endless ? Level.ERROR : Level.INFO)
          .log(
              "candidate {} judges in shadow no more: {}; {} compared, {}, {} skipped",
              told(last.run()),
              ended.end().told(),
              last.compared(),
              counts(last),
              last.skipped());
    }
  }

  private static String counts(ShadowStanding last) {
    return last.counts().entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey().told())
        .collect(Collectors.joining(", "));
  }

  private void published(Publication publication) {
    String note = publication.note() == null ? "" : ": " + firstLine(publication.note());
    String who = publication.who() == null ? "" : " by " + publication.who();
    Level level = publication.how() == Publication.How.FELL_BACK ? Level.ERROR : Level.INFO;
    log.atLevel(level)
        .log(
            "rulebook {} serves from now on, {}{}{}",
            hash(publication),
            publication.how().word(),
            who,
            note);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String told(Candidate candidate) {
    RuleVersion version = candidate.version();
    return candidate.name() + " (" + hash(version.hash()) + ")";
  }

  private static String told(ShadowRun run) {
    return run.candidate() + " (" + hash(run.hash()) + ")";
  }

  private static String hash(Publication publication) {
    return hash(publication.hash());
  }

  private static String hash(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }
}
