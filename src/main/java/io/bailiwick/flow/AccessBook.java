package io.bailiwick.flow;

import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The part of the journal that keeps keys, and the record of who did what. */
public interface AccessBook {

  /**
   * A key with what proves it.
   *
   * @param proof of a bearer key the SHA-256 of its secret, of a signing key the secret itself,
   *     which is encrypted at rest
   */
  record KeptKey(AccessKey key, String proof) {

    /** Without the proof: this may come into a log. */
    @Override
    public String toString() {
      return key.toString();
    }
  }

  /** All keys, also those that have ended, in the order in which they were made. */
  CompletionStage<List<KeptKey>> keys();

  /** Keeps a new key. */
  CompletionStage<Void> add(KeptKey key);

  /** Ends a key at this instant, where it does not end before; empty where there is none. */
  CompletionStage<Optional<AccessKey>> end(String id, Instant at);

  /** Remembers when keys were last used. */
  CompletionStage<Void> used(Map<String, Instant> lastUsed);

  /** Adds a line to the record; answers its place. No line is ever changed or removed. */
  CompletionStage<Long> append(Activity activity);

  /** Adds how the line of that place was answered. */
  CompletionStage<Void> answered(long seq, int status);

  /** The record, newest first, those before this place; null begins with the last. */
  CompletionStage<List<Activity>> activities(@Nullable Long before, int limit);

  /**
   * Whether this message of a source comes for the first time, which it then does not any more.
   *
   * @param stamp the message's id and timestamp
   */
  CompletionStage<Boolean> firstTime(String source, String stamp, Instant now);

  /** Forgets messages that came before this instant; answers how many. */
  CompletionStage<Integer> forgetMessages(Instant before);
}
