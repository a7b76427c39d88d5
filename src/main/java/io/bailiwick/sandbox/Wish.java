package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Nullable;
import java.util.Map;

/**
 * A write to one record that is asked for.
 *
 * @param path of the call it came with, by which faults are chosen
 * @param id of the record; empty for one that is yet to be made
 * @param named whether it names a territory, as only the classic dialect does
 * @param territory null clears the record's territory
 * @param fields the fields it writes, all known and of the right type
 * @param options what the call said beside its records, such as which triggers to run; null for
 *     nothing
 */
record Wish(
    String path,
    String module,
    String id,
    boolean named,
    @Nullable String territory,
    Map<String, JsonNode> fields,
    @Nullable ObjectNode options) {

  /** A territory alone. */
  static Wish of(String path, String module, String id, @Nullable String territory) {
    return new Wish(path, module, id, true, territory, Map.of(), null);
  }

  /** What became of a new record; its id is empty where none was made. */
  record Made(Verdict verdict, String id) {}
}
