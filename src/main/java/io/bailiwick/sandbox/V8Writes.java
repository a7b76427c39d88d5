package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Placing.Placed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The actions on the territories of records, with the codes, texts and places that Zoho documents.
 * An error item has the place of its cause in the request, and not the record's id.
 */
final class V8Writes {

  private final SandboxModel model;

  V8Writes(SandboxModel model) {
    this.model = model;
  }

  ApiAnswer single(ApiCall call, String module, String id, Version version) {
    Body body = Body.of(call);
    ApiAnswer refusal = body.refusal(1);
    if (refusal != null) {
      return refusal;
    }
    if (model.record(module, id) == null) {
      return ApiAnswer.recordIdInvalid();
    }
    return Item.answer(List.of(item(call, module, id, body.records().get(0), version)));
  }

  /** One item a record; 207 where they do not all end alike. */
  ApiAnswer bulk(ApiCall call, String module, Version version) {
    Body body = Body.of(call);
    ApiAnswer refusal = body.refusal(model.placesPerCall());
    if (refusal != null) {
      return refusal;
    }
    return Item.answer(
        body.records().stream().map(place -> bulkItem(call, module, place, version)).toList());
  }

  private Item bulkItem(ApiCall call, String module, Place place, Version version) {
    JsonNode id = place.node().path("id");
    if (id.isMissingNode() || id.isNull()) {
      return Item.missing(place.at("id"));
    }
    if (!id.isTextual() || model.record(module, id.textValue()) == null) {
      return Item.invalidId(place.at("id"));
    }
    return item(call, module, id.textValue(), place, version);
  }

  private Item item(ApiCall call, String module, String id, Place place, Version version) {
    ErrorRow provoked = model.provoked(call.path(), id);
    if (provoked != null) {
      return provoked.item(place.index(), id);
    }
    JsonNode list = place.node().path("Territories");
    if (!list.isArray() || list.isEmpty()) {
      return Item.missing(place.at("Territories"));
    }
    Set<String> ids = new LinkedHashSet<>();
    for (int j = 0; j < list.size(); j++) {
      JsonNode territory = list.get(j).path("id");
      String at = "Territories[" + j + "].id";
      if (territory.isMissingNode() || territory.isNull()) {
        return Item.missing(place.at("id", at));
      }
      if (!ids.add(territory.asText())) {
        return Item.error(400, "ALREADY_USED", "duplicate territory id found", place.at("id", at));
      }
    }
    var placing = new Placing(call.path(), module, id, List.copyOf(ids), removal(call));
    return told(model.place(placing), placing, place, version);
  }

  private static boolean removal(ApiCall call) {
    return call.segments().get(call.segments().size() - 1).equals(RecordCalls.REMOVE);
  }

  private static Item told(Placed placed, Placing placing, Place place, Version version) {
    String id = placing.id();
    ObjectNode at = place.at("id", "Territories[" + placed.at() + "].id");
    return switch (placed.verdict()) {
      case WRITTEN, REMOVED, IGNORED ->
          Item.success(200, "SUCCESS", "the territories data updated successfully", of(id));
      case SCHEDULED -> scheduled(of(id).put("job_id", placed.job()), version);
      case ALREADY_SCHEDULED ->
          Item.error(400, "ALREADY_SCHEDULED", "a territory job is already scheduled", of(id));
      case ALREADY_THERE ->
          Item.error(400, "DUPLICATE_DATA", "Given Territory already exists for that record", at);
      case LOCKED ->
          Item.error(
              400,
              "RECORD_LOCKED",
              "Sorry, you cannot perform this operation as the record is locked.",
              of(id).put("action", "record_locking"));
      case TOO_MANY ->
          Item.error(
              400,
              "LIMIT_EXCEEDED",
              "Maximum limit of territories for that record exceeds",
              place.at("Territories").put("limit", Placing.most(placing.module())));
      case INVALID_TERRITORY ->
          forbidden(placed.blocker())
              ? Item.error(
                  401,
                  "NO_PERMISSION",
                  "User has no permission to assign/remove this territory",
                  place.at("id", "Territories"))
              : Item.invalidId(at);
      case UNKNOWN_RECORD, UNKNOWN_MODULE -> Item.invalidId(place.at("id"));
      case UPDATED, INSERTED -> throw new IllegalStateException("no verdict on an action");
    };
  }

  /** Before version 7 a scheduled assignment is a SUCCESS with a job. */
  private static Item scheduled(ObjectNode details, Version version) {
    String message = "Territory assignment process scheduled successfully";
    return version.saysScheduled()
        ? Item.success(202, "SCHEDULED", message, details)
        : Item.success(200, "SUCCESS", message, details);
  }

  private static boolean forbidden(@Nullable Blocker blocker) {
    return blocker == Blocker.NOT_A_MEMBER || blocker == Blocker.NOT_PERMITTED;
  }

  private static ObjectNode of(String id) {
    return Json.mapper().createObjectNode().put("id", id);
  }
}
