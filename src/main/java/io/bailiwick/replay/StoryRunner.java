package io.bailiwick.replay;

import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.replay.CaseResult.Kind;
import io.bailiwick.replay.Story.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Runs one story: the production flow on a virtual clock, days in milliseconds, the same way every
 * time. The story ends at its first step that differs.
 */
final class StoryRunner {

  private final Story story;
  private final StoryWorld world;
  private final VirtualTimers timers;
  private final LeadFlow flow;
  private final Map<String, String> ids = new HashMap<>();
  private final List<String> troubles = new ArrayList<>();

  private StoryRunner(Story story, StoryWorld world, VirtualTimers timers, Rulebook rulebook) {
    this.story = story;
    this.world = world;
    this.timers = timers;
    // Jitter is part of the flow; a fixed seed makes it the same each time.
    RandomGenerator random = new SplittableRandom(1);
    var ports = new Ports(world.journal(), world.crm(), timers, this::hear);
    this.flow = new LeadFlow(ports, () -> rulebook, LeadFlow.Settings.DEFAULT, random);
  }

  static CaseResult run(Story story, StoryWorld.Maker worlds, Fixtures fixtures, Rulebook rules) {
    var timers = new VirtualTimers(story.start());
    try (StoryWorld world = worlds.begin(fixtures.territories(), timers)) {
      List<String> differences = new StoryRunner(story, world, timers, rules).run();
      return CaseResult.of(Kind.STORY, story.place(), story.name(), differences);
    } catch (RuntimeException e) {
      return CaseResult.error(Kind.STORY, story.place(), story.name(), String.valueOf(e));
    }
  }

  private List<String> run() {
    flow.start();
    int number = 0;
    for (Step step : story.steps()) {
      number++;
      timers.runUntil(story.start().plus(step.at()));
      List<String> differences = take(step);
      if (!troubles.isEmpty()) {
        throw new IllegalStateException("step " + number + ": " + String.join("; ", troubles));
      }
      if (!differences.isEmpty()) {
        String at = "step " + number + " (" + step.at() + "), ";
        return differences.stream().map(at::concat).toList();
      }
    }
    return List.of();
  }

  private List<String> take(Step step) {
    if (step instanceof Step.Post post) {
      post(post);
      return List.of();
    }
    if (step instanceof Step.Event event) {
      world.command(event.command());
      return List.of();
    }
    List<String> differences = new ArrayList<>();
    ((Step.Expect) step)
        .leads()
        .forEach(
            (name, expectation) ->
                expectation.differences(entry(name)).stream()
                    .map(difference -> name + ": " + difference)
                    .forEach(differences::add));
    return differences;
  }

  private void post(Step.Post post) {
    Acceptance answer =
        done(flow.intake().accept(List.of(new Intake.Arrival(post.lead(), post.body())), null));
    if (!(answer instanceof Acceptance.Accepted accepted)) {
      throw new IllegalStateException(post.as() + " was not accepted: " + answer);
    }
    ids.put(post.as(), accepted.entries().get(0).id());
  }

  private Entry entry(String name) {
    String id = ids.get(name);
    Optional<Entry> entry = id == null ? Optional.empty() : done(world.journal().find(id));
    return entry.orElseThrow(() -> new IllegalStateException("no lead " + name + " was posted"));
  }

  private void hear(Signals.Signal signal) {
    if (signal instanceof Signals.Signal.Trouble trouble) {
      troubles.add(trouble.what() + ": " + trouble.cause());
    }
  }

  /** A story's journal has done its work when it returns. */
  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
