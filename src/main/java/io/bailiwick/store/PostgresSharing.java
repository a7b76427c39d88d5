package io.bailiwick.store;

import io.bailiwick.flow.Sharing;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the instances on one PostgreSQL hear of each other: by LISTEN and NOTIFY at once, and by
 * looking every few seconds in any case. On a connection and a thread of its own.
 */
final class PostgresSharing implements Sharing, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresSharing.class);

  /** How often all of it is looked at, whatever was heard. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final long CLOSE_MILLIS = 3_000;
  private static final long AGAIN_NANOS = 500_000_000;

  private static final String TAKE =
      """
      INSERT INTO lease AS l (name, holder, until) VALUES (?, ?, %1$s + ?)
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE l.holder = excluded.holder OR l.until <= %1$s
      RETURNING 1"""
          .formatted(Dialect.SERVER_NOW);

  private final PostgresDatabase database;
  private final GroupCommit writer;
  private final List<Consumer<Topic>> takers = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable CallShares> calls = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Connection open;

  PostgresSharing(PostgresDatabase database, GroupCommit writer) {
    this.database = database;
    this.writer = writer;
    this.thread = new Thread(this::run, "journal-listener");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void listen(Consumer<Topic> taker) {
    takers.add(taker);
  }

  @Override
  public CompletionStage<Boolean> take(String work, Duration lease) {
    return writer.submit(connection -> take(connection, work, lease));
  }

  /** The same within a write. */
  boolean take(Connection connection, String work, Duration lease) throws SQLException {
    return 1 == Rows.number(connection, TAKE, work, database.instance(), lease.toMillis());
  }

  @Override
  public void serving(String rulebook) {
    database.fence().serving(rulebook);
  }

  @Override
  public void beside(String snapshot) {
    database.fence().beside(snapshot);
  }

  @Override
  public void calls(int most, IntFunction<CompletionStage<Integer>> allow) {
    var unused = allow.apply(0);
    calls.set(new CallShares(database.instance(), most, allow));
  }

  /** Its part of the account's calls is the others' at once. */
  void leave(Connection connection) throws SQLException {
    Rows.update(connection, "DELETE FROM instance WHERE id = ?", database.instance());
    Rows.update(connection, "DELETE FROM lease WHERE holder = ?", database.instance());
    database.leave(connection);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Connection listening = open;
    try {
      if (listening != null) {
        listening.close();
      }
      thread.join(CLOSE_MILLIS);
    } catch (SQLException e) {
      LOG.debug("the connection that listens did not close as it should", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean told = false;
    while (!closed) {
      try (Connection connection = database.connection();
          var statement = connection.createStatement()) {
        open = connection;
        statement.execute("LISTEN bailiwick");
        told = false;
        while (!closed) {
          look(connection);
          hear(connection);
        }
      } catch (SQLException e) {
        if (!told && !closed) {
          LOG.warn("nothing is heard of the other instances, it is tried again: {}", e.toString());
        }
        told = true;
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  /** All that others may have changed, and what is counted over all of them. */
  private void look(Connection connection) throws SQLException {
    database.compareClocks(connection);
    CallShares share = calls.get();
    if (share != null) {
      share.renew(connection);
    }
    for (Topic topic : Topic.values()) {
      tell(topic);
    }
  }

  /** Until it is time to look again. */
  private void hear(Connection connection) throws SQLException {
    long end = System.nanoTime() + LOOK.toNanos();
    long left = LOOK.toMillis();
    while (left > 0 && !closed) {
      PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications((int) left);
      if (heard != null) {
        topics(heard).forEach(this::tell);
      }
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Those of others: what this instance changed it knows. */
  private Set<Topic> topics(PGNotification[] heard) {
    return Arrays.stream(heard)
        .map(PGNotification::getParameter)
        .filter(told -> !told.endsWith(database.name()))
        .map(told -> told.split(" ", 2)[0])
        .flatMap(told -> Arrays.stream(Topic.values()).filter(one -> one.name().equals(told)))
        .collect(Collectors.toSet());
  }

  private void tell(Topic topic) {
    for (Consumer<Topic> taker : takers) {
      try {
        taker.accept(topic);
      } catch (RuntimeException e) {
        LOG.error("{} of another instance was not taken", topic, e);
      }
    }
  }

  /** What each instance may have under way of the calls that the CRM allows to all together. */
  private record CallShares(
      String instance, int most, IntFunction<CompletionStage<Integer>> allow) {

    /** After so long without a word an instance is taken for dead. */
    private static final Duration ALIVE = Duration.ofSeconds(10);

    private static final int LOCK = 0x6361_6C6C;

    /** Under a lock, so that the parts of all never come to more than there are. */
    void renew(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      try {
        int share = granted(connection);
        connection.commit();
        allowed(share);
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
      connection.setAutoCommit(true);
    }

    private int granted(Connection connection) throws SQLException {
      String lock = "SELECT 1 FROM pg_advisory_xact_lock(?, hashtext(current_schema()))";
      Rows.number(connection, lock, LOCK);
      Rows.update(connection, "DELETE FROM instance WHERE until <= " + Dialect.SERVER_NOW);
      String others = "SELECT COUNT(*), COALESCE(SUM(calls), 0) FROM instance WHERE id <> ?";
      try (PreparedStatement statement = Rows.prepare(connection, others, instance);
          ResultSet rows = statement.executeQuery()) {
        rows.next();
        int fair = Math.max(1, most / (1 + rows.getInt(1)));
        int share = Math.max(0, Math.min(fair, most - rows.getInt(2)));
        int before =
            (int) Rows.number(connection, "SELECT calls FROM instance WHERE id = ?", instance);
        // What is under way beyond a smaller part is still counted as its own.
        int held = share < before ? Math.max(share, allowed(share)) : share;
        keep(connection, held);
        return share;
      }
    }

    /** Answers how many are under way. */
    private int allowed(int share) {
      return allow
          .apply(share)
          .toCompletableFuture()
          .completeOnTimeout(most, ALIVE.toMillis() / 2, TimeUnit.MILLISECONDS)
          .join();
    }

    private void keep(Connection connection, int held) throws SQLException {
      Rows.update(
          connection,
          """
          INSERT INTO instance (id, until, calls) VALUES (?, %1$s + ?, ?)
          ON CONFLICT (id) DO UPDATE SET until = excluded.until, calls = excluded.calls"""
              .formatted(Dialect.SERVER_NOW),
          instance,
          ALIVE.toMillis(),
          held);
    }
  }
}
