package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;

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

  /** The same of what answers nothing. */
  interface Statement {
    void run(Connection connection) throws SQLException;
  }

  /** Those that cannot be run again, when all else is known to have worked. */
  private static final Comparator<Task<?>> LAST =
      Comparator.comparing(task -> task.manner() == Task.Manner.ONCE);

  /** How often a transaction that came to nothing is begun again at once. */
  private static final int TRIES = 5;

  private final Database database;
  private final WriteQueue waiting = new WriteQueue();
  private final Thread thread;
  private final CommitWatch watch;
  private final WriteConnection writing;

  /** Throws SQLException where nothing can be written. */
  GroupCommit(Database database, String name, CommitWatch watch) throws SQLException {
    this.database = database;
    this.watch = watch;
    this.writing = new WriteConnection(database);
    this.thread = new Thread(this::loop, name);
    this.thread.start();
  }

  /** Runs the work in the next group; the stage fails where it is not known to be on disk. */
  <T> CompletionStage<T> submit(Work<T> work) {
    return submit(1, work);
  }

  /** The same of what answers nothing. */
  CompletionStage<Void> done(Statement statement) {
    return submit(
        connection -> {
          statement.run(connection);
          return null;
        });
  }

  /** The same of work that is worth so many writes. */
  <T> CompletionStage<T> submit(int weight, Work<T> work) {
    return add(new Task<>(work, Task.Manner.TOGETHER, weight, Task.Turn.OTHER));
  }

  /**
   * The same of work that asks what is due, ahead of what was decided or sent: it is short, and
   * whoever asks has nothing else to do. Not {@code repeatable} is what only reads and is not run
   * again whatever becomes of its group.
   */
  <T> CompletionStage<T> claim(boolean repeatable, Work<T> work) {
    Task.Manner manner = repeatable ? Task.Manner.TOGETHER : Task.Manner.ONCE;
    return add(new Task<>(work, manner, 1, Task.Turn.CLAIM));
  }

  /** The same, and not while another instance writes in order: what it read before still holds. */
  <T> CompletionStage<T> inOrder(Work<T> work) {
    return add(new Task<>(work, Task.Manner.IN_ORDER, 1, Task.Turn.OTHER));
  }

  /** The same, ahead of all that waits and is not of its kind: somebody waits for the answer. */
  <T> CompletionStage<T> arrival(int weight, Work<T> work) {
    return add(new Task<>(work, Task.Manner.IN_ORDER, weight, Task.Turn.ARRIVAL));
  }

  /** Runs the work between two commits, in no transaction; all that came before is committed. */
  <T> CompletionStage<T> between(Work<T> work) {
    return add(new Task<>(work, Task.Manner.ALONE, 1, Task.Turn.OTHER));
  }

  private <T> CompletionStage<T> add(Task<T> task) {
    if (!waiting.add(task)) {
      task.fail(new IllegalStateException("the journal is closed"));
    }
    return task.done();
  }

  /** Commits what is waiting and ends the thread. */
  @Override
  public void close() {
    waiting.close();
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
    List<Task<?>> group = waiting.next();
    while (!group.isEmpty()) {
      List<Task<?>> alone =
          group.stream().filter(task -> task.manner() == Task.Manner.ALONE).toList();
      group.removeAll(alone);
      group.sort(LAST);
      if (!group.isEmpty()) {
        commit(group);
      }
      alone.forEach(this::run);
      group = waiting.next();
    }
    writing.leave();
  }

  private void commit(List<Task<?>> group) {
    long began = System.nanoTime();
    Exception failure = written(group);
    watch.committed(group.size(), System.nanoTime() - began, failure == null);
    if (failure == null) {
      group.forEach(Task::complete);
    } else {
      group.forEach(task -> task.fail(failure));
    }
  }

  /** Null where all of it is on disk; else why it is not known to be. */
  private @Nullable Exception written(List<Task<?>> group) {
    boolean savepoints = false;
    int tries = 0;
    while (true) {
      var one = new Transaction(group, savepoints);
      try {
        if (one.ran()) {
          return null;
        }
        // One of them failed, and must take none of its neighbours with it.
        savepoints = true;
      } catch (SQLException | RuntimeException e) {
        boolean lost = writing.lost(e);
        if (lost && one.isCommitted(e)) {
          return null;
        }
        writing.rollback(e);
        boolean begunAgain =
            lost ? !one.committing : e instanceof SQLException sql && database.crossed(sql);
        if (!begunAgain || ++tries > TRIES) {
          return e;
        }
      }
    }
  }

  /** One try to bring a group to the disk. */
  private final class Transaction {
    private final List<Task<?>> group;
    private final boolean savepoints;
    private @Nullable String name;
    private boolean committing;

    Transaction(List<Task<?>> group, boolean savepoints) {
      this.group = group;
      this.savepoints = savepoints;
    }

    /** False where a task failed that cannot be undone alone; then nothing is written. */
    boolean ran() throws SQLException {
      Connection connection = writing.begun();
      boolean inOrder = group.stream().anyMatch(task -> task.manner() == Task.Manner.IN_ORDER);
      name = database.begin(connection, inOrder);
      for (Task<?> task : group) {
        if (savepoints || task.manner() == Task.Manner.ONCE) {
          task.run(connection, database);
        } else if (!task.ran(connection, database)) {
          connection.rollback();
          return false;
        }
      }
      committing = true;
      connection.commit();
      database.committed();
      return true;
    }

    /** Of a connection that was lost: its commit may have been done all the same. */
    boolean isCommitted(Exception failure) {
      Boolean known = committing ? database.committed(name) : Boolean.FALSE;
      if (known == null) {
        failure.addSuppressed(new IllegalStateException("it may be on disk, or not"));
      }
      return Boolean.TRUE.equals(known);
    }
  }

  private void run(Task<?> task) {
    try {
      writing.alone(task::runAlone);
      task.complete();
    } catch (SQLException | RuntimeException e) {
      writing.lost(e);
      task.fail(e);
    }
  }
}
