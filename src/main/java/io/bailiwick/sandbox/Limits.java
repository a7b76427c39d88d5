package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.util.Set;

/**
 * What the organisation may use of the API. A null is no limit.
 *
 * @param credits in any 24 hours (Zoho's page on API limits: 5,000 in the free edition, up to
 *     5,000,000)
 * @param concurrency calls under way at once (reported: 5 to 25 by edition)
 * @param subConcurrency those of them that write more than 10 records (10 in every edition)
 * @param retryAfter whether a 429 says when to come again; by report the real one does not
 * @param placesPerCall the most records of one assign or remove call: 10 by Zoho's page, 100 by its
 *     older description
 */
record Limits(
    @Nullable Integer credits,
    @Nullable Integer concurrency,
    @Nullable Integer subConcurrency,
    boolean retryAfter,
    int placesPerCall) {

  static final Set<String> MEMBERS =
      Set.of("credits", "concurrency", "subConcurrency", "retryAfter", "placesPerCall");

  /** Nobody is held back. */
  static final Limits NONE = new Limits(null, null, null, false, 10);

  private static final int MOST_CREDITS = 100_000_000;
  private static final int MOST_CALLS = 10_000;

  /** These with what a command names; its null takes a limit away. */
  Limits with(Arguments args) {
    Boolean retry = args.optionalFlag("retryAfter");
    Integer places = args.optionalNumber("placesPerCall", 1, 100);
    return new Limits(
        named(args, "credits", MOST_CREDITS, credits),
        named(args, "concurrency", MOST_CALLS, concurrency),
        named(args, "subConcurrency", MOST_CALLS, subConcurrency),
        retry == null ? retryAfter : retry,
        places == null ? placesPerCall : places);
  }

  private static @Nullable Integer named(
      Arguments args, String name, int most, @Nullable Integer before) {
    return args.node().has(name) ? args.optionalNumber(name, 1, most) : before;
  }
}
