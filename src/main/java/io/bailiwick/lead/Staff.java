package io.bailiwick.lead;

/**
 * Whether those who work in a territory are active, as far as the CRM tells: a territory whose
 * manager and users all are disabled takes leads that nobody sees.
 *
 * @param manager whether its manager's account is active
 * @param users whether any of its users is; only asked for where the manager is not
 */
public record Staff(Flag manager, Flag users) {

  /** The CRM tells nothing of them. */
  public static final Staff UNKNOWN = new Staff(Flag.UNKNOWN, Flag.UNKNOWN);

  /** YES where one of them is known to be active, NO where all are known not to be. */
  public Flag anyone() {
    if (manager == Flag.YES || users == Flag.YES) {
      return Flag.YES;
    }
    return manager == Flag.NO && users == Flag.NO ? Flag.NO : Flag.UNKNOWN;
  }
}
