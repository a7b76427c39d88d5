package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.sandbox.People.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The calls about users and the organisation, which are the same in all versions. */
final class UserCalls {

  /** Zoho's page on getting users; everybody here has confirmed the invitation. */
  private static final Map<String, Predicate<User>> TYPES =
      Map.of(
          "AllUsers", user -> true,
          "ActiveUsers", User::active,
          "ConfirmedUsers", user -> true,
          "ActiveConfirmedUsers", User::active,
          "AdminUsers", User::administrator,
          "ActiveConfirmedAdmins", user -> user.active() && user.administrator(),
          "DeactiveUsers", user -> !user.active() && !user.status().equals("deleted"),
          "NotConfirmedUsers", user -> false,
          "DeletedUsers", user -> user.status().equals("deleted"));

  private final SandboxModel model;

  UserCalls(SandboxModel model) {
    this.model = model;
  }

  /** Throws nothing; what follows the version is {@code rest}. */
  ApiAnswer answer(ApiCall call, List<String> rest, Version version) {
    boolean territories = rest.size() >= 3 && rest.size() <= 4 && rest.get(2).equals("territories");
    if (rest.size() > 2 && !territories) {
      return ApiAnswer.unknownPath();
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    List<User> all = model.people();
    if (rest.size() == 1) {
      return users(call, all);
    }
    User user = People.find(all, rest.get(1));
    return territories ? territories(call, rest, version, user) : one(user);
  }

  private ApiAnswer users(ApiCall call, List<User> all) {
    String type = call.query().getOrDefault("type", "AllUsers");
    if (type.equals("CurrentUser")) {
      return one(all.get(0));
    }
    Predicate<User> wanted = TYPES.get(type);
    if (wanted == null) {
      return Pages.wrong("type");
    }
    return Pages.of("users", all.stream().filter(wanted).toList(), call.query(), UserCalls::write);
  }

  private static ApiAnswer one(@Nullable User user) {
    if (user == null) {
      return ApiAnswer.EMPTY;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    write(body.putArray("users").addObject(), user);
    return new ApiAnswer(200, body);
  }

  private ApiAnswer territories(
      ApiCall call, List<String> rest, Version version, @Nullable User user) {
    if (user == null) {
      return ApiAnswer.relatedIdInvalid(1);
    }
    if (!model.territoriesEnabled()) {
      return ApiAnswer.featureOff();
    }
    Optional<List<Listed>> own = own(user);
    if (own.isEmpty()) {
      return ApiAnswer.error(403, "NO_PERMISSION", "permission denied");
    }
    List<Listed> some = own.get();
    if (rest.size() == 4) {
      some = some.stream().filter(t -> t.id().equals(rest.get(3))).toList();
    }
    return new V8Lists(version, model).userTerritories(some, call.query());
  }

  /** The API user's are those it is a member of; a manager's, those managed. */
  private Optional<List<Listed>> own(User user) {
    if (user.id().equals(model.userId())) {
      return model.userTerritories();
    }
    return Optional.of(
        model.territories().stream().filter(t -> user.name().equals(t.manager())).toList());
  }

  static void write(ObjectNode node, User user) {
    int space = user.name().lastIndexOf(' ');
    node.put("id", user.id()).put("full_name", user.name());
    node.put("first_name", space < 0 ? null : user.name().substring(0, space));
    node.put("last_name", user.name().substring(space + 1));
    node.put("email", user.email()).put("status", user.status()).put("category", "regular_user");
    node.put("zuid", user.id()).put("language", "en_US").put("locale", "en_US");
    node.put("time_zone", "Etc/UTC").put("confirm", true);
    node.putObject("role").put("id", "3652397000000000201").put("name", "CEO");
    node.putObject("profile").put("id", user.profileId()).put("name", user.profile());
  }

  /** The one organisation. */
  static ApiAnswer organisation(ApiCall call, List<String> rest) {
    if (rest.size() != 1) {
      return ApiAnswer.unknownPath();
    }
    if (!call.method().equals("GET")) {
      return ApiAnswer.wrongMethod();
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ObjectNode org = body.putArray("org").addObject();
    org.put("id", "3652397000000000001").put("company_name", "Bailiwick Sandbox");
    org.put("primary_email", "org.administrator@sandbox.example").put("zgid", "3652397");
    org.put("country_code", "US").put("time_zone", "Etc/UTC").put("iso_code", "USD");
    org.put("currency", "US Dollar").put("currency_symbol", "$").put("currency_locale", "en_US");
    ObjectNode license = org.putObject("license_details").put("paid", true);
    license.put("paid_type", "enterprise").put("users_license_purchased", 25);
    return new ApiAnswer(200, body);
  }
}
