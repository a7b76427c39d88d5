package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Inserting, updating and upserting records as Zoho documents them, up to 100 a call, one item a
 * record. In version 2 a record may name its {@code Territory}, as in the seed contract; later ones
 * do not know that field.
 */
final class RecordWrites {

  /** Records in one call (Zoho's page on each of these calls). */
  static final int MAX_RECORDS = 100;

  private final SandboxModel model;

  RecordWrites(SandboxModel model) {
    this.model = model;
  }

  ApiAnswer insert(ApiCall call, String module) {
    return each(call, MAX_RECORDS, body -> place -> inserted(call, module, place, body));
  }

  ApiAnswer update(ApiCall call, String module) {
    return each(call, MAX_RECORDS, body -> place -> updated(call, module, place, body));
  }

  /** The record is named by the address. */
  ApiAnswer update(ApiCall call, String module, String id) {
    if (model.record(module, id) == null) {
      ApiAnswer refusal = Body.of(call).refusal(1);
      return refusal == null ? ApiAnswer.recordIdInvalid() : refusal;
    }
    return each(call, 1, body -> place -> updated(call, module, id, place, body));
  }

  ApiAnswer upsert(ApiCall call, String module) {
    Body body = Body.of(call);
    List<Field> checks = new ArrayList<>();
    for (JsonNode name : body.option("duplicate_check_fields")) {
      Field field = model.fields().find(module, name.asText());
      if (field == null || !field.unique()) {
        ObjectNode details =
            Json.mapper()
                .createObjectNode()
                .put("api_name", "duplicate_check_fields")
                .put("json_path", "$.duplicate_check_fields");
        return ApiAnswer.error(400, "INVALID_DATA", "invalid data", details);
      }
      checks.add(field);
    }
    if (checks.isEmpty()) {
      model.fields().all(module).stream().filter(Field::unique).forEach(checks::add);
    }
    return each(call, MAX_RECORDS, read -> place -> upserted(call, module, place, read, checks));
  }

  private static ApiAnswer each(
      ApiCall call, int most, Function<Body, Function<Place, Item>> write) {
    Body body = Body.of(call);
    ApiAnswer refusal = body.refusal(most);
    if (refusal != null) {
      return refusal;
    }
    Function<Place, Item> one = write.apply(body);
    return Item.answer(body.records().stream().map(one).toList());
  }

  private Item upserted(ApiCall call, String module, Place place, Body body, List<Field> checks) {
    for (Field field : checks) {
      JsonNode value = place.node().path(field.name());
      String id = value.isMissingNode() ? null : model.duplicate(module, field, value);
      if (id != null) {
        return action(updated(call, module, id, place, body), "update", field.name());
      }
    }
    return action(inserted(call, module, place, body), "insert", null);
  }

  private static Item action(Item item, String action, @Nullable String field) {
    if (item.good()) {
      item.node().put("action", action).put("duplicate_field", field);
    }
    return item;
  }

  private Item inserted(ApiCall call, String module, Place place, Body body) {
    ErrorRow provoked = model.provoked(call.path(), "");
    if (provoked != null) {
      return provoked.item(place.index(), "");
    }
    FieldReader.Read read = new FieldReader(model, module).read(place, true);
    Item wrong = read.wrong();
    if (wrong != null || !place.node().isObject()) {
      return wrong == null ? notARecord() : wrong;
    }
    for (Map.Entry<String, JsonNode> member : read.fields().entrySet()) {
      Field field = model.fields().find(module, member.getKey());
      // What the system looks for when it upserts may be there twice; a unique field may not.
      if (field != null && field.unique() && field.custom()) {
        String other = model.duplicate(module, field, member.getValue());
        if (other != null) {
          ObjectNode details = place.at(field.name()).put("id", other);
          return Item.error(400, "DUPLICATE_DATA", "duplicate data", details);
        }
      }
    }
    Wish.Made made = model.make(wish(call, module, "", place, body));
    return made.verdict() == Verdict.INVALID_TERRITORY
        ? territoryInvalid(null)
        : success(201, "record added", module, made.id());
  }

  private Item updated(ApiCall call, String module, Place place, Body body) {
    JsonNode id = place.node().path("id");
    if (id.isMissingNode() || id.isNull()) {
      return Item.missing(place.at("id"));
    }
    return updated(call, module, id.asText(), place, body);
  }

  private Item updated(ApiCall call, String module, String id, Place place, Body body) {
    ErrorRow provoked = model.provoked(call.path(), id);
    if (provoked != null) {
      return provoked.item(place.index(), id);
    }
    if (!place.node().isObject()) {
      return notARecord();
    }
    if (modified(call, model.record(module, id))) {
      // The code and status are Zoho's; the text and the details are our inference.
      ObjectNode details = Json.mapper().createObjectNode().put("id", id);
      return Item.error(412, "ALREADY_MODIFIED", "the record has been modified", details);
    }
    Item wrong = new FieldReader(model, module).read(place, false).wrong();
    if (wrong != null) {
      return wrong;
    }
    return switch (model.write(wish(call, module, id, place, body))) {
      case WRITTEN, UPDATED, IGNORED -> success(200, "record updated", module, id);
      case INVALID_TERRITORY -> territoryInvalid(id);
      case UNKNOWN_RECORD, UNKNOWN_MODULE -> Item.invalidId(place.at("id").put("id", id));
      case INSERTED, REMOVED, SCHEDULED, ALREADY_SCHEDULED, ALREADY_THERE, TOO_MANY, LOCKED ->
          throw new IllegalStateException("no verdict on an update");
    };
  }

  /** Whether somebody changed it since the instant that the call names, to the second. */
  private static boolean modified(ApiCall call, RecordBook.@Nullable Shown shown) {
    Instant since = call.unmodifiedSince();
    Instant changed = shown == null ? null : shown.activity();
    return since != null
        && changed != null
        && changed.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
  }

  private Wish wish(ApiCall call, String module, String id, Place place, Body body) {
    boolean classic = call.segments().get(1).equals("v2");
    JsonNode territory = place.node().path("Territory");
    boolean named = classic && !territory.isMissingNode();
    Map<String, JsonNode> fields = new FieldReader(model, module).read(place, false).fields();
    String value = named ? territory.textValue() : null;
    return new Wish(call.path(), module, id, named, value, fields, body.options());
  }

  private static Item notARecord() {
    ObjectNode details = Json.mapper().createObjectNode().put("expected_data_type", "jsonobject");
    return Item.error(400, "INVALID_DATA", "invalid data", details);
  }

  private static Item territoryInvalid(@Nullable String id) {
    ObjectNode details = Json.mapper().createObjectNode().put("api_name", "Territory");
    if (id != null) {
      details.put("id", id);
    }
    return Item.error(400, "INVALID_DATA", "invalid territory id", details);
  }

  private Item success(int status, String message, String module, String id) {
    ObjectNode details = Json.mapper().createObjectNode();
    RecordBook.Shown shown = model.record(module, id);
    String at = String.valueOf(shown == null ? model.now() : shown.activity());
    details.put("Modified_Time", at);
    by(details, "Modified_By");
    details.put("Created_Time", at).put("id", id);
    by(details, "Created_By");
    details.put("$approval_state", "approved");
    return Item.success(status, "SUCCESS", message, details);
  }

  private void by(ObjectNode details, String name) {
    details.putObject(name).put("name", People.API_USER).put("id", model.userId());
  }
}
