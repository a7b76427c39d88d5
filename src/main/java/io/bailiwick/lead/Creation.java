package io.bailiwick.lead;

/**
 * What became of asking the CRM to make a record of a lead, or to find the one it has: a closed
 * set. Asking again is safe as long as the lead says the same by which records are found.
 */
public sealed interface Creation {

  /** One sentence for people, without personal data. */
  String detail();

  /**
   * The record is there.
   *
   * @param crmId its id in the CRM
   * @param found whether it was there before, and holds now what the lead says
   */
  record Named(String crmId, boolean found, String detail) implements Creation {}

  /** It is not, or nobody knows: of all outcomes those that are of a failed write. */
  record Failed(Outcome outcome) implements Creation {

    @Override
    public String detail() {
      return outcome.detail();
    }
  }
}
