package io.bailiwick.flow;

import io.bailiwick.lead.LeadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The part of the journal that keeps what is to be told to the outside until it was told: alarms
 * and lead events, each once for each channel that is to carry it. It also knows which alarms stand
 * as told, so that none is told twice over restarts.
 */
public interface Outbox {

  /**
   * A message on its way to one channel.
   *
   * @param id the same for every channel and every try, so that receivers can tell a repetition
   * @param channel the channel's name
   * @param kind what the body is, for whoever writes it out
   * @param body JSON
   * @param tries how often it was tried in vain
   */
  record Message(String id, String channel, Kind kind, String body, Instant createdAt, int tries) {}

  /** What a message tells. */
  enum Kind {
    /** A change of alarms; the body is the watch's own. */
    ALARM,
    /** A {@link LeadEvent}. */
    LEAD
  }

  /**
   * An alarm that was told as raised and not yet as cleared.
   *
   * @param key by which it is the same alarm
   * @param body JSON of the watch's own
   */
  record Standing(String key, String body) {}

  /**
   * What of a channel is not delivered yet.
   *
   * @param oldest when the oldest was made
   */
  record Undelivered(String channel, long count, Instant oldest) {}

  /** From now on each move is kept as an event for these channels, in the commit of the move. */
  void subscribe(Set<Subscription> subscriptions);

  /** A channel that wants events of these types. */
  record Subscription(String channel, Set<LeadEvent.Type> types) {}

  /** Keeps a change of alarms and the messages that tell it, in one commit. */
  CompletionStage<Void> tell(Change change);

  /** Alarms that begin or go on otherwise, keys of those that ended, and the messages of both. */
  record Change(List<Standing> raised, Set<String> cleared, List<Message> messages) {}

  /** The alarms that stand as told. */
  CompletionStage<List<Standing>> standing();

  /** A channel's undelivered messages that are due, oldest first, and when the next is due. */
  CompletionStage<Due> due(String channel, Instant now, int limit);

  /** {@code next} is the earliest due time of the others; null where there are none. */
  record Due(List<Message> messages, @io.bailiwick.lead.Nullable Instant next) {}

  /** It was delivered, or given up: it is kept no longer. */
  CompletionStage<Void> done(Message message);

  /** It was tried in vain; the next try is due then. */
  CompletionStage<Void> postpone(Message message, Instant due);

  /** What waits, by channel; also of channels that exist no more. */
  CompletionStage<List<Undelivered>> undelivered();

  /** Forgets the messages of a channel that exists no more; answers how many. */
  CompletionStage<Integer> forget(String channel);
}
