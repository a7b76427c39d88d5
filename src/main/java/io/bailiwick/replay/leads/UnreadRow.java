package io.bailiwick.replay.leads;

/**
 * One row of a stream that is no lead.
 *
 * @param number its place in the whole stream, from 1
 * @param place where it stands, as of a {@link LeadRow}
 * @param detail what is wrong, in words; never a value of the row
 */
public record UnreadRow(long number, String place, Unread reason, String detail) {}
