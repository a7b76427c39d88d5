package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the faults of a command; what is wrong is refused with what to send. */
final class FaultReader {

  private static final int MAX_FAULTS = 100;
  private static final int MAX_MILLIS = 86_400_000;
  private static final Set<String> MEMBERS =
      Set.of(
          "kind",
          "share",
          "times",
          "path",
          "status",
          "retryAfter",
          "millis",
          "toMillis",
          "row",
          "record");

  private FaultReader() {}

  static List<Fault> read(JsonNode faults) {
    if (!faults.isArray() || faults.size() > MAX_FAULTS) {
      throw new IllegalArgumentException(
          "\"setFaults\" needs \"faults\", an array of up to " + MAX_FAULTS + "; [] ends them");
    }
    List<Fault> read = new ArrayList<>();
    faults.forEach(node -> read.add(fault(node)));
    return read;
  }

  private static Fault fault(JsonNode node) {
    Arguments args = new Arguments("fault", node);
    args.only(MEMBERS);
    Fault.Kind kind = kind(args);
    String path = args.optionalText("path");
    boolean takesTime = kind == Fault.Kind.LATENCY || kind == Fault.Kind.LATE_ANSWER;
    Integer millis = args.optionalNumber("millis", 0, MAX_MILLIS);
    Integer toMillis = args.optionalNumber("toMillis", 0, MAX_MILLIS);
    if (takesTime && millis == null) {
      throw args.wrong("of kind " + kind.word() + " needs \"millis\"");
    }
    return new Fault(
        kind,
        share(args),
        args.optionalNumber("times", 1, Integer.MAX_VALUE - 1),
        path == null ? "/crm/" : path,
        status(args, kind),
        args.optionalNumber("retryAfter", 0, 86_400),
        millis == null ? 0 : millis,
        toMillis == null ? 0 : toMillis,
        row(args, kind),
        args.optionalText("record"));
  }

  private static @Nullable ErrorRow row(Arguments args, Fault.Kind kind) {
    String word = args.optionalText("row");
    ErrorRow row = word == null ? null : ErrorRow.ofWord(word);
    boolean answers = kind == Fault.Kind.ANSWER;
    if (answers && row == null) {
      throw args.wrong("of kind answer needs \"row\", one of " + ErrorRow.words());
    }
    if (!answers && (word != null || args.node().has("record"))) {
      throw args.wrong("takes \"row\" and \"record\" only where its kind is answer");
    }
    return row;
  }

  private static Fault.Kind kind(Arguments args) {
    String word = args.optionalText("kind");
    Fault.Kind kind = word == null ? null : Fault.Kind.ofWord(word);
    if (kind == null) {
      throw args.wrong(
          "needs \"kind\", one of "
              + Arrays.stream(Fault.Kind.values())
                  .map(Fault.Kind::word)
                  .collect(Collectors.joining(", ")));
    }
    return kind;
  }

  private static int status(Arguments args, Fault.Kind kind) {
    @Nullable Integer status = args.optionalNumber("status", 400, 599);
    if (kind == Fault.Kind.STATUS && status == null) {
      throw args.wrong("of kind status needs \"status\", 400 to 599");
    }
    return status == null ? 0 : status;
  }

  private static double share(Arguments args) {
    JsonNode share = args.node().path("share");
    if (share.isMissingNode()) {
      return 1;
    }
    if (!share.isNumber() || !(share.doubleValue() > 0 && share.doubleValue() <= 1)) {
      throw args.wrong("takes \"share\" as a number above 0 and at most 1");
    }
    return share.doubleValue();
  }
}
