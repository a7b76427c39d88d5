package io.bailiwick.crm;

/** A list that could not be read because of our token; the message says how that was seen. */
final class TokenRefused extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  TokenRefused(String why) {
    super(why);
  }
}
