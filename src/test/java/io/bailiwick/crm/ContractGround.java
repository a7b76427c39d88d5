package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Crm;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The world of the contract, and how a face is made and waited for. */
abstract class ContractGround {

  static final Duration DEADLINE = Duration.ofMillis(1_000);
  static final String WEST = "3652397000001234567";
  static final String LEAD = "3652397000009999001";
  static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

  /** A face of this model. */
  abstract Crm face(SandboxModel model);

  /** How the face speaks. */
  Dialect dialect() {
    return Dialect.CLASSIC;
  }

  /** What a face of this dialect can tell of such a start. */
  TerritoryReading told(TerritoryReading start) {
    return start;
  }

  /** The time the models run on. */
  abstract InstantSource base();

  /** What the stage gives, once it does. */
  abstract <T> T given(CompletionStage<T> stage);

  /** Waits until it holds. */
  abstract void until(BooleanSupplier condition);

  static TerritoryReading start() {
    return new TerritoryReading(
        List.of(
            listed("1", "Root", null, Flag.YES, Flag.YES),
            listed(WEST, "West Region", "1", Flag.YES, Flag.YES),
            listed("3", "Closed", "1", Flag.NO, Flag.YES),
            listed("4", "No Access", "1", Flag.YES, Flag.NO),
            listed("5", "Elsewhere", null, Flag.YES, Flag.YES),
            listed("6", "Unsaid", WEST, Flag.UNKNOWN, Flag.UNKNOWN)),
        Set.of("1"),
        Flag.YES);
  }

  static Listed listed(String id, String name, String parent, Flag active, Flag api) {
    return new Listed(id, name, parent, "Pat", active, api, LONG_AGO, Staff.UNKNOWN);
  }

  SandboxModel model(SandboxSettings settings, TerritoryReading start) {
    return new SandboxModel(settings, start, "77", new SettableClock(base()));
  }

  SandboxModel model() {
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(0), start());
    control(model, "{'do':'addRecord','module':'Leads','id':'%s'}".formatted(LEAD));
    return model;
  }

  static JsonNode control(SandboxModel model, String command) {
    try {
      byte[] json = command.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      return model.control(Json.read(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void fault(SandboxModel model, String fault) {
    control(model, "{'do':'setFaults','faults':[" + fault + "]}");
  }

  static Assignment to(String territory) {
    return new Assignment("Leads", LEAD, new TerritoryRef(territory, "any"));
  }
}
