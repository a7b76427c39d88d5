package io.bailiwick.lead;

import java.util.Locale;

/**
 * Why the CRM does not let us in: what its 401 may mean, and what else concerns us and no lead. A
 * closed set; each has another remedy.
 */
public enum AccessTrouble {
  /** It does not know our access token, or no longer. */
  TOKEN_REFUSED(
      "the access token is bad or has expired",
      "Renew crm.token or what writes crm.token-file; run doctor to see what the CRM says."),
  /** We have no token to show, or it saw none. */
  NO_TOKEN(
      "there is no usable token",
      "Run bailiwick connect, or see to crm.token-file or crm.refresh-token-file; the service takes"
          + " it up without a restart."),
  /** The token was not made for this kind of call. */
  SCOPE_MISSING(
      "the token lacks a scope for this call",
      "Run bailiwick connect with a code made for all the scopes that it names (docs/zoho.md)."),
  /** The API user may not do this, whatever its token. */
  NO_PERMISSION(
      "the API user has no permission for this",
      "Another token mends nothing: run doctor, which says what the API user's profile lacks."),
  /** The organisation has no territory management. */
  FEATURE_OFF(
      "territory management is off in the organisation",
      "Switch it on: Setup > Security Control > Territory Management > Enable; for the Leads module"
          + " ask Zoho's support.");

  private final String told;
  private final String advice;

  AccessTrouble(String told, String advice) {
    this.told = told;
    this.advice = advice;
  }

  /** What it means, for people. */
  public String told() {
    return told;
  }

  /** What to do, for people. */
  public String advice() {
    return advice;
  }

  /** Its name in JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
