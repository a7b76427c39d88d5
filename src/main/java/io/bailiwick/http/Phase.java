package io.bailiwick.http;

/** How far the service is, and with it what its door lets through. */
enum Phase {
  /** The rules do not serve yet: leads are accepted and wait, and nothing else is done. */
  STARTING,
  /** All is there. */
  SERVING,
  /** No lead is accepted any more, while questions are still answered. */
  STOPPING
}
