package io.bailiwick.lead;

import java.util.List;

/** Who works in a territory, as far as the CRM tells: a closed set of answers. */
public sealed interface TerritoryMembers {

  /**
   * One user.
   *
   * @param name as the CRM shows it; the id where it shows none
   * @param active whether the account is
   * @param profile what the user may do; null where it is not told
   * @param role where the user stands; null where it is not told
   */
  record Member(String name, Flag active, @Nullable String profile, @Nullable String role) {}

  /**
   * They were read just now.
   *
   * @param more whether there are more than these
   */
  record Told(List<Member> members, boolean more) implements TerritoryMembers {
    public Told {
      members = List.copyOf(members);
    }
  }

  /** This CRM has no call that lists them; the reason is a sentence for people. */
  record Untold(String why) implements TerritoryMembers {}

  /** The call failed; the reason is a sentence for people. */
  record Failed(String why) implements TerritoryMembers {}
}
