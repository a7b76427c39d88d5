package io.bailiwick.json;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.List;

/** A territory snapshot to and from the JSON the journal keeps. */
public final class SnapshotJson {

  private record Body(Flag permitted, List<Territory> territories) {}

  private SnapshotJson() {}

  /** All that its id is taken of, and the first sights. */
  public static String write(TerritorySnapshot snapshot) {
    return Json.write(new Body(snapshot.permitted(), snapshot.territories()));
  }

  /** What {@link #write} wrote; throws IllegalStateException for anything else. */
  public static TerritorySnapshot read(String json) {
    Body body = Json.own(json, Body.class);
    return new TerritorySnapshot(body.territories(), body.permitted());
  }
}
