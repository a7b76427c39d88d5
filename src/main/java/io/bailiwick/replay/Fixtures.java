package io.bailiwick.replay;

import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.replay.Coverage.Declaration;
import java.util.List;

/**
 * A folder of fixtures as read.
 *
 * @param unreadable what could not be read, as errors of a replay
 */
public record Fixtures(
    TerritoriesJson.World territories,
    List<LeadCase> leads,
    List<Story> stories,
    List<Declaration> unfired,
    List<CaseResult> unreadable) {

  public Fixtures {
    leads = List.copyOf(leads);
    stories = List.copyOf(stories);
    unfired = List.copyOf(unfired);
    unreadable = List.copyOf(unreadable);
  }
}
