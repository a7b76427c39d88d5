package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Field.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of each module: those of Zoho's standard layouts that routing touches, and what an
 * order adds. Which are mandatory and which find duplicates is from Zoho's pages on inserting and
 * upserting records; lengths are from memory.
 */
final class Fields {

  private final Map<String, Map<String, Field>> modules = new LinkedHashMap<>();

  Fields() {
    RecordBook.MODULES.forEach(module -> modules.put(module, new LinkedHashMap<>()));
    all(RecordBook.MODULES, Type.OWNER, "Owner");
    all(RecordBook.MODULES, Type.TEXTAREA, "Description");
    List<String> people = List.of("Leads", "Contacts");
    for (String module : people) {
      add(module, new Field("Last_Name", Type.TEXT, 80, true, false, false));
      add(module, new Field("First_Name", Type.TEXT, 40, false, false, false));
      add(module, new Field("Email", Type.EMAIL, 100, false, true, false));
    }
    all(people, Type.PHONE, "Mobile", "Phone");
    all(people, Type.PICKLIST, "Lead_Source", "Salutation");
    texts("Leads", "Company", "Designation", "Street", "City", "State", "Zip_Code", "Country");
    all(List.of("Leads"), Type.PICKLIST, "Lead_Status", "Industry");
    all(List.of("Leads", "Accounts"), Type.WEBSITE, "Website");
    all(List.of("Leads"), Type.INTEGER, "No_of_Employees");
    all(List.of("Leads", "Accounts"), Type.CURRENCY, "Annual_Revenue");
    add("Accounts", new Field("Account_Name", Type.TEXT, 200, true, true, false));
    all(List.of("Accounts"), Type.PHONE, "Phone");
    all(List.of("Accounts"), Type.PICKLIST, "Industry", "Account_Type");
    all(List.of("Accounts"), Type.INTEGER, "Employees");
    texts("Accounts", "Billing_Street", "Billing_City", "Billing_State", "Billing_Code");
    texts("Accounts", "Billing_Country");
    texts("Contacts", "Title", "Mailing_Street", "Mailing_City", "Mailing_State", "Mailing_Zip");
    texts("Contacts", "Mailing_Country");
    add("Deals", new Field("Deal_Name", Type.TEXT, 120, true, true, false));
    add("Deals", new Field("Stage", Type.PICKLIST, 0, true, false, false));
    all(List.of("Deals"), Type.DATE, "Closing_Date");
    all(List.of("Deals"), Type.CURRENCY, "Amount");
    all(List.of("Contacts", "Deals"), Type.LOOKUP, "Account_Name");
  }

  /** The field, or null where the module has none of that name. */
  @Nullable
  Field find(String module, String name) {
    return of(module).get(name);
  }

  Collection<Field> all(String module) {
    return of(module).values();
  }

  /** One more, or one in place of that name. */
  void add(String module, Field field) {
    of(module).put(field.name(), field);
  }

  private Map<String, Field> of(String module) {
    return modules.getOrDefault(module, Map.of());
  }

  private void texts(String module, String... names) {
    for (String name : names) {
      add(module, new Field(name, Type.TEXT, 255, false, false, false));
    }
  }

  private void all(Collection<String> of, Type type, String... names) {
    for (String module : of) {
      for (String name : names) {
        int length = type == Type.PHONE ? 50 : type == Type.WEBSITE ? 450 : 0;
        add(module, new Field(name, type, length, false, false, false));
      }
    }
  }
}
