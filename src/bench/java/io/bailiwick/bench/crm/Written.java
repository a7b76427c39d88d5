package io.bailiwick.bench.crm;

/**
 * What the stub was told.
 *
 * @param writes of territories that it took
 * @param records that have a territory now; fewer than writes where one came twice
 * @param newestAtMillis the wall clock when the last record got its first
 */
public record Written(long writes, long records, long newestAtMillis) {}
