package io.bailiwick.json;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Rate;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How one lead source names our fields: {@code rules/sources/NAME.yaml}. A name maps to a field, to
 * {@code attributes.NAME}, or to {@code ignore}; a name that is not mapped keeps its own meaning.
 *
 * @param source the source's name; null for the plain mapping
 * @param targets field, attribute or ignore, by the source's name for it in lower case
 * @param redirects where a form post may be sent on to, the first where it asks for none; empty
 *     where the answer is JSON
 * @param form how browser forms may post without a key; null where they may not
 * @param rate how much the source may send; null for no limit
 * @param declared attributes that rules have declared as fields, in lower case: they are known by
 *     their names
 */
public record SourceMapping(
    @Nullable String source,
    Map<String, String> targets,
    List<URI> redirects,
    @Nullable PublicForm form,
    @Nullable Rate rate,
    Set<String> declared) {

  /** No mapping: names are ours already. */
  public static final SourceMapping PLAIN =
      new SourceMapping(null, Map.of(), List.of(), null, null, Set.of());

  /** The form field that says which of the redirects is meant. */
  public static final String REDIRECT = "_redirect";

  static final String ATTRIBUTES = "attributes.";
  static final String IGNORE = "ignore";

  public SourceMapping {
    targets = Map.copyOf(targets);
    redirects = List.copyOf(redirects);
    declared = Set.copyOf(declared);
  }

  /**
   * Reads a mapping file. Throws IllegalArgumentException that says which line is wrong and what
   * may stand there.
   */
  public static SourceMapping parse(String source, String yaml) {
    return SourceYaml.read(source, yaml);
  }

  /** The field of that name, by the mapping or else by our own name; null for none. */
  public @Nullable LeadField field(String name) {
    return LeadField.named(Objects.requireNonNullElse(targets.get(lower(name)), name));
  }

  /** The same, knowing the attributes that rules have declared as fields. */
  public SourceMapping knowing(Set<String> declaredAttributes) {
    return declaredAttributes.isEmpty()
        ? this
        : new SourceMapping(source, targets, redirects, form, rate, declaredAttributes);
  }

  /** The attribute that name is mapped to, or is declared as; null where it is none. */
  public @Nullable String attribute(String name) {
    String target = targets.get(lower(name));
    if (target == null) {
      return declared.contains(lower(name)) ? name : null;
    }
    return target.startsWith(ATTRIBUTES) ? target.substring(ATTRIBUTES.length()) : null;
  }

  /** Whether that name is to be left out. */
  public boolean ignores(String name) {
    return IGNORE.equals(targets.get(lower(name)));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
