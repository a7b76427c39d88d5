/**
 * What is to be told to the outside is told: from the journal's outbox over webhooks, Slack and
 * e-mail, at least once and in order, with backoff while a receiver is down. Nothing blocks, and no
 * channel waits for another.
 */
package io.bailiwick.watch.delivery;
