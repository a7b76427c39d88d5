package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The field mappings of the lead sources, by name; asked afresh for each request. */
public final class Sources {

  private final Supplier<Map<String, SourceMapping>> mappings;
  private final Supplier<List<String>> problems;
  private final Supplier<Set<String>> declared;

  /**
   * Takes where the current mappings are had from, and what is wrong with those whose last good
   * ones serve; {@code declared} are the attributes that the serving rules know as fields.
   */
  public Sources(
      Supplier<Map<String, SourceMapping>> mappings,
      Supplier<List<String>> problems,
      Supplier<Set<String>> declared) {
    this.mappings = mappings;
    this.problems = problems;
    this.declared = declared;
  }

  /** What is wrong with mappings whose last good ones serve, one line each. */
  List<String> problems() {
    return problems.get();
  }

  /** The sources' files as they are now, by name. */
  public Map<String, SourceMapping> files() {
    return mappings.get();
  }

  /** The mapping of that source, the plain one without a name; throws for a name nobody knows. */
  SourceMapping of(@Nullable String name) {
    if (name == null) {
      return SourceMapping.PLAIN.knowing(declared.get());
    }
    SourceMapping mapping = mappings.get().get(name);
    if (mapping == null) {
      throw new Refusal(
          ProblemType.INVALID_REQUEST,
          "There is no source of that name; a source is a file rules/sources/NAME.yaml.");
    }
    return mapping.knowing(declared.get());
  }
}
