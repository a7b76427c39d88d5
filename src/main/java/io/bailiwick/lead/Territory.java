package io.bailiwick.lead;

import java.time.Instant;

/**
 * One territory of the CRM as a fact for rules, with what is known of its readiness. A territory
 * that a rule names and the CRM does not list stands as one that is not {@code listed}.
 *
 * @param id the id the Territories API gave; empty where not listed
 * @param active shown as active in the CRM's pages
 * @param apiEnabled "Allow API Access"
 * @param createdAt when the CRM says it was created
 * @param seenAt when we first saw it, which stands in where {@code createdAt} is absent
 * @param staff whether those who work in it are active
 * @param member whether the API user is a member of it or of an ancestor
 * @param listed false for a name that the CRM does not know
 */
public record Territory(
    String id,
    String name,
    @Nullable String parentId,
    @Nullable String manager,
    Flag active,
    Flag apiEnabled,
    @Nullable Instant createdAt,
    Instant seenAt,
    Staff staff,
    Flag member,
    boolean listed) {

  /** What was kept before it was asked for tells nothing of the staff. */
  public Territory {
    staff = staff == null ? Staff.UNKNOWN : staff;
  }

  /** The fact that stands for a name the CRM does not list. */
  public static Territory missing(String name) {
    Flag unknown = Flag.UNKNOWN;
    return new Territory(
        "", name, null, null, unknown, unknown, null, Instant.EPOCH, Staff.UNKNOWN, unknown, false);
  }

  /** Its id and name, as a decision keeps them. */
  public TerritoryRef ref() {
    return new TerritoryRef(listed ? id : null, name);
  }

  /** From when propagation counts: its creation, else our first sight of it. */
  public Instant since() {
    return createdAt == null ? seenAt : createdAt;
  }
}
