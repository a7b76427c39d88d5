package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.replay.StoryWorld;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;

/** Makes worlds for stories of the sandbox's model and a journal in memory. */
public final class SandboxWorlds implements StoryWorld.Maker {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Duration propagation;

  /** {@code propagation} is how long the sandbox refuses a new territory. */
  public SandboxWorlds(Duration propagation) {
    this.propagation = propagation;
  }

  @Override
  public StoryWorld begin(TerritoriesJson.World territories, VirtualTimers timers) {
    var standard = SandboxSettings.STANDARD;
    var settings =
        new SandboxSettings(
            standard.host(), standard.port(), standard.token(), true, propagation, standard.seed());
    var model = new SandboxModel(settings, territories.reading(), territories.userId(), timers);
    return new SandboxWorld(model, new SandboxCrm(model, timers, DEADLINE), new MemoryJournal());
  }

  private record SandboxWorld(SandboxModel model, Crm crm, Journal journal) implements StoryWorld {

    @Override
    public void command(JsonNode command) {
      model.control(command);
    }

    @Override
    public void close() {
      journal.close();
    }
  }
}
