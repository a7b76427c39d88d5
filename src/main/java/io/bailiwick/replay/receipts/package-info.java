/**
 * Receipts: a decision made again from what its receipt names, and compared with what was decided,
 * byte for byte. What can no longer be decided again is told apart from what comes out otherwise.
 */
package io.bailiwick.replay.receipts;
