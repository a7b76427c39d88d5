package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/** Obeys control commands; each is one JSON object whose {@code do} names it. */
final class Commands {

  private static final String ALL =
      "setTerritory, addTerritory, removeTerritory, setUser, setFeature, setAssigning, addRecord,"
          + " removeRecord, touchRecord, setFaults, moveClock, reset, "
          + OAuthCommands.ALL;
  private static final int MAX_COMMANDS = 10_000;
  private static final Duration MAX_DELAY = Duration.ofHours(24);

  private final World world;
  private final InstantSource clock;
  private final Runnable reset;

  Commands(World world, InstantSource clock, Runnable reset) {
    this.world = world;
    this.clock = clock;
    this.reset = reset;
  }

  JsonNode obey(JsonNode commands) {
    if (!commands.isArray()) {
      return one(commands);
    }
    if (commands.size() > MAX_COMMANDS) {
      throw new IllegalArgumentException("send at most " + MAX_COMMANDS + " commands at once");
    }
    ArrayNode done = Json.mapper().createArrayNode();
    for (int i = 0; i < commands.size(); i++) {
      try {
        done.add(one(commands.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("command " + i + ": " + e.getMessage(), e);
      }
    }
    return done;
  }

  private ObjectNode one(JsonNode command) {
    JsonNode word = command.path("do");
    if (!word.isTextual()) {
      throw new IllegalArgumentException(
          "send an object such as {\"do\":\"moveClock\",\"by\":\"PT15M\"}; \"do\" is one of "
              + ALL);
    }
    String name = word.textValue();
    ObjectNode done = Json.mapper().createObjectNode().put("done", name);
    Arguments args = new Arguments(name, command);
    switch (name) {
      case "setTerritory" -> setTerritory(args, done);
      case "addTerritory" -> addTerritory(args, done);
      case "removeTerritory" -> removeTerritory(args, done);
      case "setUser" -> setUser(args);
      case "setFeature" -> setFeature(args);
      case "setAssigning" -> setAssigning(args);
      case "addRecord" -> addRecord(args);
      case "removeRecord" -> removeRecord(args);
      case "touchRecord" -> touchRecord(args);
      case "setFaults" -> setFaults(args);
      case "moveClock" -> moveClock(args, done);
      case "reset" -> {
        args.only(Set.of());
        reset.run();
      }
      default -> {
        if (!OAuthCommands.obey(world.oauth(), args, clock.instant(), done)) {
          throw new IllegalArgumentException("\"do\" is one of " + ALL);
        }
      }
    }
    return done;
  }

  private void setTerritory(Arguments args, ObjectNode done) {
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
                old.createdAt()));
    done.put("id", old.id());
  }

  private void addTerritory(Arguments args, ObjectNode done) {
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
                clock.instant()));
    done.put("id", id);
  }

  private void removeTerritory(Arguments args, ObjectNode done) {
    args.only(Set.of("territory"));
    String id = territory(args, args.text("territory")).id();
    world.territories().remove(id);
    done.put("id", id);
  }

  private void setUser(Arguments args) {
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

  private void setFeature(Arguments args) {
    args.only(Set.of("territories", "activity"));
    Boolean activity = args.optionalFlag("activity");
    if (activity != null) {
      world.records().showActivity(activity);
    }
    if (activity == null || args.node().has("territories")) {
      world.territories().setEnabled(args.flag("territories"));
    }
  }

  /** How long version 8 takes over an assignment; null for doing it before the answer. */
  private void setAssigning(Arguments args) {
    args.only(Set.of("delay"));
    if (!args.node().has("delay")) {
      throw args.wrong("needs \"delay\", an ISO 8601 duration such as PT2S, or null for at once");
    }
    String delay = args.optionalText("delay");
    Duration wait = delay == null ? null : duration(args, "delay", delay);
    if (wait != null && (wait.isNegative() || wait.compareTo(MAX_DELAY) > 0)) {
      throw args.wrong("takes \"delay\" from PT0S to PT24H");
    }
    world.jobs().setDelay(wait);
  }

  private static Duration duration(Arguments args, String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw args.wrong("takes \"" + name + "\" as an ISO 8601 duration such as PT15M");
    }
  }

  private void addRecord(Arguments args) {
    args.only(Set.of("module", "id"));
    String id = args.text("id");
    if (!RecordBook.plausible(id)) {
      throw args.wrong("takes \"id\" as 1 to 64 letters, digits, _ or -");
    }
    world.records().put(module(args), id, null);
  }

  /** A person works on it. */
  private void touchRecord(Arguments args) {
    args.only(Set.of("module", "id"));
    if (!world.records().touch(module(args), args.text("id"), clock.instant())) {
      throw args.wrong("names a record that is not there");
    }
  }

  private void removeRecord(Arguments args) {
    args.only(Set.of("module", "id"));
    if (!world.records().remove(module(args), args.text("id"))) {
      throw args.wrong("names a record that is not there");
    }
  }

  private void setFaults(Arguments args) {
    args.only(Set.of("faults"));
    world.faults().set(FaultReader.read(args.node().path("faults")));
  }

  private void moveClock(Arguments args, ObjectNode done) {
    args.only(Set.of("by"));
    if (!(clock instanceof SettableClock settable)) {
      throw args.wrong("is not possible: this sandbox runs on a clock that cannot be moved");
    }
    settable.moveForward(duration(args, "by", args.text("by")));
    done.put("now", settable.instant().toString());
  }

  private String module(Arguments args) {
    String module = args.text("module");
    if (!RecordBook.MODULES.contains(module)) {
      throw args.wrong("takes \"module\" as Leads or Accounts");
    }
    return module;
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
