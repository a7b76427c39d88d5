package io.bailiwick.crm;

import io.bailiwick.lead.AccessTrouble;

/** A list that could not be read because we are not let in; the message says how that was seen. */
final class AccessRefused extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final AccessTrouble trouble;

  AccessRefused(AccessTrouble trouble, String why) {
    super(why);
    this.trouble = trouble;
  }

  AccessTrouble trouble() {
    return trouble;
  }
}
