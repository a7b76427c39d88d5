package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one writer: a thread that takes all writes waiting at a moment and commits them together, so
 * that one fsync serves many. A write's stage completes after the commit that holds it, never
 * before; a write that fails takes none of its neighbours with it.
 */
final class GroupCommit implements AutoCloseable {

  /** Something to do on the connection, inside the transaction. */
  interface Work<T> {
    @Nullable
    T run(Connection connection) throws SQLException;
  }

  /** The most writes that one commit holds; bounds how long the first of them waits. */
  static final int MAX_GROUP = 512;

  private static final Task<Void> STOP = new Task<>(connection -> null, false);

  private final Connection connection;
  private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final CommitWatch watch;
  private volatile boolean closed;

  /**
   * Whether no transaction is begun: SQLite ends one by itself where the disk is full or fails, and
   * the driver then begins no other. Only the writer's thread looks.
   */
  private boolean adrift;

  GroupCommit(Connection connection, String name) {
    this(connection, name, CommitWatch.NONE);
  }

  GroupCommit(Connection connection, String name, CommitWatch watch) {
    this.connection = connection;
    this.watch = watch;
    this.thread = new Thread(this::loop, name);
    this.thread.start();
  }

  /** Runs the work in the next group; the stage fails where it is not known to be on disk. */
  <T> CompletionStage<T> submit(Work<T> work) {
    return add(new Task<>(work, false));
  }

  /** Runs the work between two commits, in no transaction; all that came before is committed. */
  <T> CompletionStage<T> between(Work<T> work) {
    return add(new Task<>(work, true));
  }

  private <T> CompletionStage<T> add(Task<T> task) {
    if (closed) {
      task.done.completeExceptionally(new IllegalStateException("the journal is closed"));
    } else {
      waiting.add(task);
    }
    return task.done;
  }

  /** Commits what is waiting and ends the thread. */
  @Override
  public void close() {
    closed = true;
    waiting.add(STOP);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    List<Task<?>> group = new ArrayList<>(MAX_GROUP);
    boolean stop = false;
    while (!stop) {
      group.clear();
      try {
        group.add(waiting.take());
      } catch (InterruptedException e) {
        // Nobody interrupts the writer but a shutdown that close() already orders.
        continue;
      }
      waiting.drainTo(group, MAX_GROUP - 1);
      stop = group.remove(STOP);
      List<Task<?>> alone = group.stream().filter(task -> task.alone).toList();
      group.removeAll(alone);
      if (!group.isEmpty() || alone.isEmpty()) {
        commit(group);
      }
      alone.forEach(this::run);
    }
    waiting.forEach(task -> task.fail(new IllegalStateException("the journal is closed")));
  }

  private void commit(List<Task<?>> group) {
    long began = System.nanoTime();
    try {
      begun();
      for (Task<?> task : group) {
        task.run(connection);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      rollback(e);
      watch.committed(group.size(), System.nanoTime() - began, false);
      group.forEach(task -> task.fail(e));
      return;
    }
    watch.committed(group.size(), System.nanoTime() - began, true);
    group.forEach(Task::complete);
  }

  private void run(Task<?> task) {
    try {
      begun();
      adrift = true;
      connection.setAutoCommit(true);
      try {
        task.runAlone(connection);
      } finally {
        begun();
      }
      task.complete();
    } catch (SQLException | RuntimeException e) {
      task.fail(e);
    }
  }

  /** Sees to it that a transaction is begun; throws where the disk still does not let one begin. */
  private void begun() throws SQLException {
    if (!adrift) {
      return;
    }
    if (connection.getAutoCommit()) {
      // Where this throws, the driver takes it for done: then it is the other way next time.
      connection.setAutoCommit(false);
    } else {
      try (var statement = connection.createStatement()) {
        rolledBack(statement);
        statement.execute("BEGIN IMMEDIATE");
      }
    }
    adrift = false;
  }

  private static void rolledBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException none) {
      // There was none to roll back, as is to be expected.
      return;
    }
  }

  private void rollback(Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      adrift = true;
      cause.addSuppressed(e);
    }
  }

  private static final class Task<T> {
    private final Work<T> work;
    private final boolean alone;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Exception failure;

    Task(Work<T> work, boolean alone) {
      this.work = work;
      this.alone = alone;
    }

    void runAlone(Connection connection) throws SQLException {
      result = work.run(connection);
    }

    /** A failing write is undone to its own beginning; only a broken connection is thrown. */
    void run(Connection connection) throws SQLException {
      Savepoint before = connection.setSavepoint();
      try {
        result = work.run(connection);
      } catch (SQLException | RuntimeException e) {
        failure = e;
        connection.rollback(before);
      }
      connection.releaseSavepoint(before);
    }

    void complete() {
      if (failure == null) {
        done.complete(result);
      } else {
        done.completeExceptionally(failure);
      }
    }

    void fail(Exception cause) {
      done.completeExceptionally(cause);
    }
  }
}
