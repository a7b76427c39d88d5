package io.bailiwick.lead;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every field a lead has on the wire, with its name, kind and longest value in characters. The
 * derived e-mail domain and the free attributes are not fields: nobody sends the first, and the
 * second hold what has no field.
 */
public enum LeadField {
  CRM_ID("crmId", Kind.ID, 64),
  MODULE("module", Kind.TEXT, 32),
  SOURCE("source", Kind.LOWER, 64),
  EMAIL("email", Kind.LOWER, 254),
  FIRST_NAME("firstName", Kind.TEXT, 200),
  LAST_NAME("lastName", Kind.TEXT, 200),
  PHONE("phone", Kind.TEXT, 64),
  COMPANY("company", Kind.TEXT, 300),
  WEBSITE("website", Kind.TEXT, 500),
  COUNTRY("country", Kind.COUNTRY, 100),
  REGION("region", Kind.REGION, 100),
  CITY("city", Kind.TEXT, 200),
  POSTAL_CODE("postalCode", Kind.UPPER, 20),
  INDUSTRY("industry", Kind.TEXT, 200),
  EMPLOYEES("employees", Kind.NUMBER, 32),
  ANNUAL_REVENUE("annualRevenue", Kind.NUMBER, 32),
  LANGUAGE("language", Kind.LANGUAGE, 100),
  PRODUCT("product", Kind.TEXT, 200),
  CAMPAIGN("campaign", Kind.TEXT, 200),
  REVISION("revision", Kind.NUMBER, 20);

  /** How a value is brought to its one spelling. */
  public enum Kind {
    /** Kept as it is: letters, digits, '-' and '_' only. */
    ID,
    /** Trimmed, inner white space made single. */
    TEXT,
    /** Text in lower case. */
    LOWER,
    /** Text in upper case. */
    UPPER,
    /** An ISO 3166-1 alpha-2 code; names are translated. */
    COUNTRY,
    /** A subdivision's code; names of US states and Canadian provinces are translated. */
    REGION,
    /** An ISO 639-1 code; names and tags such as en-US are translated. */
    LANGUAGE,
    /** A whole number from 0 to {@value LeadField#MAX_NUMBER}; "1,200" is 1200. */
    NUMBER
  }

  /** The largest number a lead may carry. */
  public static final long MAX_NUMBER = 1_000_000_000_000_000L;

  /** The most free attributes a lead may carry. */
  public static final int MAX_ATTRIBUTES = 100;

  /** The longest name of an attribute, in characters. */
  public static final int MAX_ATTRIBUTE_NAME = 100;

  /** The longest value of an attribute, in characters. */
  public static final int MAX_ATTRIBUTE_VALUE = 4_000;

  private static final Map<String, LeadField> BY_NAME = new HashMap<>();

  static {
    for (LeadField field : values()) {
      BY_NAME.put(field.wireName, field);
    }
  }

  private final String wireName;
  private final Kind kind;
  private final int maxLength;

  LeadField(String wireName, Kind kind, int maxLength) {
    this.wireName = wireName;
    this.kind = kind;
    this.maxLength = maxLength;
  }

  /** The name in JSON, in field mappings and in rules. */
  public String wireName() {
    return wireName;
  }

  /** How its values are normalised. */
  public Kind kind() {
    return kind;
  }

  /** The longest value, in characters, before and after normalising. */
  public int maxLength() {
    return maxLength;
  }

  /**
   * Whether its value tells of a person: what viewers do not see. Country, region, sizes and what
   * is asked for tell of a market; the record's id is a pseudonym.
   */
  public boolean isPersonal() {
    return switch (this) {
      case EMAIL, FIRST_NAME, LAST_NAME, PHONE, COMPANY, WEBSITE, CITY, POSTAL_CODE -> true;
      case CRM_ID,
          MODULE,
          SOURCE,
          COUNTRY,
          REGION,
          INDUSTRY,
          EMPLOYEES,
          ANNUAL_REVENUE,
          LANGUAGE,
          PRODUCT,
          CAMPAIGN,
          REVISION ->
          false;
    };
  }

  /** Every value it can have, where they can be listed; else none. */
  public List<String> closed() {
    if (this == MODULE) {
      return Spelling.MODULES;
    }
    return switch (kind) {
      case COUNTRY -> Spelling.countries();
      case LANGUAGE -> Spelling.languages();
      case ID, TEXT, LOWER, UPPER, REGION, NUMBER -> List.of();
    };
  }

  /** The field of that name, or null where there is none. */
  public static @Nullable LeadField named(String wireName) {
    return BY_NAME.get(wireName);
  }
}
