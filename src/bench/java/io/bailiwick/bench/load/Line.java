package io.bailiwick.bench.load;

import io.bailiwick.lead.Nullable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** One connection with at most one request under way; it lives on the driver's event loop. */
final class Line {

  /** Who hears that a line is free again, or gone. */
  interface Owner {

    /** The request was answered; the line may take the next one. */
    void free(Line line);

    /** The connection is gone. */
    void gone(Line line);
  }

  private final NetSocket socket;
  private final Tally tally;
  private final Answer answer = new Answer();
  private @Nullable Owner owner;
  private boolean waiting;
  private long since;

  Line(NetSocket socket, Tally tally) {
    this.socket = socket;
    this.tally = tally;
    socket.handler(this::came);
    socket.closeHandler(closed -> ended("the connection was closed"));
    socket.exceptionHandler(trouble -> ended(trouble.toString()));
  }

  void owned(Owner by) {
    owner = by;
  }

  /** Sends a request that was to leave at {@code when}, by nanoTime. */
  void send(Buffer request, long when) {
    waiting = true;
    since = when;
    tally.sent();
    socket.write(request);
  }

  void close() {
    owner = null;
    socket.close();
  }

  private void came(Buffer part) {
    int status;
    try {
      status = answer.take(part);
    } catch (IllegalStateException notUnderstood) {
      ended(notUnderstood.getMessage());
      socket.close();
      return;
    }
    if (status != 0) {
      waiting = false;
      tally.answered(status, since, answer);
      if (owner != null) {
        owner.free(this);
      }
    }
  }

  private void ended(String why) {
    if (waiting) {
      waiting = false;
      tally.broken(why);
    }
    Owner told = owner;
    owner = null;
    if (told != null) {
      told.gone(this);
    }
  }
}
