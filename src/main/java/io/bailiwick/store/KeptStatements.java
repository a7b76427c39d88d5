package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a connection's prepared statements beyond their close, so that SQLite reads each SQL text
 * once and not for every row; its driver has no such cache. One thread at a time, as a connection
 * is used. A statement that failed is not kept.
 */
final class KeptStatements {

  /** By which a connection that keeps its statements is known. */
  interface OfSqlite {}

  /** More than the journal has texts; one that comes when there are so many is closed. */
  private static final int MOST = 256;

  private final Connection connection;

  /** Those that nobody uses at the moment, by their text. */
  private final Map<String, PreparedStatement> free = new HashMap<>();

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  /** The same connection, which keeps its statements; closing it closes them. */
  static Connection of(Connection connection) {
    var kept = new KeptStatements(connection);
    return (Connection)
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(),
            new Class<?>[] {Connection.class, OfSqlite.class},
            (proxy, method, arguments) -> kept.called(method, arguments));
  }

  private @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("prepareStatement")
        && arguments != null
        && arguments.length == 1
        && arguments[0] instanceof String sql) {
      return lent(sql);
    }
    if (method.getName().equals("close")) {
      // What is still lent out SQLite closes with the connection.
      for (PreparedStatement statement : free.values()) {
        statement.close();
      }
      free.clear();
    }
    return passed(connection, method, arguments);
  }

  private PreparedStatement lent(String sql) throws SQLException {
    PreparedStatement known = free.remove(sql);
    var lent = new Lent(sql, known == null ? connection.prepareStatement(sql) : known);
    return (PreparedStatement)
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> lent.called(method, arguments));
  }

  /** A statement while somebody uses it. */
  private final class Lent {
    private final String sql;
    private final PreparedStatement statement;
    private @Nullable ResultSet rows;
    private boolean failed;
    private boolean returned;

    Lent(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
    }

    @Nullable
    Object called(Method method, Object @Nullable [] arguments) throws Throwable {
      if (method.getName().equals("close")) {
        giveBack();
        return null;
      }
      try {
        Object answer = passed(statement, method, arguments);
        if (answer instanceof ResultSet open) {
          rows = open;
        }
        return answer;
      } catch (SQLException e) {
        failed = true;
        throw e;
      }
    }

    private void giveBack() throws SQLException {
      if (returned) {
        return;
      }
      returned = true;
      if (rows != null) {
        // An open one would hold its view of the file, and keep the log from being cut.
        rows.close();
      }
      if (failed || free.size() >= MOST || free.containsKey(sql)) {
        statement.close();
      } else {
        statement.clearParameters();
        free.put(sql, statement);
      }
    }
  }

  private static @Nullable Object passed(Object to, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(to, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
