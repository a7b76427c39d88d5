package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance.Accepted;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * A load on the real journal that says, at the moment it is told so, which lead is on disk and at
 * which version: a line "id version" for each. What the journal refuses it does not say.
 */
public final class JournalLoad {

  /** What the CRM is named in these journals. */
  public static final String CRM = "http://crm.example";

  private static final Instant NOON = Samples.NOON;

  private final Path path;
  private final OutputStream acks;
  private final long seed;
  private final Random random;
  private int next;
  private int refused;

  public JournalLoad(Path path, OutputStream acks, long seed) {
    this.path = path;
    this.acks = acks;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Opens the journal, loads it, and closes it; what a broken disk throws is thrown. */
  public void run(int rounds, boolean full) {
    run(rounds, full, () -> false);
  }

  /** The same; where {@code heal} has mended the disk, everything must be taken at once. */
  public void run(int rounds, boolean full, BooleanSupplier heal) {
    try (SqlJournal journal = SqlJournal.open(path, CRM)) {
      if (!full) {
        unsafe(journal);
      }
      for (int i = 0; i < rounds; i++) {
        round(journal);
      }
      boolean healed = heal.getAsBoolean();
      int before = refused;
      round(journal);
      if (healed && refused > before) {
        throw new AssertionError("refused on a disk that works again");
      }
    }
  }

  /** How many writes the journal did not promise. */
  public int refused() {
    return refused;
  }

  /** Requests that come together share commits; some of their leads go on to be assigned. */
  private void round(SqlJournal journal) {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    List<Entry> accepted = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      List<Submission> leads = new ArrayList<>();
      for (int j = 1 + random.nextInt(3); j > 0; j--) {
        String id = "lead-" + seed + "-" + next++;
        leads.add(new Submission(id, Samples.lead(id), "{\"of\":\"" + id + "\"}", NOON));
      }
      asked.add(
          journal
              .accept(leads, null)
              .thenAccept(
                  answer -> {
                    acknowledge(((Accepted) answer).entries());
                    accepted.addAll(((Accepted) answer).entries());
                  })
              .toCompletableFuture());
    }
    await(asked);
    go(journal, accepted);
    if (random.nextInt(40) == 0) {
      await(List.of(journal.erasures().settle().toCompletableFuture()));
    }
  }

  private void go(SqlJournal journal, List<Entry> entries) {
    List<Entry> at = entries;
    for (int step = random.nextInt(4); step > 0 && !at.isEmpty(); step--) {
      List<Move> moves = at.stream().map(JournalLoad::further).toList();
      List<Entry> reached = new ArrayList<>();
      await(
          List.of(
              journal
                  .record(moves)
                  .thenAccept(recorded -> reached.addAll(written(moves, recorded)))
                  .toCompletableFuture()));
      acknowledge(reached);
      at = reached;
    }
  }

  private static List<Entry> written(List<Move> moves, List<Recorded> recorded) {
    List<Entry> written = new ArrayList<>();
    for (int i = 0; i < moves.size(); i++) {
      if (recorded.get(i).applied()) {
        written.add(moves.get(i).after());
      }
    }
    return written;
  }

  private static Move further(Entry entry) {
    Entry next =
        switch (entry.stage()) {
          case ACCEPTED -> entry.decided(Samples.assign(), NOON);
          case DECIDED -> entry.sending(NOON.plusSeconds(30), NOON);
          case SENDING -> entry.assigned(NOON);
          case QUEUED, ASSIGNED, PARKED, SUPERSEDED, ERASED ->
              throw new AssertionError("nothing leads on from " + entry.stage());
        };
    return new Move(entry, next, "went on");
  }

  private void await(List<CompletableFuture<?>> asked) {
    for (CompletableFuture<?> one : asked) {
      try {
        one.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof AssertionError) {
          throw e;
        }
        refused++;
      }
    }
  }

  private synchronized void acknowledge(List<Entry> entries) {
    var lines = new StringBuilder();
    entries.forEach(entry -> lines.append("%s %d%n".formatted(entry.id(), entry.version())));
    try {
      acks.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What main code never does: a commit that is not on disk when it is told. */
  private static void unsafe(SqlJournal journal) {
    try {
      var field = SqlJournal.class.getDeclaredField("writer");
      field.setAccessible(true);
      ((GroupCommit) field.get(journal))
          .between(
              connection -> {
                try (var statement = connection.createStatement()) {
                  return statement.execute("PRAGMA synchronous = NORMAL");
                }
              })
          .toCompletableFuture()
          .join();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
