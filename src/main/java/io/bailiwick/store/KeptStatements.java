package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a connection's prepared statements beyond their close, so that SQLite reads each SQL text
 * once and not for every row; its driver has no such cache. One thread at a time, as a connection
 * is used. A statement that failed is not kept.
 */
final class KeptStatements {

  /** A connection that keeps its statements; a write borrows them as they are. */
  interface OfSqlite {

    /** As the connection prepares it; for one use, after which it is given back. */
    PreparedStatement borrow(String sql) throws SQLException;

    /** Its results closed; one that failed is closed itself instead. */
    void giveBack(String sql, PreparedStatement statement) throws SQLException;
  }

  /** More than the journal has texts; one that comes when there are so many is closed. */
  private static final int MOST = 256;

  private final Connection connection;

  /** Those that nobody uses at the moment, by their text. */
  private final Map<String, PreparedStatement> free = new HashMap<>();

  private final Lending lending = new Lending();

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
            (proxy, method, arguments) ->
                method.getDeclaringClass() == OfSqlite.class
                    ? passed(kept.lending, method, arguments)
                    : kept.called(method, arguments));
  }

  /** The statements themselves: a write has a score of parameters, and a proxy costs for each. */
  private final class Lending implements OfSqlite {

    @Override
    public PreparedStatement borrow(String sql) throws SQLException {
      PreparedStatement known = free.remove(sql);
      return known == null ? connection.prepareStatement(sql) : known;
    }

    @Override
    public void giveBack(String sql, PreparedStatement statement) throws SQLException {
      if (free.size() >= MOST || free.containsKey(sql)) {
        statement.close();
      } else {
        forget(statement);
        free.put(sql, statement);
      }
    }
  }

  /**
   * Its parameters are null from its next use on. To clear them would be told to SQLite at once,
   * which then plans many a statement anew: that takes longer than most of them run.
   */
  private static void forget(PreparedStatement statement) throws SQLException {
    int parameters = statement.getParameterMetaData().getParameterCount();
    for (int i = 1; i <= parameters; i++) {
      statement.setNull(i, Types.NULL);
    }
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
    var lent = new Lent(sql, lending.borrow(sql));
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
      if (failed) {
        statement.close();
      } else {
        lending.giveBack(sql, statement);
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
