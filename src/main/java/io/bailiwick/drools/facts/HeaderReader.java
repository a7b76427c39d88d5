package io.bailiwick.drools.facts;

import io.bailiwick.drools.facts.LookupTable.Column;
import io.bailiwick.drools.facts.LookupTable.Role;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Field.Kind;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the header of a lookup table, cell by cell: {@code name}, {@code name: TYPE}, {@code name:
 * key FIELD}, {@code name: from FIELD} or {@code name: to FIELD}, where FIELD is a field of Lead.
 */
final class HeaderReader {

  private static final String TYPES =
      "text, number, yes-no, territory, key FIELD, from FIELD, to FIELD";
  private static final int MAX_COLUMNS = 50;

  private final Fact lead;
  private final List<Column> columns = new ArrayList<>();
  private final Map<Role, Span> ranges = new HashMap<>();

  HeaderReader(Fact lead) {
    this.lead = lead;
  }

  /** What a cell should have been, in words. */
  static String told(Kind kind) {
    return switch (kind) {
      case TEXT -> "a value that a lead can have here";
      case NUMBER -> "a whole number";
      case YES_NO -> "yes or no";
      case FLAG, INSTANT -> "a value";
    };
  }

  void add(String cell, Span at) {
    String[] parts = cell.split("\\s*:\\s*", 2);
    String name = parts[0];
    FieldName.check(name, at);
    if (columns.stream().anyMatch(column -> column.field().name().equals(name))) {
      throw new Refusal(at, "there is a column " + name + " already");
    }
    if (columns.size() == MAX_COLUMNS) {
      throw new Refusal(at, "a table has at most " + MAX_COLUMNS + " columns");
    }
    String[] words = (parts.length == 1 ? "text" : parts[1]).split("\\s+");
    Role role = role(words[0]);
    columns.add(
        role == Role.VALUE || role == Role.TERRITORY
            ? value(name, role, words, at)
            : ofLead(name, role, words, at));
  }

  /** All columns; refuses a header by which no row could belong to a lead. */
  List<Column> columns(Span header) {
    Column from = ranged(Role.FROM);
    Column to = ranged(Role.TO);
    if (from != null && to != null && from.ofLead() != to.ofLead()) {
      throw new Refusal(header, "from and to must go by the same field of Lead");
    }
    boolean belongs = columns.stream().anyMatch(column -> column.ofLead() >= 0);
    if (!belongs) {
      throw new Refusal(
          header,
          "say which rows are a lead's: head a column \"domain: key emailDomain\" or the like");
    }
    return List.copyOf(columns);
  }

  private @Nullable Column ranged(Role role) {
    return columns.stream().filter(c -> c.role() == role).findFirst().orElse(null);
  }

  private static Role role(String word) {
    return switch (word) {
      case "key" -> Role.KEY;
      case "from" -> Role.FROM;
      case "to" -> Role.TO;
      case "territory" -> Role.TERRITORY;
      default -> Role.VALUE;
    };
  }

  private static Column value(String name, Role role, String[] words, Span at) {
    if (words.length > 1) {
      throw new Refusal(at, "a type is one of " + TYPES);
    }
    Kind kind = Kind.TEXT;
    if (role == Role.VALUE) {
      try {
        kind = CustomFields.kind(words[0], at);
      } catch (Refusal refusal) {
        throw new Refusal(at, "\"%s\" is no type; there are %s".formatted(words[0], TYPES));
      }
    }
    return new Column(Field.present(name, kind), role, -1);
  }

  private Column ofLead(String name, Role role, String[] words, Span at) {
    if (words.length != 2) {
      throw new Refusal(
          at, "write \"%s: %s FIELD\" with a field of Lead".formatted(name, words[0]));
    }
    Field field = lead.field(words[1]);
    if (field == null) {
      throw new Refusal(
          at,
          "Lead has no field \"%s\"".formatted(words[1])
              + Nearest.hint(words[1], lead.fieldNames()));
    }
    if (field.kind() == Kind.INSTANT || field.kind() == Kind.FLAG) {
      throw new Refusal(at, field.name() + " cannot be looked up");
    }
    if (role != Role.KEY && ranges.putIfAbsent(role, at) != null) {
      throw new Refusal(at, "a table has one range; make a second table");
    }
    if (role != Role.KEY && field.kind() == Kind.YES_NO) {
      throw new Refusal(at, field.name() + " has no range; write key " + field.name());
    }
    int index = lead.fields().indexOf(field);
    // A bound need not be a value that a lead can have: 99999 ends a range of postal codes.
    Field.Normal normal = role == Role.KEY ? field.normal() : upper(field);
    return new Column(new Field(name, field.kind(), false, normal, List.of()), role, index);
  }

  private static Field.@Nullable Normal upper(Field field) {
    Field.Normal normal = field.normal();
    return normal == null || field.kind() != Kind.TEXT
        ? null
        : text -> Objects.requireNonNullElse(normal.of(text), text);
  }
}
