package io.bailiwick.lead;

import java.time.Instant;

/**
 * One line of the record of who did what: written before it is done, and never changed.
 *
 * @param seq its place; 0 before it is kept
 * @param who the name of the key, or what the caller called itself where no key was asked for
 * @param route what was asked, as the manual names it: {@code POST /v1/leads/:id/close}
 * @param path what it was asked of; it holds ids and names, never a lead's data
 * @param status how it was answered; null where the service ended before it answered
 */
public record Activity(
    long seq,
    Instant at,
    String who,
    Role role,
    String route,
    String path,
    @Nullable Integer status) {}
