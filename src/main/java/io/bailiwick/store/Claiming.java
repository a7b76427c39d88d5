package io.bailiwick.store;

import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Work;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Claims within the writer's commits. Entries are made of what was claimed on a thread of its own:
 * the writer is what everything waits for.
 */
final class Claiming implements AutoCloseable {

  private final GroupCommit writer;
  private final Claims claims;
  private final ExecutorService rows =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "journal-rows"));

  Claiming(GroupCommit writer, Claims claims) {
    this.writer = writer;
    this.claims = claims;
  }

  CompletionStage<Claimed> claim(Work work, Instant now, int limit) {
    Set<String> taken = new HashSet<>();
    GroupCommit.Work<Claims.Taken> claim =
        connection -> claims.claim(connection, work, new Claims.Ask(now, limit, taken));
    return writer
        .claim(claims.repeatable(), claim)
        .whenComplete(
            (claimed, failure) -> {
              // Still on the writer's thread: what its caller never heard of is nobody's.
              if (failure != null) {
                claims.untold(taken);
              }
            })
        .thenApplyAsync(this::entries, rows);
  }

  private Claimed entries(Claims.Taken claimed) {
    try {
      return claimed.claimed();
    } catch (RuntimeException e) {
      var unused =
          writer.submit(
              connection -> {
                claims.release(connection, claimed.held());
                return null;
              });
      throw e;
    }
  }

  /** After the writer: whatever it claimed is still told. */
  @Override
  public void close() {
    rows.shutdown();
  }
}
