package io.bailiwick.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.util.HashMap;
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
 * @param redirect where a form post is sent on to; null where the answer is JSON
 * @param declared attributes that rules have declared as fields, in lower case: they are known by
 *     their names
 */
public record SourceMapping(
    @Nullable String source,
    Map<String, String> targets,
    @Nullable URI redirect,
    Set<String> declared) {

  /** No mapping: names are ours already. */
  public static final SourceMapping PLAIN = new SourceMapping(null, Map.of(), null, Set.of());

  private static final String ATTRIBUTES = "attributes.";
  private static final String IGNORE = "ignore";

  public SourceMapping {
    targets = Map.copyOf(targets);
    declared = Set.copyOf(declared);
  }

  /**
   * Reads a mapping file. Throws IllegalArgumentException that says which line is wrong and what
   * may stand there.
   */
  public static SourceMapping parse(String source, String yaml) {
    JsonNode root;
    try {
      root = Json.yaml().readTree(yaml);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new IllegalArgumentException(
          "%s.yaml:%d: %s"
              .formatted(source, at == null ? 1 : at.getLineNr(), e.getOriginalMessage()),
          e);
    }
    Map<String, String> targets = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : root.path("fields").properties()) {
      targets.put(lower(member.getKey()), target(source, member));
    }
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("fields") && !name.equals("redirect")) {
                throw new IllegalArgumentException(
                    source + ".yaml: \"" + name + "\" is not known; use fields and redirect");
              }
            });
    JsonNode redirect = root.path("redirect");
    return new SourceMapping(
        source,
        targets,
        redirect.isMissingNode() ? null : redirect(source, redirect.asText()),
        Set.of());
  }

  /** The field of that name, by the mapping or else by our own name; null for none. */
  public @Nullable LeadField field(String name) {
    return LeadField.named(Objects.requireNonNullElse(targets.get(lower(name)), name));
  }

  /** The same, knowing the attributes that rules have declared as fields. */
  public SourceMapping knowing(Set<String> declaredAttributes) {
    return declaredAttributes.isEmpty()
        ? this
        : new SourceMapping(source, targets, redirect, declaredAttributes);
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

  private static String target(String source, Map.Entry<String, JsonNode> member) {
    String target = member.getValue().asText();
    boolean known =
        LeadField.named(target) != null
            || target.equals(IGNORE)
            || (target.startsWith(ATTRIBUTES) && target.length() > ATTRIBUTES.length());
    if (!known) {
      throw new IllegalArgumentException(
          "%s.yaml: \"%s: %s\" maps to no field; use a field's name, attributes.NAME or ignore"
              .formatted(source, member.getKey(), target));
    }
    return target;
  }

  private static URI redirect(String source, String target) {
    URI uri;
    try {
      uri = URI.create(target);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ".yaml: redirect is no URL: " + target, e);
    }
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null) {
      throw new IllegalArgumentException(
          source + ".yaml: redirect must be an http or https URL, not " + target);
    }
    return uri;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
