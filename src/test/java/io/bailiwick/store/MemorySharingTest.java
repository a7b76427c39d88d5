package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

class MemorySharingTest extends SharingContract {

  private final MemoryJournal journal = MemoryJournal.shared(InstantSource.system());

  @Override
  <T> T ask(int instance, Function<Journal, CompletionStage<T>> call) {
    CompletionStage<T> answer = journal.as("instance " + instance, () -> call.apply(journal));
    return answer.toCompletableFuture().join();
  }
}
