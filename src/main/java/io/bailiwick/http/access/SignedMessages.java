package io.bailiwick.http.access;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.AccessBook.KeptKey;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.delivery.Signature;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves messages that their source signed, as Standard Webhooks says: HMAC-SHA256 over id,
 * timestamp and the bytes as they came, before anybody reads them. A message is taken once; one
 * sent again by its source has a new timestamp and is answered as the first was.
 */
final class SignedMessages {

  static final String ID = "webhook-id";

  private static final String TIMESTAMP = "webhook-timestamp";
  private static final String SIGNATURE = "webhook-signature";
  private static final int ID_MAX = 200;

  /** How far a timestamp may be from our clock, either way. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Longer than any timestamp is taken for. */
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(SignedMessages.class);

  private final Keys keys;
  private final AccessBook book;
  private final Timers timers;

  SignedMessages(Keys keys, AccessBook book, Timers timers) {
    this.keys = keys;
    this.book = book;
    this.timers = timers;
  }

  /** Whether it comes by a signature; a bearer key beside it is what counts. */
  static boolean isSigned(HttpServerRequest request) {
    return request.getHeader(SIGNATURE) != null
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
  }

  /** Begins to forget what no timestamp can bring again. */
  void start() {
    book.forgetMessages(timers.now().minus(REMEMBERED));
    timers.after(REMEMBERED, this::start);
  }

  /** Fails with a {@link Refusal}, the same for whatever is wrong; the log says what. */
  Future<Void> prove(HttpServerRequest request, String source, Buffer body) {
    Instant now = timers.now();
    String mistake = mistake(request, source, body.getBytes(), now);
    if (mistake != null) {
      return Future.failedFuture(refused(source, mistake));
    }
    String stamp = request.getHeader(ID) + "." + request.getHeader(TIMESTAMP);
    return Future.fromCompletionStage(book.firstTime(source, stamp, now))
        .compose(
            first ->
                first
                    ? Future.succeededFuture()
                    : Future.failedFuture(refused(source, "this message came before")));
  }

  /** What an id that comes again with another body is answered. */
  static Refusal reused(String source) {
    return refused(source, "its id came before with another body");
  }

  private @Nullable String mistake(
      HttpServerRequest request, String source, byte[] body, Instant now) {
    String id = request.getHeader(ID);
    String stamp = request.getHeader(TIMESTAMP);
    String signatures = request.getHeader(SIGNATURE);
    if (id == null || id.isBlank() || id.length() > ID_MAX || id.indexOf('.') >= 0) {
      return ID + " is missing, longer than " + ID_MAX + ", or has a dot";
    }
    if (stamp == null || !stamp.matches("\\d{1,12}")) {
      return TIMESTAMP + " is missing or no number of seconds";
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), now).abs();
    if (age.compareTo(TOLERANCE) > 0) {
      return "its timestamp is " + age.toSeconds() + " s from our clock";
    }
    for (KeptKey kept : keys.signing(source)) {
      var signature = Signature.of(kept.proof());
      if (signature.verifies(id, Long.parseLong(stamp), body, String.valueOf(signatures))) {
        keys.used(kept.key());
        return null;
      }
    }
    return "no live signing key of it made this signature of this body";
  }

  private static Refusal refused(String source, String why) {
    LOG.warn("a signed message of source {} is refused: {}", source, why);
    return new Refusal(
        ProblemType.UNAUTHENTICATED,
        "The signature, its timestamp or its id is not accepted; the service's log says why.");
  }
}
