package io.bailiwick.lead;

import java.time.Instant;
import java.util.HexFormat;

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

  /** As long as version 00 is: version, trace, span and flags, and what parts them. */
  private static final int LENGTH = 55;

  private static final int TRACE = 3;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  /** What a header says, or null where it says nothing that counts. */
  public static @Nullable TraceParent parse(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    if (!isForm(text) || text.startsWith("ff")) {
      return null;
    }
    String traceId = text.substring(TRACE, SPAN - 1);
    String spanId = text.substring(SPAN, FLAGS - 1);
    boolean none = isZero(traceId) || isZero(spanId);
    boolean sampled = (HexFormat.fromHexDigits(text, FLAGS, LENGTH) & 1) == 1;
    return none ? null : new TraceParent(traceId, spanId, sampled);
  }

  /** By hand, since it is read with each lead that is claimed, and a pattern takes its time. */
  private static boolean isForm(String text) {
    if (text.length() < LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean between = i == TRACE - 1 || i == SPAN - 1 || i == FLAGS - 1;
      char c = text.charAt(i);
      if (between ? c != '-' : !isDigit(c)) {
        return false;
      }
    }
    // Version 00 has four parts; later ones may have more.
    return text.length() == LENGTH || (text.charAt(LENGTH) == '-' && !text.startsWith("00"));
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** The place of a lead in the trace that brought it. */
  public TraceParent ofLead(String lead) {
    long name = 0;
    for (int i = 0; i < lead.length(); i++) {
      name = mixed(name ^ lead.charAt(i));
    }
    return child(name);
  }

  /** The place of the decision that was made of a lead at this instant. */
  public TraceParent ofDecision(Entry entry) {
    Decision decision = entry.decision();
    TraceParent parent = ofLead(entry.id());
    if (decision == null) {
      return parent;
    }
    Instant at = decision.receipt().decidedAt();
    return parent.child(mixed(at.getEpochSecond()) ^ at.getNano());
  }

  /** The place of the attempt that a lead is at. */
  public TraceParent ofAttempt(Entry sending) {
    return ofDecision(sending).child(sending.version());
  }

  /** The value of the header. */
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }

  private TraceParent child(long step) {
    long id = mixed(mixed(HexFormat.fromHexDigitsToLong(spanId)) ^ step);
    return new TraceParent(traceId, HexFormat.of().toHexDigits(id == 0 ? 1 : id), sampled);
  }

  /**
   * Numbers that differ little come out far apart, and no two the same: one step of SplitMix64
   * (Steele, Lea and Flood, 2014). A digest would take a hundred times as long, for each of the
   * dozen places that a lead's way asks for, and nobody is to be kept from guessing them.
   */
  private static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static boolean isZero(String digits) {
    return digits.chars().allMatch(digit -> digit == '0');
  }
}
