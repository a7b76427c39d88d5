package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.AuditReport.Untold;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What a reading does not tell, said so that nobody takes it for well. Pure. */
final class Untellable {

  private Untellable() {}

  static List<Untold> of(@Nullable TerritorySnapshot snapshot, TerritoryUses uses) {
    List<Untold> untold = new ArrayList<>();
    if (snapshot != null) {
      if (snapshot.permitted() == Flag.UNKNOWN) {
        String why = "the API user's profile could not be read";
        untold.add(new Untold(Kind.NOT_PERMITTED, why));
      }
      List<Territory> used =
          uses.places().keySet().stream().map(snapshot::named).filter(Objects::nonNull).toList();
      flag(Kind.INACTIVE, "status", used, Territory::active, untold);
      flag(Kind.API_DISABLED, "api_enabled", used, Territory::apiEnabled, untold);
      flag(Kind.NOT_A_MEMBER, "membership", used, Territory::member, untold);
      flag(Kind.MANAGER_INACTIVE, "manager's account", used, t -> t.staff().manager(), untold);
      flag(Kind.USERS_INACTIVE, "users' accounts", used, t -> t.staff().anyone(), untold);
    }
    return untold;
  }

  private static void flag(
      Kind kind,
      String what,
      List<Territory> used,
      Function<Territory, Flag> flag,
      List<Untold> untold) {
    long unknown = used.stream().filter(one -> flag.apply(one) == Flag.UNKNOWN).count();
    if (unknown > 0) {
      String why = "the CRM does not tell the %s of %,d of %,d territories that rules name";
      untold.add(new Untold(kind, why.formatted(what, unknown, used.size())));
    }
  }
}
