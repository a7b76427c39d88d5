package io.bailiwick.store;

import io.bailiwick.flow.Outbox.Kind;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Outbox.Subscription;
import io.bailiwick.json.Json;
import io.bailiwick.lead.LeadEvent;
import java.util.Collection;
import java.util.List;

/** The messages that an event makes: the same in every store. */
final class Messages {

  private Messages() {}

  /** One for each channel that wants it. */
  static List<Message> of(LeadEvent event, Collection<Subscription> subscriptions) {
    return subscriptions.stream()
        .filter(wanted -> wanted.types().contains(event.type()))
        .map(
            wanted ->
                new Message(
                    event.id(), wanted.channel(), Kind.LEAD, Json.write(event), event.at(), 0))
        .toList();
  }
}
