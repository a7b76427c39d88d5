package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

/** Obeys control commands; each is one JSON object whose {@code do} names it. */
final class Commands {

  private static final String ALL =
      "setTerritory, addTerritory, removeTerritory, setUser, setPerson, setFeature,"
          + " setAssigning, addField, addRecord, removeRecord, touchRecord, setFaults, setLimits,"
          + " moveClock, reset, "
          + OAuthCommands.ALL;
  private static final int MAX_COMMANDS = 10_000;
  private static final Duration MAX_DELAY = Duration.ofHours(24);

  private final Supplier<World> world;
  private final InstantSource clock;
  private final Runnable reset;

  Commands(Supplier<World> world, InstantSource clock, Runnable reset) {
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
      case "setTerritory" -> territories().setTerritory(args, done);
      case "addTerritory" -> territories().addTerritory(args, done);
      case "removeTerritory" -> territories().removeTerritory(args, done);
      case "setUser" -> territories().setUser(args);
      case "setPerson" -> territories().setPerson(args);
      case "setFeature" -> setFeature(args);
      case "setAssigning" -> setAssigning(args);
      case "addField" -> new RecordCommands(world.get(), clock).addField(args);
      case "addRecord" -> new RecordCommands(world.get(), clock).addRecord(args);
      case "removeRecord" -> new RecordCommands(world.get(), clock).removeRecord(args);
      case "touchRecord" -> new RecordCommands(world.get(), clock).touchRecord(args);
      case "setFaults" -> setFaults(args);
      case "setLimits" -> setLimits(args);
      case "moveClock" -> moveClock(args, done);
      case "reset" -> {
        args.only(Set.of());
        reset.run();
      }
      default -> {
        if (!OAuthCommands.obey(world.get().oauth(), args, clock.instant(), done)) {
          throw new IllegalArgumentException("\"do\" is one of " + ALL);
        }
      }
    }
    return done;
  }

  private TerritoryCommands territories() {
    return new TerritoryCommands(world.get(), clock);
  }

  private void setFeature(Arguments args) {
    args.only(Set.of("territories", "leads", "activity"));
    Boolean activity = args.optionalFlag("activity");
    if (activity != null) {
      world.get().records().showActivity(activity);
    }
    Boolean leads = args.optionalFlag("leads");
    if (leads != null) {
      world.get().territories().setLeadsEnabled(leads);
    }
    if ((activity == null && leads == null) || args.node().has("territories")) {
      world.get().territories().setEnabled(args.flag("territories"));
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
    world.get().jobs().setDelay(wait);
  }

  private static Duration duration(Arguments args, String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw args.wrong("takes \"" + name + "\" as an ISO 8601 duration such as PT15M");
    }
  }

  private void setFaults(Arguments args) {
    args.only(Set.of("faults"));
    world.get().faults().set(FaultReader.read(args.node().path("faults")));
  }

  /** What is not named stays as it is. */
  private void setLimits(Arguments args) {
    args.only(Limits.MEMBERS);
    world.get().meter().setLimits(world.get().meter().limits().with(args));
  }

  private void moveClock(Arguments args, ObjectNode done) {
    args.only(Set.of("by"));
    if (!(clock instanceof SettableClock settable)) {
      throw args.wrong("is not possible: this sandbox runs on a clock that cannot be moved");
    }
    settable.moveForward(duration(args, "by", args.text("by")));
    done.put("now", settable.instant().toString());
  }
}
