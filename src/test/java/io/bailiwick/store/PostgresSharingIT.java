package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresSharingIT extends SharingContract {

  @TempDir Path folder;

  private Journal one;
  private Journal two;

  @BeforeEach
  void open() {
    var place = PostgresServer.place(PostgresServer.schema(), folder);
    one = SqlJournal.open(place, "http://crm.example", CommitWatch.NONE);
    two = SqlJournal.open(place, "http://crm.example", CommitWatch.NONE);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Override
  <T> T ask(int instance, Function<Journal, CompletionStage<T>> call) {
    return call.apply(instance == 1 ? one : two).toCompletableFuture().join();
  }
}
