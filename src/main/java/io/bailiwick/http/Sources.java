package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.util.Map;
import java.util.function.Supplier;

/** The field mappings of the lead sources, by name; asked afresh for each request. */
public final class Sources {

  private final Supplier<Map<String, SourceMapping>> mappings;

  /** Takes where the current mappings are had from. */
  public Sources(Supplier<Map<String, SourceMapping>> mappings) {
    this.mappings = mappings;
  }

  /** The mapping of that source, the plain one without a name; throws for a name nobody knows. */
  SourceMapping of(@Nullable String name) {
    if (name == null) {
      return SourceMapping.PLAIN;
    }
    SourceMapping mapping = mappings.get().get(name);
    if (mapping == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "There is no source of that name; a source is a file rules/sources/NAME.yaml.");
    }
    return mapping;
  }
}
