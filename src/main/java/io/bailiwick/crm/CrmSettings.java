package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The knobs of the CRM client.
 *
 * @param baseUrl where the API is, such as {@code https://www.zohoapis.com}; a path is kept
 * @param deadline of one call, from asking to the last byte; 10 ms to 10 minutes
 * @param connectTimeout of one connection; 10 ms to 10 minutes
 * @param readingDeadline of one reading of all territories, all pages together; up to an hour
 * @param bodyCap of one answer about a record, in bytes; 1 KiB to 64 MiB
 * @param listCap of one page of territories, in bytes; the seed contract's list has no pages
 * @param maxConnections the most calls at a time, 1 to 2,000
 * @param dialect how it is spoken to
 * @param batch the most records in one call, 1 to 100; 0 for as many as is usual in the dialect
 * @param credits what the calls of a rolling day may cost; 0 for no limit
 * @param upsert how records are made of leads that have none; null for not at all
 */
public record CrmSettings(
    URI baseUrl,
    Duration deadline,
    Duration connectTimeout,
    Duration readingDeadline,
    int bodyCap,
    int listCap,
    int maxConnections,
    Dialect dialect,
    int batch,
    long credits,
    @Nullable Upsert upsert) {

  private static final Duration LEAST = Duration.ofMillis(10);
  private static final int MIB = 1 << 20;

  /** Refuses what is out of bounds with IllegalArgumentException. */
  public CrmSettings {
    String scheme = baseUrl.getScheme();
    if (baseUrl.getHost() == null
        || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))
        || baseUrl.getRawUserInfo() != null
        || baseUrl.getRawQuery() != null
        || baseUrl.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the CRM's base URL must be like https://www.zohoapis.com, without user, query or #");
    }
    within("the CRM's deadline", deadline, Duration.ofMinutes(10));
    within("the CRM's connect timeout", connectTimeout, Duration.ofMinutes(10));
    within("the CRM's reading deadline", readingDeadline, Duration.ofHours(1));
    within("the CRM's body cap", bodyCap, 1024, 64 * MIB);
    within("the CRM's list cap", listCap, 1024, 256 * MIB);
    within("the CRM's connections", maxConnections, 1, 2000);
    within("the CRM's batch", batch, 0, 100);
  }

  /**
   * Classic, 30 s a call, 10 s to connect, 5 minutes a reading, 1 MiB and 64 MiB, 24 connections.
   */
  public static CrmSettings of(URI baseUrl) {
    return new CrmSettings(
        baseUrl,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        MIB,
        64 * MIB,
        24,
        Dialect.CLASSIC,
        0,
        0,
        null);
  }

  /** The same with another deadline for a call. */
  public CrmSettings withDeadline(Duration other) {
    return changed(draft -> draft.deadline = other);
  }

  /** The same with room for so many calls in flight. */
  public CrmSettings withConnections(int other) {
    return changed(draft -> draft.maxConnections = other);
  }

  /** The same in another dialect. */
  public CrmSettings in(Dialect other) {
    return changed(draft -> draft.dialect = other);
  }

  /** The same with so many records in one call, at most. */
  public CrmSettings withBatch(int other) {
    return changed(draft -> draft.batch = other);
  }

  /** The same with so many credits in a rolling day; 0 for no limit. */
  public CrmSettings withCredits(long other) {
    return changed(draft -> draft.credits = other);
  }

  /** The same, making records of leads that have none; with null, not. */
  public CrmSettings creating(@Nullable Upsert other) {
    return changed(draft -> draft.upsert = other);
  }

  private CrmSettings changed(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return new CrmSettings(
        baseUrl,
        draft.deadline,
        connectTimeout,
        readingDeadline,
        bodyCap,
        listCap,
        draft.maxConnections,
        draft.dialect,
        draft.batch,
        draft.credits,
        draft.upsert);
  }

  /** What of it may be changed, until it is whole again. */
  private static final class Draft {
    private Duration deadline;
    private int maxConnections;
    private Dialect dialect;
    private int batch;
    private long credits;
    private @Nullable Upsert upsert;

    Draft(CrmSettings from) {
      this.deadline = from.deadline;
      this.maxConnections = from.maxConnections;
      this.dialect = from.dialect;
      this.batch = from.batch;
      this.credits = from.credits;
      this.upsert = from.upsert;
    }
  }

  private static void within(String what, Duration value, Duration most) {
    if (value.compareTo(LEAST) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(what + " must be " + LEAST + " to " + most);
    }
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " must be " + least + " to " + most);
    }
  }
}
