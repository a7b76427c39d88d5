package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import io.bailiwick.json.TerritoriesJson;

/** The world a story happens in: a CRM that obeys commands, and a memory of its own. */
public interface StoryWorld extends AutoCloseable {

  /** Makes worlds, one a story. */
  interface Maker {

    /** A fresh world with these territories; everything in it goes by the given clock. */
    StoryWorld begin(TerritoriesJson.World territories, VirtualTimers timers);
  }

  /** The CRM that leads are sent to. */
  Crm crm();

  /** The journal of this story alone; each call has ended when it returns. */
  Journal journal();

  /**
   * Obeys a command to the CRM; throws IllegalArgumentException that says what is wrong with it.
   */
  void command(JsonNode command);

  /** Ends the world. */
  @Override
  void close();
}
