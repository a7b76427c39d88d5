package io.bailiwick.sandbox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a token may be used for, by Zoho's names: {@code ZohoCRM.modules.leads.UPDATE}, where {@code
 * ALL} covers every operation and a shorter name everything below it.
 */
record OAuthScopes(Set<String> names) {

  static final OAuthScopes ALL =
      of("ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.ALL,ZohoCRM.org.ALL");

  /** A list with commas. Throws IllegalArgumentException where a name is none. */
  static OAuthScopes of(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : text.split(",")) {
      if (!name.strip().matches("[A-Za-z]+(\\.[A-Za-z_]+){1,3}")) {
        throw new IllegalArgumentException(
            "a scope is like ZohoCRM.modules.leads.ALL, several with commas between them");
      }
      names.add(name.strip());
    }
    return new OAuthScopes(names);
  }

  String text() {
    return String.join(" ", names);
  }

  /** Whether all scopes that a call needs are there; a call to an unknown path needs none. */
  boolean cover(ApiCall call) {
    List<String> path = call.segments();
    if (path.size() < 3) {
      return true;
    }
    List<String> rest = path.subList(2, path.size());
    if (path.get(path.size() - 1).equals("change_owner")) {
      return has("change_owner", "CREATE");
    }
    String read = operation(call);
    return switch (rest.get(0)) {
      case "org" -> has("org", read);
      case "users" ->
          has("users", read) && (rest.size() < 3 || has("settings.territories", "READ"));
      case "settings" -> settings(rest, read);
      default -> has("modules." + rest.get(0), read);
    };
  }

  private boolean settings(List<String> rest, String operation) {
    String what = rest.size() < 2 ? "settings" : "settings." + rest.get(1);
    boolean users = rest.size() > 3 && rest.get(3).equals("users");
    return has(what, operation) && (!users || has("users", "READ"));
  }

  /** An action on records, such as assigning territories, is an update of them. */
  private static String operation(ApiCall call) {
    boolean action = call.segments().contains("actions");
    return switch (call.method()) {
      case "GET" -> "READ";
      case "POST" -> action ? "UPDATE" : "CREATE";
      case "DELETE" -> "DELETE";
      default -> "UPDATE";
    };
  }

  /** By the name itself or one above it, for this operation or all. */
  private boolean has(String what, String operation) {
    String name = "ZohoCRM." + what;
    while (name.contains(".")) {
      if (named(name + "." + operation) || named(name + ".ALL")) {
        return true;
      }
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return false;
  }

  private boolean named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(one -> one.toLowerCase(Locale.ROOT).equals(wanted));
  }
}
