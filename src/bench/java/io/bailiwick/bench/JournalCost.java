package io.bailiwick.bench;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What the journal's one writer spends on a lead, step by step: CPU time of its thread, a real
 * SQLite file. The writer is what a backlog waits for, so its time is the backlog's.
 */
final class JournalCost {

  private static final int CLAIM = 256;
  private static final int CALL = 100;
  private static final Instant NOW = Samples.NOON;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Journal journal;
  private final int leads;
  private final boolean told;

  private JournalCost(Journal journal, int leads, boolean told) {
    this.journal = journal;
    this.leads = leads;
    this.told = told;
  }

  static void print(List<String> arguments) throws IOException {
    int leads = arguments.isEmpty() ? 20_000 : Integer.parseInt(arguments.get(0));
    Path folder = Files.createTempDirectory("bailiwick-bench");
    Path file = folder.resolve("journal.db");
    try (Journal journal = SqlJournal.open(file, "http://bench.example")) {
      new JournalCost(journal, leads / 4, false).run(0);
      new JournalCost(journal, leads, true).run(1);
    } finally {
      for (String end : List.of("", "-wal", "-shm", ".lock", ".key")) {
        Files.deleteIfExists(file.resolveSibling("journal.db" + end));
      }
    }
  }

  private void run(int round) {
    step("accept", () -> accept(round));
    step("claim, judged to wait", () -> decide(NOW.plusSeconds(1), JournalCost::waiting));
    step("claim, judged to go", () -> decide(NOW.plusSeconds(99), JournalCost::going));
    step("claim, sending, assigned", this::send);
  }

  private void step(String name, Runnable work) {
    long began = System.nanoTime();
    long before = writer();
    work.run();
    if (told) {
      System.out.printf(
          "%-26s %6.1f us of the writer a lead, of %6.1f us%n",
          name, (writer() - before) / 1e3 / leads, (System.nanoTime() - began) / 1e3 / leads);
    }
  }

  private void accept(int round) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      String id = "id-" + round + "-" + i;
      var one = new Submission(id, Samples.lead("of-" + id), "{}", NOW);
      all.add(journal.accept(List.of(one), null).toCompletableFuture());
      if (all.size() == CLAIM) {
        all.forEach(CompletableFuture::join);
        all.clear();
      }
    }
    all.forEach(CompletableFuture::join);
  }

  private void decide(Instant now, Function<Entry, Move> decide) {
    for (int left = leads; left > 0; ) {
      List<Claim> claims = get(journal.claim(Work.DECIDE, now, CLAIM)).claims();
      left -= record(claims.stream().map(claim -> decide.apply(claim.entry())).toList()).size();
    }
  }

  private void send() {
    for (int left = leads; left > 0; ) {
      List<Claim> claims = get(journal.claim(Work.SEND, NOW.plusSeconds(99), CALL)).claims();
      List<Move> sending = record(claims.stream().map(claim -> sending(claim.entry())).toList());
      left -= record(sending.stream().map(move -> assigned(move.after())).toList()).size();
    }
  }

  private List<Move> record(List<Move> moves) {
    List<Recorded> answers = get(journal.record(moves));
    if (!answers.stream().allMatch(Recorded::applied)) {
      throw new IllegalStateException("a move was not written");
    }
    return moves;
  }

  private static Move waiting(Entry entry) {
    return new Move(
        entry, entry.queued(Samples.queue(Blocker.INACTIVE), NOW.plusSeconds(50), NOW), "queued");
  }

  private static Move going(Entry entry) {
    return new Move(entry, entry.decided(Samples.assign(), NOW), "decided");
  }

  private static Move sending(Entry entry) {
    return new Move(entry, entry.sending(NOW.plusSeconds(500), NOW), "sending, attempt 1");
  }

  private static Move assigned(Entry entry) {
    return new Move(entry, entry.assigned(NOW), "assigned");
  }

  private static long writer() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals("journal-writer"))
        .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
