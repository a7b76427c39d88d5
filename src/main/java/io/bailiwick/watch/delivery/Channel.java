package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Outbox.Message;
import java.util.concurrent.CompletionStage;

/** One way to one receiver. No stage fails, and each ends within a deadline of the channel's. */
public interface Channel extends AutoCloseable {

  /** Its name in the journal, in metrics and in the log; it never holds a secret. */
  String name();

  /** Tries once. */
  CompletionStage<Delivery> send(Message message);

  @Override
  void close();
}
