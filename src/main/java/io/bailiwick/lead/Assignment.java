package io.bailiwick.lead;

/** One write to the CRM: this record of this module gets this territory. */
public record Assignment(String module, String crmId, TerritoryRef territory) {

  /** The territory's id; an assignment is never made without one. */
  public String territoryId() {
    String id = territory.id();
    if (id == null) {
      throw new IllegalStateException("no assignment to a territory the CRM does not list");
    }
    return id;
  }
}
