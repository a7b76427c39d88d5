package io.bailiwick.store;

/**
 * How commands on this machine reach the service that holds a journal.
 *
 * @param command what they show to be let in; whoever may read the journal may know it
 */
public record Reached(String url, String command) {

  /** Without what lets them in: this may come into a log. */
  @Override
  public String toString() {
    return url;
  }
}
