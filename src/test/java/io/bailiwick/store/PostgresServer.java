package io.bailiwick.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server for the tests of this process, as durable as one in production. */
public final class PostgresServer {

  /** Who may do all there. */
  public static final String USER = "postgres";

  private static final AtomicInteger MADE = new AtomicInteger();

  private static final class Holder {
    static final EmbeddedPostgres SERVER = start();
  }

  private PostgresServer() {}

  /** A server with what makes a commit durable; the library's own defaults are for speed. */
  public static EmbeddedPostgres start() {
    try {
      return durable().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on");
  }

  /** The same on these files, which may be there already; port 0 takes a free one. */
  public static EmbeddedPostgres start(Path data, int port) {
    return start(data, port, Map.of());
  }

  /** The same with other settings. */
  static EmbeddedPostgres start(Path data, int port, Map<String, String> settings) {
    var builder = durable().setDataDirectory(data).setCleanDataDirectory(false).setPort(port);
    settings.forEach(builder::setServerConfig);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL to the server and all it started, as when the machine goes down. */
  public static void stopHard(Path data) throws IOException {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    all.add(0, server);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  /** A new, empty database; answers its URL. */
  public static String database() {
    return database(Holder.SERVER);
  }

  /** A new, empty schema, which takes less than a database; answers its URL. */
  public static String schema() {
    String name = "journal" + MADE.incrementAndGet();
    String url = url(Holder.SERVER, "postgres");
    execute(url, "CREATE SCHEMA " + name);
    return url + "?currentSchema=" + name;
  }

  /** The same on that server. */
  public static String database(EmbeddedPostgres server) {
    String name = "journal" + MADE.incrementAndGet();
    execute(url(server, "postgres"), "CREATE DATABASE " + name);
    return url(server, name);
  }

  /** The place of a journal in that database, its key in that folder. */
  public static JournalPlace.OnServer place(String url, Path folder) {
    return new JournalPlace.OnServer(url, USER, null, folder.resolve("journal.key"));
  }

  /** Runs a statement as the one who may do all. */
  public static void execute(String url, String sql) {
    try (Connection connection = connection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** A connection of the one who may do all. */
  public static Connection connection(String url) throws SQLException {
    return DriverManager.getConnection(url, USER, "");
  }

  private static String url(EmbeddedPostgres server, String database) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
  }
}
