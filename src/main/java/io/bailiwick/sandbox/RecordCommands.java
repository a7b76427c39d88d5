package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Obeys the commands about records and their fields. */
final class RecordCommands {

  private final World world;
  private final InstantSource clock;

  RecordCommands(World world, InstantSource clock) {
    this.world = world;
    this.clock = clock;
  }

  /**
   * With {@code fields}, such as {@code {"Email":"ana@acme.example"}}; unknown ones are refused.
   */
  void addRecord(Arguments args) {
    args.only(Set.of("module", "id", "fields"));
    String id = args.text("id");
    if (!RecordBook.plausible(id)) {
      throw args.wrong("takes \"id\" as 1 to 64 letters, digits, _ or -");
    }
    String module = module(args);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : args.node().path("fields").properties()) {
      Field field = world.fields().find(module, member.getKey());
      if (field == null || !field.takes(member.getValue())) {
        throw args.wrong(
            "cannot take the field "
                + member.getKey()
                + "; GET /crm/v8/settings/fields?module="
                + module
                + " lists what there is, and \"addField\" adds one");
      }
      fields.put(field.name(), member.getValue());
    }
    world.records().put(module, id, null);
    if (!fields.isEmpty()) {
      world.records().fill(module, id, fields);
    }
  }

  /** A person works on it. */
  void touchRecord(Arguments args) {
    args.only(Set.of("module", "id"));
    if (!world.records().touch(module(args), args.text("id"), clock.instant())) {
      throw args.wrong("names a record that is not there");
    }
  }

  void removeRecord(Arguments args) {
    args.only(Set.of("module", "id"));
    if (!world.records().remove(module(args), args.text("id"))) {
      throw args.wrong("names a record that is not there");
    }
  }

  /** A field of the organisation's own, a text of up to 255 characters where nothing is said. */
  void addField(Arguments args) {
    args.only(Set.of("module", "name", "type", "mandatory", "unique"));
    String name = args.text("name");
    if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,49}")) {
      throw args.wrong("takes \"name\" as 1 to 50 letters, digits and _, a letter first");
    }
    String word = args.optionalText("type");
    Field.Type type = word == null ? Field.Type.TEXT : Field.Type.ofWord(word);
    if (type == null) {
      throw args.wrong("takes \"type\" as one of " + Field.Type.words());
    }
    boolean mandatory = Boolean.TRUE.equals(args.optionalFlag("mandatory"));
    boolean unique = Boolean.TRUE.equals(args.optionalFlag("unique"));
    int length = type == Field.Type.TEXT ? 255 : 0;
    world.fields().add(module(args), new Field(name, type, length, mandatory, unique, true));
  }

  private static String module(Arguments args) {
    String module = args.text("module");
    if (!RecordBook.MODULES.contains(module)) {
      throw args.wrong("takes \"module\" as one of " + String.join(", ", RecordBook.MODULES));
    }
    return module;
  }
}
