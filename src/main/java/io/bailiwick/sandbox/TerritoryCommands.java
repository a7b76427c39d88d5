package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Obeys the commands about territories and about the API user. */
final class TerritoryCommands {

  private final World world;
  private final InstantSource clock;

  TerritoryCommands(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  void setTerritory(Arguments args, ObjectNode done) {
    args.only(Set.of("territory", "apiEnabled", "status", "name", "parentId"));
    Listed old = territory(args, args.text("territory"));
    String name = args.optionalText("name");
    // Null is a value here: it makes the territory a root.
    String parent = args.node().has("parentId") ? parent(args) : old.parentId();
    Boolean apiEnabled = args.optionalFlag("apiEnabled");
    String status = status(args);
    world
        .territories()
        .put(
            new Listed(
                old.id(),
                name == null ? old.name() : name,
                parent,
                old.manager(),
                status == null ? old.active() : Flag.of(status.equals("Active")),
                apiEnabled == null ? old.apiEnabled() : Flag.of(apiEnabled),
                old.createdAt(),
                Staff.UNKNOWN));
    done.put("id", old.id());
  }

  void addTerritory(Arguments args, ObjectNode done) {
    args.only(Set.of("name", "id", "parentId", "apiEnabled", "status"));
    String name = args.text("name");
    String given = args.optionalText("id");
    if (given != null && world.territories().byId(given) != null) {
      throw args.wrong("names an id that is there already; leave \"id\" out for a free one");
    }
    String id = given == null ? freeId() : given;
    Boolean apiEnabled = args.optionalFlag("apiEnabled");
    String status = status(args);
    world
        .territories()
        .put(
            new Listed(
                id,
                name,
                parent(args),
                null,
                Flag.of(status == null || status.equals("Active")),
                Flag.of(apiEnabled == null || apiEnabled),
                clock.instant(),
                Staff.UNKNOWN));
    done.put("id", id);
  }

  void removeTerritory(Arguments args, ObjectNode done) {
    args.only(Set.of("territory"));
    String id = territory(args, args.text("territory")).id();
    world.territories().remove(id);
    done.put("id", id);
  }

  void setUser(Arguments args) {
    args.only(Set.of("memberOf", "permitted"));
    Set<String> ids = world.territories().memberOf();
    if (args.node().has("memberOf")) {
      JsonNode given = args.node().get("memberOf");
      if (!given.isArray()) {
        throw args.wrong("takes \"memberOf\" as an array of territory ids or names");
      }
      ids = new LinkedHashSet<>();
      for (JsonNode idOrName : given) {
        ids.add(territory(args, idOrName.asText()).id());
      }
    }
    Boolean permitted = args.optionalFlag("permitted");
    Flag permission = permitted == null ? world.territories().permitted() : Flag.of(permitted);
    world.territories().setUser(ids, permission);
  }

  /** The account of whoever has that name, a manager perhaps. */
  void setPerson(Arguments args) {
    args.only(Set.of("name", "status"));
    String status = args.text("status");
    if (!People.STATUSES.contains(status)) {
      String all = String.join(", ", new TreeSet<>(People.STATUSES));
      throw args.wrong("takes \"status\" as one of " + all);
    }
    String name = args.text("name");
    if (People.all(world.territories()).stream().noneMatch(user -> user.name().equals(name))) {
      throw args.wrong("names nobody who is there; GET /crm/v8/users lists all");
    }
    world.territories().setStatus(name, status);
  }

  private @Nullable String status(Arguments args) {
    String status = args.optionalText("status");
    if (status != null && !status.equals("Active") && !status.equals("Inactive")) {
      throw args.wrong("takes \"status\" as Active or Inactive");
    }
    return status;
  }

  private @Nullable String parent(Arguments args) {
    String parent = args.optionalText("parentId");
    return parent == null ? null : territory(args, parent).id();
  }

  private Listed territory(Arguments args, String idOrName) {
    Listed found = world.territories().find(idOrName);
    if (found == null) {
      throw args.wrong("names a territory that is not there; GET /sandbox/state lists them");
    }
    return found;
  }

  private String freeId() {
    long number = 3_652_397_000_090_000_001L;
    while (world.territories().byId(Long.toString(number)) != null) {
      number++;
    }
    return Long.toString(number);
  }
}
