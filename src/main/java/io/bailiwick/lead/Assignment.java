package io.bailiwick.lead;

/**
 * One write to the CRM: this record of this module gets this territory.
 *
 * @param trace the attempt's place in a trace, which the CRM is told; null where it is in none
 */
public record Assignment(
    String module, String crmId, TerritoryRef territory, @Nullable TraceParent trace) {

  /** In no trace. */
  public Assignment(String module, String crmId, TerritoryRef territory) {
    this(module, crmId, territory, null);
  }

  /** The territory's id; an assignment is never made without one. */
  public String territoryId() {
    String id = territory.id();
    if (id == null) {
      throw new IllegalStateException("no assignment to a territory the CRM does not list");
    }
    return id;
  }
}
