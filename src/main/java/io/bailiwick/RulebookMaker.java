package io.bailiwick;

import io.bailiwick.drools.DroolsRulebooks;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.replay.RuleFolder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one thread that compiles and proves rulebooks, beside those that judge. It begins with what
 * {@code rules/} holds before anybody asks, while the other parts of the service are made: at most
 * starts that is what will serve, and at the others the compiler is warm.
 */
final class RulebookMaker implements Rulebooks, AutoCloseable {

  private record Ahead(String hash, CompletionStage<Compilation> compiled) {}

  private final ExecutorService thread;
  private final DroolsRulebooks rulebooks;
  private final AtomicReference<@Nullable CompletableFuture<@Nullable Ahead>> ahead;

  RulebookMaker(Config config) {
    this.thread = Executors.newSingleThreadExecutor(task -> Parts.daemon(task, "rulebook-maker"));
    this.rulebooks = new DroolsRulebooks(Service.judge(config), thread);
    this.ahead =
        new AtomicReference<>(
            CompletableFuture.supplyAsync(() -> RuleFolder.read(config.rules()), thread)
                .handle((files, unreadable) -> unreadable == null ? begun(files) : null));
  }

  private Ahead begun(RuleFiles files) {
    return new Ahead(files.hash(), rulebooks.compile(files));
  }

  /** The thread, for other work of that kind: one thing after the other. */
  Executor thread() {
    return thread;
  }

  @Override
  public CompletionStage<Compilation> compile(RuleFiles files) {
    CompletableFuture<@Nullable Ahead> first = ahead.getAndSet(null);
    return first == null
        ? rulebooks.compile(files)
        : first.thenCompose(
            one -> {
              if (one != null && one.hash().equals(files.hash())) {
                return one.compiled();
              }
              giveUp(one);
              return rulebooks.compile(files);
            });
  }

  @Override
  public void retire(Rulebook rulebook) {
    rulebooks.retire(rulebook);
  }

  /** Compiles no more. */
  @Override
  public void close() {
    CompletableFuture<@Nullable Ahead> first = ahead.getAndSet(null);
    if (first != null) {
      var unused = first.thenAccept(this::giveUp);
    }
    thread.shutdownNow();
  }

  private void giveUp(@Nullable Ahead unwanted) {
    if (unwanted != null) {
      unwanted
          .compiled()
          .thenAccept(
              compilation -> {
                if (compilation instanceof Compilation.Compiled ready) {
                  retire(ready.rulebook());
                }
              });
    }
  }
}
