package io.bailiwick.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How records are made of leads that have none: what a lead must say for it, and what its record
 * will hold. Pure. A record is only made where asking again finds it: without a value by which it
 * is found, an answer that was lost could make it twice.
 *
 * @param checkFields API names of the fields by which the CRM finds a record, in the order in which
 *     it looks; one that begins with a module and a dot is of that module alone
 */
public record NewRecords(List<String> checkFields) {

  /** Those by which Zoho itself finds duplicates in each module. */
  public static final NewRecords STANDARD =
      new NewRecords(List.of("Email", "Account_Name", "Deal_Name"));

  private static final Set<String> STANDARD_NAMES = Set.copyOf(STANDARD.checkFields());

  /** Keeps its own copy; throws IllegalArgumentException where there is none. */
  public NewRecords {
    checkFields = List.copyOf(checkFields);
    if (checkFields.isEmpty()) {
      throw new IllegalArgumentException("records are found by one field at least");
    }
  }

  /** What keeps a record from being made of the lead, one a field: its JSON path and why. */
  public List<LeadForm.Flaw> missing(Lead lead) {
    List<LeadForm.Flaw> flaws = new ArrayList<>();
    Map<String, Object> values = values(lead);
    List<String> checks = checks(lead.module());
    if (checks.isEmpty()) {
      flaws.add(
          new LeadForm.Flaw(
              "crmId",
              "is needed: crm.duplicate-check-fields names no field of " + lead.module() + "."));
    } else if (checks.stream().noneMatch(values::containsKey)) {
      flaws.add(
          new LeadForm.Flaw(
              RecordFields.path(lead.module(), checks.get(0)),
              "is needed where there is no crmId (or one of %s): by it the CRM finds the record;"
                      .formatted(checks)
                  + " without it a lost answer could make the record twice."));
    }
    for (String name : RecordFields.mandatory(lead.module())) {
      String path = RecordFields.path(lead.module(), name);
      if (!values.containsKey(name) && flaws.stream().noneMatch(f -> f.field().equals(path))) {
        flaws.add(
            new LeadForm.Flaw(
                path,
                "is needed where there is no crmId: a new record of %s must have %s."
                    .formatted(lead.module(), name)));
      }
    }
    return flaws;
  }

  /** What the record is to hold, by API name; an attribute whose name is an API name, too. */
  public Map<String, Object> values(Lead lead) {
    return RecordFields.of(lead);
  }

  /** The fields by which the CRM is to find the lead's record: those that it has a value for. */
  public List<String> checks(Lead lead) {
    Map<String, Object> values = values(lead);
    return checks(lead.module()).stream().filter(values::containsKey).toList();
  }

  /** Whatever finds the same record is the same text here: who else says it must wait for it. */
  public List<String> twins(Lead lead) {
    Map<String, Object> values = values(lead);
    return checks(lead).stream()
        .map(name -> lead.module() + "/" + name + "/" + Spelling.lower("" + values.get(name)))
        .toList();
  }

  private List<String> checks(String module) {
    List<String> own = new ArrayList<>();
    for (String name : checkFields) {
      int dot = name.indexOf('.');
      boolean here =
          dot >= 0
              ? name.substring(0, dot).equals(module)
              : !STANDARD_NAMES.contains(name) || RecordFields.has(module, name);
      if (here) {
        own.add(name.substring(dot + 1));
      }
    }
    return own;
  }
}
