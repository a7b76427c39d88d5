package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditFinding;

/** What to do about each kind of finding, and where in the CRM's menus. */
public final class Advice {

  private static final String TERRITORIES =
      "Setup > Security Control > Territory Management > Territories";
  private static final String PROFILES = "Setup > Security Control > Profiles";

  private Advice() {}

  /** {@code name} is the territory's; empty where it concerns all. */
  public static String on(AuditFinding.Kind kind, String name) {
    String menu = TERRITORIES + " > " + name;
    return switch (kind) {
      case SNAPSHOT_STALE ->
          "See what the CRM answers with `bailiwick doctor`; until it can be read, decisions go by"
              + " the old reading.";
      case NOT_PERMITTED ->
          PROFILES + " > the API user's profile > Setup Permissions: tick Manage Territories.";
      case MISSING ->
          "Create it under "
              + TERRITORIES
              + " with exactly this name, or change the rules that name it.";
      case RENAMED -> "Write the new name into the rules named here, or rename it back: " + menu;
      case INACTIVE ->
          "Activate it: "
              + menu
              + " > Status; where there is no such switch, give it an active manager or user.";
      case API_DISABLED -> "Tick Allow API Access: " + menu + " > Edit.";
      case NOT_A_MEMBER ->
          "Add the API user to it, or to a territory above it (in the dialect zoho-v8 as its"
              + " manager): "
              + menu
              + " > Users.";
      case MANAGER_INACTIVE -> "Give it an active manager: " + menu + " > Edit.";
      case USERS_INACTIVE -> "Add an active user: " + menu + " > Users.";
      case DUPLICATE_NAME ->
          "Give each a name of its own under "
              + TERRITORIES
              + "; until then rules mean the one of lowest id.";
      case CYCLE -> "Give one of them a parent outside the circle: " + menu + " > Edit.";
      case PROPAGATING -> "Nothing: it becomes ready by itself, and its leads leave then.";
      case UNUSED -> "Write a rule that sends leads to it, or leave it.";
    };
  }
}
