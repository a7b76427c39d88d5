/**
 * The way of a lead: intake, deciding, sending, waiting and the territory directory, over ports.
 * Nothing here blocks, starts a thread, reads a clock or draws a random number but the ones handed
 * in; it knows no database, HTTP, JSON or rule engine. All its state belongs to the one thread
 * behind {@link io.bailiwick.flow.Timers}.
 */
package io.bailiwick.flow;
