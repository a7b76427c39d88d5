package io.bailiwick.bench.limit;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The echo with a row: the same body parsed, one row inserted into SQLite in WAL with {@code
 * synchronous=FULL}, one commit for all that came meanwhile, 202 only after it.
 */
public final class GroupCommit {

  /** The most rows of a commit: enough for every connection there is. */
  private static final int MOST = 1_024;

  private record Waiting(HttpServerRequest request, Context loop, Buffer body) {}

  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Connection connection;
  private final PreparedStatement insert;
  private long last;

  private GroupCommit(Path file) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("CREATE TABLE lead (id INTEGER PRIMARY KEY, body BLOB NOT NULL)");
    }
    connection.setAutoCommit(false);
    this.insert = connection.prepareStatement("INSERT INTO lead (id, body) VALUES (?, ?)");
  }

  /** Its argument is the database's file, which it makes; listens on a free port and says which. */
  public static void main(String[] arguments) throws SQLException {
    var commits = new GroupCommit(Path.of(arguments[0]));
    Vertx vertx = Vertx.vertx();
    var writer = new Thread(commits::write, "writer");
    writer.setUncaughtExceptionHandler(
        (thread, trouble) -> {
          trouble.printStackTrace();
          Runtime.getRuntime().halt(1);
        });
    writer.start();
    Echo.say(Echo.listen(vertx, (request, body) -> commits.take(vertx, request, body)));
  }

  private void take(Vertx vertx, HttpServerRequest request, Buffer body) throws IOException {
    if (Echo.parsed(body).path("crmId").asText().isEmpty()) {
      throw new IOException("no crmId");
    }
    queue.add(new Waiting(request, vertx.getOrCreateContext(), body));
  }

  private void write() {
    List<Waiting> together = new ArrayList<>();
    try {
      while (true) {
        together.add(queue.take());
        queue.drainTo(together, MOST - 1);
        commit(together);
        answer(List.copyOf(together), last);
        together.clear();
      }
    } catch (SQLException | InterruptedException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private void commit(List<Waiting> together) throws SQLException {
    for (Waiting one : together) {
      insert.setLong(1, ++last);
      insert.setBytes(2, one.body().getBytes());
      insert.executeUpdate();
    }
    connection.commit();
  }

  /** One hand-over to the event loop for all of a commit. */
  private static void answer(List<Waiting> together, long last) {
    long first = last - together.size() + 1;
    together
        .get(0)
        .loop()
        .runOnContext(
            go -> {
              for (int i = 0; i < together.size(); i++) {
                Echo.accepted(together.get(i).request(), first + i);
              }
            });
  }
}
