package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The users of the sandbox: the API user, an administrator, and whoever manages a territory. The
 * model knows managers by name alone; one name is one user.
 */
final class People {

  static final String API_USER = "Integration User";
  static final String PROFILE = "1000000000000000001";
  static final String ACTIVE = "active";

  /** What Zoho's page on getting territories says of a manager, beside active. */
  static final Set<String> STATUSES = Set.of(ACTIVE, "disabled", "closed", "deleted", "rejected");

  private static final String ADMINISTRATOR = "3652397000000000101";

  /** One user. */
  record User(String id, String name, String profileId, String profile, String status) {

    boolean active() {
      return status.equals(ACTIVE);
    }

    boolean administrator() {
      return profile.equals("Administrator");
    }

    String email() {
      return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".") + "@sandbox.example";
    }
  }

  private People() {}

  /** The API user first. */
  static List<User> all(TerritoryBook book) {
    String userId = book.userId();
    Map<String, User> all = new LinkedHashMap<>();
    all.put(userId, new User(userId, API_USER, PROFILE, "Integration", book.status(API_USER)));
    String name = "Org Administrator";
    all.put(
        ADMINISTRATOR,
        new User(ADMINISTRATOR, name, "1000000000000000002", "Administrator", book.status(name)));
    for (Listed listed : book.all()) {
      String manager = listed.manager();
      if (manager != null) {
        String id = managerId(manager, userId);
        String status = book.status(manager);
        all.putIfAbsent(id, new User(id, manager, "1000000000000000003", "Standard", status));
      }
    }
    return List.copyOf(all.values());
  }

  static @Nullable User find(List<User> all, String id) {
    return all.stream().filter(user -> user.id().equals(id)).findFirst().orElse(null);
  }

  /** Who works in each territory: its manager, and the API user where it is a member. */
  static List<List<User>> of(
      List<Listed> territories, List<User> all, @Nullable Set<String> memberOf) {
    User api = all.get(0);
    List<List<User>> each = new ArrayList<>();
    for (Listed territory : territories) {
      Set<User> own = new LinkedHashSet<>();
      String manager = territory.manager();
      if (manager != null) {
        User manages = find(all, managerId(manager, api.id()));
        if (manages != null) {
          own.add(manages);
        }
      }
      if (memberOf != null && memberOf.contains(territory.id())) {
        own.add(api);
      }
      each.add(List.copyOf(own));
    }
    return each;
  }

  static String managerId(String name, String userId) {
    return name.equals(API_USER)
        ? userId
        : "3652397000007" + String.format("%010d", name.hashCode() & 0xffffffffL);
  }
}
