package io.bailiwick.store;

import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Nullable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on a PostgreSQL server, as one of the instances that share it sees it. Connections
 * that were lost are made again; what became of a commit that was lost with one is found out.
 */
final class PostgresDatabase implements Database {

  /** Nobody mends those before it any more. */
  private static final int OLDEST = 13;

  private static final int CONNECT_SECONDS = 5;

  /** Longer than a statement may take, so that only a connection that is dead ends by it. */
  private static final int SOCKET_SECONDS = 90;

  /** A statement of a group commit that takes longer is given up by the server. */
  private static final int STATEMENT_MILLIS = 30_000;

  /** An instance that is stopped in the middle of a transaction keeps others waiting so long. */
  private static final int STOPPED_MILLIS = 10_000;

  private static final int COMMITTED_TRIES = 20;
  private static final int COMMITTED_WAIT_MILLIS = 1_000;
  private static final long COMMITTED_PAUSE_NANOS = 250_000_000;

  /** Deadlock and serialization failure: of two that crossed, the other went on. */
  private static final Set<String> CROSSED = Set.of("40P01", "40001");

  private final JournalPlace.OnServer place;
  private final String instance;
  private final LastCommit last;
  private final DecisionFence fence = new DecisionFence();

  /** The server's clock less this machine's. */
  private volatile Duration ahead = Duration.ZERO;

  private PostgresDatabase(JournalPlace.OnServer place) {
    this.place = place;
    byte[] drawn = new byte[8];
    new SecureRandom().nextBytes(drawn);
    this.instance = HexFormat.of().formatHex(drawn);
    this.last = new LastCommit(instance);
  }

  /** Only to read: nothing is asked of the server but that. */
  static PostgresDatabase reading(JournalPlace.OnServer place) {
    var database = new PostgresDatabase(place);
    try {
      database.read().close();
      return database;
    } catch (SQLException e) {
      throw database.unreachable(e);
    }
  }

  /** Looks whether the server can be trusted with leads, and brings the schema up to date. */
  static PostgresDatabase open(JournalPlace.OnServer place, @Nullable String crm) {
    var database = new PostgresDatabase(place);
    try (Connection connection = database.source().getConnection()) {
      PostgresLook.beforeServing(connection, place, OLDEST);
      Schema.migrate(database.source(), place);
      database.compareClocks(connection);
      PostgresLook.mayWrite(connection, place);
      LastCommit.forgetOld(connection);
      if (crm != null) {
        Versions.claimFor(connection, place, crm);
      }
      return database;
    } catch (SQLException e) {
      throw database.unreachable(e);
    }
  }

  /** By which the others know this instance; another one at each start. */
  String instance() {
    return instance;
  }

  /** What keeps this instance from judging by what was replaced. */
  DecisionFence fence() {
    return fence;
  }

  /** It begins no more transactions. */
  void leave(Connection connection) throws SQLException {
    last.leave(connection);
  }

  /** What connections of this instance are named, for people and for the other instances. */
  String name() {
    return "bailiwick " + instance;
  }

  /** The server's clock less this machine's, as last compared. */
  Duration ahead() {
    return ahead;
  }

  /** To within the time that the server takes to answer. */
  void compareClocks(Connection connection) throws SQLException {
    long asked = System.currentTimeMillis();
    long server = Rows.number(connection, "SELECT " + Dialect.SERVER_NOW);
    long answered = System.currentTimeMillis();
    ahead = Duration.ofMillis(server - (asked + answered) / 2);
  }

  @Override
  public JournalPlace place() {
    return place;
  }

  @Override
  public Path keyFile() {
    return place.keyFile();
  }

  @Override
  public Connection write() throws SQLException {
    Connection connection = source().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = " + STATEMENT_MILLIS);
      statement.execute("SET idle_in_transaction_session_timeout = " + STOPPED_MILLIS);
      last.make(connection);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection read() throws SQLException {
    Connection connection = source().getConnection();
    connection.setReadOnly(true);
    return connection;
  }

  /** A connection of its own for what is told to the others and heard from them. */
  Connection connection() throws SQLException {
    return source().getConnection();
  }

  @Override
  public String begin(Connection writing, boolean inOrder) throws SQLException {
    return last.begin(writing, inOrder);
  }

  /** What it has committed is the server's to find. */
  @Override
  public void committed() {}

  @Override
  public boolean lost(Connection connection, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    try {
      // Class 08: the connection; 57P: the server was stopped, or ended this session; 25P03: it was
      // idle in a transaction for too long.
      return connection.isClosed()
          || state.startsWith("08")
          || state.startsWith("57P")
          || state.equals("25P03");
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public boolean crossed(SQLException failure) {
    return CROSSED.contains(String.valueOf(failure.getSQLState()));
  }

  @Override
  public @Nullable Boolean committed(@Nullable String transaction) {
    for (int i = 0; i < COMMITTED_TRIES; i++) {
      try (Connection connection = source().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("SET lock_timeout = " + COMMITTED_WAIT_MILLIS);
        return last.is(connection, transaction);
      } catch (SQLException e) {
        // It is still under way, or the server is not back yet and does not let anybody in.
        LockSupport.parkNanos(COMMITTED_PAUSE_NANOS);
      }
    }
    return null;
  }

  /** By what the server says of this session. */
  @Override
  public JournalCondition condition(Connection writing) throws SQLException {
    String version = PostgresLook.setting(writing, "server_version");
    String commit = PostgresLook.setting(writing, "synchronous_commit");
    String fsync = PostgresLook.setting(writing, "fsync");
    boolean durable = !commit.equals("off") && fsync.equals("on");
    String how = "PostgreSQL %s, synchronous_commit=%s, fsync=%s".formatted(version, commit, fsync);
    return new JournalCondition(place.toString(), durable, how, -1);
  }

  /**
   * Frees what was overwritten. Its pages, the server's log and its backups are the server's own
   * matter: no instance can say that nothing is left in them.
   */
  @Override
  public boolean settle(Connection writing) throws SQLException {
    try (var statement = writing.createStatement()) {
      statement.execute("SET statement_timeout = 0");
      try {
        statement.execute("VACUUM person, history, idempotency_key, job_lead");
      } finally {
        statement.execute("SET statement_timeout = " + STATEMENT_MILLIS);
      }
    }
    return true;
  }

  @Override
  public Exception explained(SQLException failure) {
    String undefined = "42P01";
    return undefined.equals(failure.getSQLState())
        ? new JournalRefused(
            "there is no journal of this schema in "
                + place
                + " yet; start the service once, which makes it or brings it up to date",
            failure)
        : failure;
  }

  @Override
  public void close() {}

  /** The one whose settings every connection has; the password comes into no message. */
  private PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setUrl(place.url());
    if (place.user() != null) {
      source.setUser(place.user());
    }
    if (place.password() != null) {
      source.setPassword(place.password());
    }
    source.setApplicationName(name());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SOCKET_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  private JournalRefused unreachable(SQLException e) {
    return new JournalRefused("cannot open the journal %s: %s".formatted(place, e.getMessage()), e);
  }
}
