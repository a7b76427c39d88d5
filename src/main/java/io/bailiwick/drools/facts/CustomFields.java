package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Field.Kind;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.drools.text.YamlText;
import io.bailiwick.drools.text.YamlText.Member;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The fields of a lead that {@code rules/fields.yaml} declares, each read from an attribute of that
 * name or of one of its aliases, in any case. What cannot be read as the declared type is absent.
 */
public final class CustomFields {

  /** The file that declares them. */
  public static final String FILE = "fields.yaml";

  /** The most fields that can be declared. */
  public static final int MAX = 100;

  private static final Map<String, Kind> TYPES =
      new TreeMap<>(Map.of("text", Kind.TEXT, "number", Kind.NUMBER, "yes-no", Kind.YES_NO));
  private static final Set<String> YES = Set.of("true", "yes", "y", "1", "on");
  private static final Set<String> NO = Set.of("false", "no", "n", "0", "off");
  private static final Field.Normal NUMBER =
      java.util.Objects.requireNonNull(Field.of(LeadField.EMPLOYEES).normal());

  private final List<Field> fields = new ArrayList<>();
  private final Map<String, Integer> byAttribute = new HashMap<>();

  private CustomFields() {}

  /** No field is declared. */
  public static CustomFields none() {
    return new CustomFields();
  }

  /** Reads the file; throws {@link Refusal} at its first mistake. */
  public static CustomFields read(Source source, Set<String> taken) {
    var custom = new CustomFields();
    var yaml = new YamlText(source);
    for (Member member : yaml.members().values()) {
      FieldName.check(member.name(), member.at());
      if (taken.contains(member.name())) {
        throw new Refusal(member.at(), "a lead has a field " + member.name() + " already");
      }
      if (custom.fields.size() == MAX) {
        throw new Refusal(member.at(), "at most " + MAX + " fields can be declared");
      }
      custom.declare(member, yaml);
    }
    return custom;
  }

  /** The declared fields, in the file's order; each may be absent. */
  public List<Field> fields() {
    return List.copyOf(fields);
  }

  /** The names of all attributes, in lower case, that declared fields are read from. */
  public Set<String> attributes() {
    return Set.copyOf(byAttribute.keySet());
  }

  /** The names of attributes, in lower case, that a declared field is read from. */
  public Set<String> attributes(String field) {
    Set<String> names = new HashSet<>();
    byAttribute.forEach(
        (name, index) -> {
          if (fields.get(index).name().equals(field)) {
            names.add(name);
          }
        });
    return names;
  }

  /** Puts the values that a lead's attributes hold behind the first {@code from} values. */
  void fill(Map<String, String> attributes, @Nullable Object[] values, int from) {
    if (fields.isEmpty()) {
      return;
    }
    attributes.forEach(
        (name, text) -> {
          Integer index = byAttribute.get(name.toLowerCase(Locale.ROOT));
          if (index != null) {
            values[from + index] = value(fields.get(index).kind(), text);
          }
        });
  }

  /** A text as a value of that kind; null where it is none. */
  static @Nullable Object value(Kind kind, String text) {
    return switch (kind) {
      case TEXT -> text.isEmpty() ? null : text;
      case NUMBER -> {
        String digits = NUMBER.of(text);
        yield digits == null ? null : Long.valueOf(digits);
      }
      case YES_NO -> {
        String word = text.toLowerCase(Locale.ROOT);
        yield YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
      }
      case FLAG, INSTANT -> null;
    };
  }

  /** The kind that a type's word stands for, or {@link Refusal} with the words there are. */
  static Kind kind(String word, Span at) {
    Kind kind = TYPES.get(word);
    if (kind == null) {
      throw new Refusal(
          at,
          "\"%s\" is no type; there are %s".formatted(word, String.join(", ", TYPES.keySet()))
              + Nearest.hint(word, TYPES.keySet()));
    }
    return kind;
  }

  private void declare(Member member, YamlText yaml) {
    Node value = member.value();
    Kind kind;
    List<Member> aliases = new ArrayList<>();
    if (yaml.isMapping(value)) {
      Map<String, Member> parts = yaml.members(value);
      for (Member part : parts.values()) {
        if (!Set.of("type", "aliases").contains(part.name())) {
          throw new Refusal(part.at(), "a field has a type and aliases, no " + part.name());
        }
      }
      Member type = parts.get("type");
      if (type == null) {
        throw new Refusal(member.at(), "say the type: text, number or yes-no");
      }
      kind = kind(yaml.scalar(type.value()), yaml.at(type.value()));
      if (parts.containsKey("aliases")) {
        yaml.list(parts.get("aliases").value())
            .forEach(node -> aliases.add(new Member(yaml.scalar(node), yaml.at(node), node)));
      }
    } else {
      kind = kind(yaml.scalar(value), yaml.at(value));
    }
    know(member.name(), member.at());
    aliases.forEach(alias -> know(alias.name(), alias.at()));
    fields.add(Field.optional(member.name(), kind));
  }

  private void know(String attribute, Span at) {
    Integer other = byAttribute.put(attribute.toLowerCase(Locale.ROOT), fields.size());
    if (other != null && other != fields.size()) {
      throw new Refusal(
          at, "the attribute %s is %s already".formatted(attribute, fields.get(other).name()));
    }
  }
}
