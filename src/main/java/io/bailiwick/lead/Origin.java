package io.bailiwick.lead;

/**
 * How a lead came to us, as the request said and proved it.
 *
 * @param trace the place in a trace of the request that brought it; null where it is in none
 * @param sender the source whose key or signature it came with; null where none was asked for
 */
public record Origin(@Nullable TraceParent trace, @Nullable String sender) {

  /** Nothing is known of it. */
  public static final Origin UNKNOWN = new Origin(null, null);

  /** In this trace, of no known sender. */
  public static Origin in(@Nullable TraceParent trace) {
    return trace == null ? UNKNOWN : new Origin(trace, null);
  }
}
