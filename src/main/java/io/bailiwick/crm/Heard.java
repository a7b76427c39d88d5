package io.bailiwick.crm;

import java.time.Duration;

/** What came of one HTTP call: a closed set, told apart by whether the request may have left. */
sealed interface Heard {

  /** Why there is no answer, for people; where there is one, its status. */
  String why();

  /** A complete answer. */
  record Answered(Reply reply) implements Heard {
    @Override
    public String why() {
      return "the CRM answered " + reply.status();
    }
  }

  /** No byte of the request left. */
  record NotSent(String why) implements Heard {}

  /** No token, so nothing was sent. */
  record NoToken(String why) implements Heard {}

  /** The gate is shut, for so long; nothing was sent. */
  record Shut(Duration rest, String why) implements Heard {}

  /** Sent, and no complete answer came: the CRM may have acted or not. */
  record Lost(String why) implements Heard {}
}
