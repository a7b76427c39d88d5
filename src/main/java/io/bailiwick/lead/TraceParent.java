package io.bailiwick.lead;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a distributed trace, as W3C Trace Context writes it in the header {@code traceparent}.
 * The places of a lead's own steps follow from it and the lead alone, so that a process which takes
 * a lead up goes on with the trace that another one began.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 lower-case hexadecimal digits, not all zero
 * @param sampled whether spans of this trace are to be recorded
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {

  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** What a header says, or null where it says nothing that counts. */
  public static @Nullable TraceParent parse(@Nullable String header) {
    Matcher form = FORM.matcher(header == null ? "" : header.strip());
    if (!form.matches() || form.group(1).equals("ff") || isTooLong(form)) {
      return null;
    }
    boolean sampled = (Integer.parseInt(form.group(4), 16) & 1) == 1;
    boolean none = isZero(form.group(2)) || isZero(form.group(3));
    return none ? null : new TraceParent(form.group(2), form.group(3), sampled);
  }

  /** The place of a lead in the trace that brought it. */
  public TraceParent ofLead(String lead) {
    return child("lead " + lead);
  }

  /** The place of the decision that was made of a lead at this instant. */
  public TraceParent ofDecision(Entry entry) {
    Decision decision = entry.decision();
    TraceParent parent = ofLead(entry.id());
    return decision == null
        ? parent
        : parent.child(entry.id() + " decided " + decision.receipt().decidedAt());
  }

  /** The place of the attempt that a lead is at. */
  public TraceParent ofAttempt(Entry sending) {
    return ofDecision(sending).child(sending.id() + " attempt " + sending.version());
  }

  /** The value of the header. */
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private TraceParent child(String step) {
    String digest = Digests.sha256((traceId + " " + step).getBytes(StandardCharsets.UTF_8));
    return new TraceParent(traceId, digest.substring(0, 16), sampled);
  }

  /** Version 00 has four parts; later ones may have more. */
  private static boolean isTooLong(Matcher form) {
    return form.group(1).equals("00") && form.group(5) != null;
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }
}
