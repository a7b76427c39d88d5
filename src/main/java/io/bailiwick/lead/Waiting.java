package io.bailiwick.lead;

import java.time.Instant;

/**
 * How long a lead waits, and what for: of what is asked of rules besides the lead, so that they can
 * say what becomes of one that waits too long.
 *
 * @param since when it was accepted, or a person last took it up
 * @param reason why it was queued last; null where it was not
 * @param blocker the exact blocker of that
 * @param territory the name of the territory that it waits for, or is untouched in
 * @param untouched whether it does not wait in the queue, but is assigned, and nobody has worked on
 *     it since
 */
public record Waiting(
    Instant since,
    @Nullable QueueReason reason,
    @Nullable String blocker,
    @Nullable String territory,
    boolean untouched) {}
