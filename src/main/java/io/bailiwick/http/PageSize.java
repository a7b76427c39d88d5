package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;

/** How many lines of a list are asked for: {@code ?limit=}. */
final class PageSize {

  private PageSize() {}

  /** From 1 to {@code most}; {@code without} where nothing is asked. */
  static int read(@Nullable String text, int without, int most) {
    if (text == null) {
      return without;
    }
    if (text.matches("[0-9]{1,9}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    }
    throw new Refusal(ProblemType.INVALID_REQUEST, "limit must be from 1 to " + most + ".");
  }
}
