package io.bailiwick.watch.alarm;

import io.bailiwick.flow.Outbox.Message;
import java.util.Set;

/** What carries notices. On the flow's thread. */
public interface Teller {

  /** The channels that carry alarms. */
  Set<String> channels();

  /** There is something new in the outbox. */
  void wake();

  /** The outbox does not take this message: it is to be carried past it. */
  void past(Message message);
}
