package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The field mappings of the lead sources, by name; asked afresh for each request. */
public final class Sources {

  private final Supplier<Map<String, SourceMapping>> mappings;
  private final Supplier<List<String>> problems;

  /**
   * Takes where the current mappings are had from, and what is wrong with those whose last good
   * ones serve.
   */
  public Sources(Supplier<Map<String, SourceMapping>> mappings, Supplier<List<String>> problems) {
    this.mappings = mappings;
    this.problems = problems;
  }

  /** What is wrong with mappings whose last good ones serve, one line each. */
  List<String> problems() {
    return problems.get();
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
