package io.bailiwick.command;

import io.bailiwick.crm.Introduction;
import io.bailiwick.crm.oauth.DataCentre;
import io.bailiwick.crm.oauth.Scopes;
import io.bailiwick.lead.Nullable;
import java.io.PrintWriter;
import java.net.URI;

/** What {@code connect} says to people; docs/zoho.md says more. */
final class ConnectText {

  /** Readings of the territories in a day, one an hour, of about four calls each. */
  private static final int READINGS = 24 * 4;

  private ConnectText() {}

  /** How a grant code is made. */
  static void guide(DataCentre centre, PrintWriter out) {
    out.printf(
        """
        1. Log in at %s as the user that Bailiwick is to act as: an
           administrator, or a user whose profile may manage territories and who belongs to them.
           (Another data centre? --data-centre, or crm.data-centre: %s.)
        2. Add Client > Self Client > Create. Its tab Client Secret shows client id and secret.
        3. Tab Generate Code. Paste these scopes, choose 10 minutes, describe it as Bailiwick:

             %s

        4. Create, choose the organisation (production or sandbox), and copy the code. It is good
           for one exchange, within the minutes you chose.
        """,
        centre.console(), String.join(", ", DataCentre.words()), Scopes.text());
    out.flush();
  }

  /** As whom, what could not be read, and what to configure. */
  static void who(Introduction who, URI home, @Nullable String advice, PrintWriter out) {
    out.printf(
        "Connected as %s (profile %s) of %s, at %s%n",
        or(who.user(), "a user whose name could not be read"),
        or(who.profile(), "unknown"),
        or(who.organisation(), "an organisation whose name could not be read"),
        home);
    who.troubles().forEach(trouble -> out.println("  " + trouble));
    if (advice != null) {
      out.println("  " + advice);
    }
    out.flush();
  }

  /** What to configure where calls go elsewhere than it says; null where it says just that. */
  static @Nullable String baseUrl(@Nullable String configured, URI home) {
    if (configured == null) {
      return "crm.base-url is not set, and serve needs it; set crm.base-url: " + home;
    }
    return home.equals(URI.create(configured))
        ? null
        : "crm.base-url is %s, and Zoho keeps this organisation's API at %s, where calls go; set"
                .formatted(configured, home)
            + " crm.base-url: "
            + home;
  }

  /** How many calls so many leads a day cost, of which this share is read back. */
  static long calls(long leads, double share) {
    return Math.round(leads * (1 + share)) + READINGS;
  }

  /** What is to be known besides; {@code leads} a day, of which this share is read back. */
  static void facts(long leads, double share, PrintWriter out) {
    out.printf(
        """

        Calls a day for %,d leads: about %,d (%.2f each; a reading of the territories about 4, one
        an hour, one a minute while a lead waits for a territory). What an edition allows:
        docs/zoho.md. The token is renewed about 26 times a day, at the accounts server.

        So that the CRM's own rules do not fight ours:
          - Setup > Automation > Assignment Rules: no active rule for what Bailiwick routes; one
            changes the owner after us.
          - Setup > Security Control > Territory Management: no rule criteria in the territories
            that Bailiwick's rules name; the CRM runs them at each change of a record.
          - Setup > Automation > Workflow Rules: none that writes the territory or the owner when a
            record is edited; let them leave out what the API user modified.
        """,
        leads, calls(leads, share), 1 + share);
    out.flush();
  }

  private static String or(@Nullable String text, String without) {
    return text == null ? without : text;
  }
}
