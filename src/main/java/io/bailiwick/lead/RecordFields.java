package io.bailiwick.lead;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a new record of each module holds of a lead, by the API names of Zoho's standard layouts. A
 * free attribute goes under its own name, which is how fields without one of ours are filled.
 */
final class RecordFields {

  /** What the CRM keeps itself, or we write otherwise: no attribute fills these. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "id",
          "Owner",
          "Territory",
          "Territories",
          "Layout",
          "Tag",
          "Created_By",
          "Created_Time",
          "Modified_By",
          "Modified_Time",
          "Last_Activity_Time");

  private static final String API_NAME = "[A-Za-z][A-Za-z0-9_]{0,99}";

  private static final Map<String, Map<String, LeadField>> OF =
      Map.of(
          "Leads",
          with(
              people(),
              "Company",
              LeadField.COMPANY,
              "Website",
              LeadField.WEBSITE,
              "Country",
              LeadField.COUNTRY,
              "State",
              LeadField.REGION,
              "City",
              LeadField.CITY,
              "Zip_Code",
              LeadField.POSTAL_CODE,
              "Industry",
              LeadField.INDUSTRY,
              "No_of_Employees",
              LeadField.EMPLOYEES,
              "Annual_Revenue",
              LeadField.ANNUAL_REVENUE),
          "Contacts",
          with(
              people(),
              "Mailing_Country",
              LeadField.COUNTRY,
              "Mailing_State",
              LeadField.REGION,
              "Mailing_City",
              LeadField.CITY,
              "Mailing_Zip",
              LeadField.POSTAL_CODE),
          "Accounts",
          with(
              Map.of(),
              "Account_Name",
              LeadField.COMPANY,
              "Phone",
              LeadField.PHONE,
              "Website",
              LeadField.WEBSITE,
              "Billing_Country",
              LeadField.COUNTRY,
              "Billing_State",
              LeadField.REGION,
              "Billing_City",
              LeadField.CITY,
              "Billing_Code",
              LeadField.POSTAL_CODE,
              "Industry",
              LeadField.INDUSTRY,
              "Employees",
              LeadField.EMPLOYEES,
              "Annual_Revenue",
              LeadField.ANNUAL_REVENUE),
          "Deals",
          Map.of());

  /** From Zoho's pages on inserting and upserting records. */
  private static final Map<String, List<String>> MANDATORY =
      Map.of(
          "Leads", List.of("Last_Name"),
          "Contacts", List.of("Last_Name"),
          "Accounts", List.of("Account_Name"),
          "Deals", List.of("Deal_Name", "Stage"));

  private RecordFields() {}

  /** The values by API name; what the lead does not say is left out. */
  static Map<String, Object> of(Lead lead) {
    Map<String, Object> values = new LinkedHashMap<>();
    lead.attributes()
        .forEach(
            (name, value) -> {
              if (!value.isEmpty() && isApiName(name)) {
                values.put(name, value);
              }
            });
    fields(lead.module())
        .forEach(
            (name, field) -> {
              Object value = lead.value(field);
              if (value != null) {
                values.put(name, value);
              }
            });
    return values;
  }

  /** A value of a field of ours that was not understood stands under our name, and is not sent. */
  private static boolean isApiName(String name) {
    return name.matches(API_NAME) && !NOT_OURS.contains(name) && LeadField.named(name) == null;
  }

  /** What a new record of the module needs, by API name. */
  static List<String> mandatory(String module) {
    return MANDATORY.getOrDefault(module, List.of());
  }

  /** Where a lead says what is to stand in a field of the module, as its source writes it. */
  static String path(String module, String apiName) {
    LeadField field = fields(module).get(apiName);
    return field == null ? "attributes/" + apiName : field.wireName();
  }

  /** Whether a standard layout of the module has a field that a lead fills by a field of ours. */
  static boolean has(String module, String apiName) {
    return fields(module).containsKey(apiName) || mandatory(module).contains(apiName);
  }

  private static Map<String, LeadField> fields(String module) {
    return OF.getOrDefault(module, Map.of());
  }

  private static Map<String, LeadField> people() {
    return with(
        Map.of(),
        "Last_Name",
        LeadField.LAST_NAME,
        "First_Name",
        LeadField.FIRST_NAME,
        "Email",
        LeadField.EMAIL,
        "Phone",
        LeadField.PHONE);
  }

  private static Map<String, LeadField> with(Map<String, LeadField> first, Object... pairs) {
    Map<String, LeadField> fields = new LinkedHashMap<>(first);
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], (LeadField) pairs[i + 1]);
    }
    return fields;
  }
}
