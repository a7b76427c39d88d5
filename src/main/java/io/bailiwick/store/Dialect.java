package io.bailiwick.store;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Stage;
import java.sql.Connection;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.sqlite.SQLiteConnection;

/** The few words in which SQLite and PostgreSQL differ; every other statement is one for both. */
enum Dialect {
  SQLITE,
  POSTGRESQL;

  /** By the server's own clock, in milliseconds: those of the instances may differ. */
  static final String SERVER_NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

  static Dialect of(Connection connection) {
    boolean file =
        connection instanceof SQLiteConnection || connection instanceof KeptStatements.OfSqlite;
    return file ? SQLITE : POSTGRESQL;
  }

  /** A statement's text in each: what is used for every lead is not put together anew. */
  static Function<Dialect, String> each(Function<Dialect, String> text) {
    Map<Dialect, String> texts = new EnumMap<>(Dialect.class);
    for (Dialect dialect : values()) {
      texts.put(dialect, text.apply(dialect));
    }
    return dialect -> Objects.requireNonNull(texts.get(dialect));
  }

  /** A text within a column of JSON, null where there is none. */
  String json(String column, List<String> path) {
    return switch (this) {
      case SQLITE -> "json_extract(%s, '$.%s')".formatted(column, String.join(".", path));
      case POSTGRESQL -> "(%s::json #>> '{%s}')".formatted(column, String.join(",", path));
    };
  }

  /** The column, not to be found by an index; PostgreSQL knows by its statistics what is rare. */
  String unfound(String column) {
    return switch (this) {
      case SQLITE -> "+" + column;
      case POSTGRESQL -> column;
    };
  }

  /** So many spaces as the expression says; none where that is negative. */
  String spaces(String count) {
    return switch (this) {
      case SQLITE -> "replace(hex(zeroblob(%s)), '00', ' ')".formatted(count);
      case POSTGRESQL -> "repeat(' ', %s)".formatted(count);
    };
  }

  /** The place in the order of acceptance that this connection gave last. */
  String lastSeq() {
    return switch (this) {
      case SQLITE -> "last_insert_rowid()";
      case POSTGRESQL -> "lastval()";
    };
  }

  /** The texts of one parameter as rows of one column. */
  String rows(String name) {
    return switch (this) {
      case SQLITE -> "json_each(?) AS " + name;
      case POSTGRESQL -> "json_array_elements_text(?::json) AS %s (value)".formatted(name);
    };
  }

  /** Of a group, the id of the lead of which this time is the least. */
  String idOfLeast(String time) {
    return switch (this) {
      // SQLite gives the other columns of the row that holds the minimum.
      case SQLITE -> "id";
      case POSTGRESQL -> "substr(MIN(to_char(%s, 'FM0000000000000000') || id), 17)".formatted(time);
    };
  }

  /**
   * Told to SQLite: of a journal without statistics it takes another index, and then looks at the
   * whole backlog for each lead of it.
   */
  String indexedBy(String index) {
    return switch (this) {
      case SQLITE -> "INDEXED BY " + index;
      case POSTGRESQL -> "";
    };
  }

  /** Told to SQLite: by the primary key alone, whichever index seems to fit. */
  String byKey() {
    return switch (this) {
      case SQLITE -> "NOT INDEXED";
      case POSTGRESQL -> "";
    };
  }

  /** So that what was read is still so when this transaction commits; SQLite has one writer. */
  String forUpdate() {
    return switch (this) {
      case SQLITE -> "";
      case POSTGRESQL -> " FOR UPDATE OF l";
    };
  }

  /**
   * What a move makes of the claim on its lead, where that is kept in the row: it ends, but for one
   * that begins to be sent, which stays its holder's until its call cannot arrive any more.
   */
  String claimAfter(Entry before, Entry after) {
    if (this == SQLITE) {
      return "";
    }
    boolean begins = before.stage() != Stage.SENDING && after.stage() == Stage.SENDING;
    return begins && after.due() != null
        ? ", leased_until = CASE WHEN holder IS NULL THEN NULL ELSE %s + %d END"
            .formatted(SERVER_NOW, Duration.between(after.changedAt(), after.due()).toMillis())
        : ", holder = NULL, leased_until = NULL";
  }
}
