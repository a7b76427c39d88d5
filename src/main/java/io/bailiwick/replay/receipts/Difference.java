package io.bailiwick.replay.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Nullable;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The first place where two decisions differ.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the decision with its receipt's members
 * @param recorded the value there as it was decided, as JSON; "absent" where there is none
 * @param decided the value there as it is decided now
 */
public record Difference(String pointer, String recorded, String decided) {

  private static final String ABSENT = "absent";

  /** Null where the two are the same, byte for byte. */
  public static @Nullable Difference between(Decision recorded, Decision decided) {
    JsonNode before = EntryJson.decision(recorded);
    JsonNode after = EntryJson.decision(decided);
    if (Json.write(before).equals(Json.write(after))) {
      return null;
    }
    Difference found = first("", before, after);
    // Equal values in another order are other bytes.
    return found == null ? new Difference("", Json.write(before), Json.write(after)) : found;
  }

  private static @Nullable Difference first(
      String pointer, @Nullable JsonNode before, @Nullable JsonNode after) {
    if (before == null || after == null) {
      return text(before).equals(text(after))
          ? null
          : new Difference(pointer, text(before), text(after));
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String inner = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
        Difference found = first(inner, before.get(name), after.get(name));
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    if (before.isArray() && after.isArray()) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        Difference found = first(pointer + "/" + i, before.get(i), after.get(i));
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    return before.equals(after) ? null : new Difference(pointer, text(before), text(after));
  }

  private static String text(@Nullable JsonNode node) {
    return node == null ? ABSENT : node.toString();
  }
}
