package io.bailiwick.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A lead to and from its JSON. Reading collects everything that is wrong with a lead at once, each
 * with its JSON pointer (RFC 6901), and never throws for what a source sent.
 */
public final class LeadJson {

  /**
   * A lead as read: the lead where there are no flaws, else null.
   *
   * @param flaws what is wrong with it
   * @param warnings what was kept though it was not understood
   */
  public record Read(@Nullable Lead lead, List<Problem.Flaw> flaws, List<Problem.Flaw> warnings) {}

  private LeadJson() {}

  /**
   * Reads one lead.
   *
   * @param pointer where the lead stands in its document ("" for the whole of it)
   * @param mapping the source's own names for our fields
   * @param strict whether an unknown field is a flaw, not a warning
   */
  public static Read read(JsonNode node, String pointer, SourceMapping mapping, boolean strict) {
    if (!node.isObject()) {
      return new Read(null, List.of(new Problem.Flaw(pointer, "must be an object")), List.of());
    }
    var reading = new Reading(pointer, mapping, strict);
    node.properties().forEach(member -> reading.take(member.getKey(), member.getValue()));
    return reading.result();
  }

  /** The lead's JSON; what is absent is left out. */
  public static ObjectNode write(Lead lead) {
    return Json.object(lead);
  }

  /** The lead as a source would post it: nothing that is derived, absent or a default. */
  public static ObjectNode posted(Lead lead) {
    ObjectNode body = write(lead);
    body.remove("emailDomain");
    if (lead.module().equals(Lead.DEFAULT_MODULE)) {
      body.remove("module");
    }
    if (lead.attributes().isEmpty()) {
      body.remove("attributes");
    }
    return body;
  }

  /** The bytes that a lead's digest is taken of. */
  public static byte[] canonical(Lead lead) {
    byte[] quick = QuickLead.write(lead);
    return quick == null ? Json.write(lead).getBytes(StandardCharsets.UTF_8) : quick;
  }

  /** The lead's digest: the SHA-256 of its {@link #canonical} bytes. */
  public static String digest(Lead lead) {
    String quick = QuickLead.digest(lead);
    return quick == null ? Digests.sha256(canonical(lead)) : quick;
  }

  private static final class Reading {
    private final String pointer;
    private final SourceMapping mapping;
    private final boolean strict;
    private final LeadForm form = new LeadForm();
    private final List<Problem.Flaw> flaws = new ArrayList<>();

    Reading(String pointer, SourceMapping mapping, boolean strict) {
      this.pointer = pointer;
      this.mapping = mapping;
      this.strict = strict;
      if (mapping.source() != null) {
        // A lead that names a source of its own keeps it.
        form.set(LeadField.SOURCE, mapping.source());
      }
    }

    void take(String name, JsonNode value) {
      if (value.isNull() || mapping.ignores(name)) {
        return;
      }
      String attribute = mapping.attribute(name);
      LeadField field = mapping.field(name);
      if (attribute != null) {
        takeAttribute(name, attribute, value);
      } else if (field != null) {
        takeField(name, field, value);
      } else if (name.equals("attributes")) {
        takeAttributes(value);
      } else if (strict) {
        flaw(name, "is not a field of a lead; put it under attributes");
      } else if (sound(name, name) && sound(name, text(value))) {
        form.setUnknown(name, text(value));
      }
    }

    Read result() {
      form.flaws().forEach(flaw -> flaw(flaw.field(), flaw.message()));
      List<Problem.Flaw> warnings =
          form.warnings().stream().map(w -> new Problem.Flaw(at(w.field()), w.message())).toList();
      Lead lead = flaws.isEmpty() ? form.lead() : null;
      return new Read(lead, List.copyOf(flaws), warnings);
    }

    private void takeField(String name, LeadField field, JsonNode value) {
      if (!value.isTextual() && !value.isNumber()) {
        String kind = field.kind() == LeadField.Kind.NUMBER ? "a number" : "text";
        flaw(name, "must be " + kind + ", not " + kindOf(value));
      } else if (sound(name, text(value))) {
        form.set(field, text(value));
      }
    }

    private void takeAttributes(JsonNode value) {
      if (!value.isObject()) {
        flaw("attributes", "must be an object of names and texts, not " + kindOf(value));
        return;
      }
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (!member.getValue().isNull()) {
          takeAttribute(
              "attributes/" + escaped(member.getKey()), member.getKey(), member.getValue());
        }
      }
    }

    private void takeAttribute(String place, String name, JsonNode value) {
      if (sound(place, name) && sound(place, text(value))) {
        form.setAttribute(name, text(value));
      }
    }

    /** Refuses what no database, log line or CRM takes unharmed: NUL and half a character. */
    private boolean sound(String place, String text) {
      boolean sound = text.indexOf('\0') < 0 && wholeCharacters(text);
      if (!sound) {
        flaw(place, "holds a NUL or half of a surrogate pair, which is no text");
      }
      return sound;
    }

    private void flaw(String name, String message) {
      flaws.add(new Problem.Flaw(at(name), message));
    }

    private String at(String name) {
      return pointer + "/" + (name.startsWith("attributes/") ? name : escaped(name));
    }

    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }
  }

  private static String text(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private static String kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> "true or false";
      case STRING, BINARY -> "text";
      case NUMBER -> "a number";
      case NULL, MISSING -> "null";
    };
  }

  private static boolean wholeCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
