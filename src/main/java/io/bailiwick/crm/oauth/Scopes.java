package io.bailiwick.crm.oauth;

import java.util.List;

/** What Bailiwick's token is for, by Zoho's names: no more than its calls need. */
public final class Scopes {

  /** All of them. */
  public static final List<String> ALL =
      List.of(
          "ZohoCRM.modules.leads.ALL",
          "ZohoCRM.modules.accounts.ALL",
          "ZohoCRM.modules.contacts.ALL",
          "ZohoCRM.modules.deals.ALL",
          "ZohoCRM.settings.territories.READ",
          "ZohoCRM.settings.profiles.READ",
          "ZohoCRM.settings.fields.READ",
          "ZohoCRM.users.READ",
          "ZohoCRM.org.READ");

  private Scopes() {}

  /** As the API console takes them. */
  public static String text() {
    return String.join(",", ALL);
  }
}
