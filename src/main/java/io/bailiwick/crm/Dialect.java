package io.bailiwick.crm;

import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How Zoho is spoken to. What differs between its ways of speaking is a value here or in the
 * dialect's own {@link Writing}; whoever makes calls asks for that value and never which dialect it
 * is.
 */
public enum Dialect {
  /** The seed contract's: API version 2, one text field {@code Territory}, written at once. */
  CLASSIC("classic", "/crm/v2/", "Bearer"),

  /**
   * Zoho's documented API, version 8: a list {@code Territories}, added to by an action that may
   * only have been scheduled when it is answered.
   */
  ZOHO_V8("zoho-v8", "/crm/v8/", "Zoho-oauthtoken");

  /**
   * What may be believed of this dialect's answers.
   *
   * @param writesAtOnce whether SUCCESS means that the record shows it now; else only the record
   *     can tell
   * @param field of a record that shows its territory
   * @param membersReach whether belonging to a territory is needed, and enough, to write to it;
   *     else managing it is, and an administrator may write to all
   * @param profileTells whether the API user's profile tells the seed contract's permission
   */
  record Manner(boolean writesAtOnce, String field, boolean membersReach, boolean profileTells) {

    static final Manner OF_CLASSIC = new Manner(true, "Territory", true, true);
    static final Manner OF_ZOHO_V8 = new Manner(false, "Territories", false, false);
  }

  /** Those that Zoho's page on assigning territories names. */
  private static final Set<String> MODULES = Set.of("Leads", "Accounts", "Contacts", "Deals");

  private static final Writing CLASSIC_WRITING = new ClassicWriting();
  private static final Writing V8_WRITING = new V8Writing();

  private final String word;
  private final String api;
  private final String scheme;

  Dialect(String word, String api, String scheme) {
    this.word = word;
    this.api = api;
    this.scheme = scheme;
  }

  /** Its name in the configuration, such as {@code zoho-v8}. */
  public String word() {
    return word;
  }

  /** The dialect of that name. Throws IllegalArgumentException where there is none. */
  public static Dialect of(String word) {
    for (Dialect dialect : values()) {
      if (dialect.word.equals(word)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("no dialect of the CRM: " + word);
  }

  /** Where its calls begin, from the API's root, with a slash at the end. */
  String api() {
    return api;
  }

  /** The {@code Authorization} header's scheme. */
  String scheme() {
    return scheme;
  }

  Writing writing() {
    return switch (this) {
      case CLASSIC -> CLASSIC_WRITING;
      case ZOHO_V8 -> V8_WRITING;
    };
  }

  private Manner manner() {
    return switch (this) {
      case CLASSIC -> Manner.OF_CLASSIC;
      case ZOHO_V8 -> Manner.OF_ZOHO_V8;
    };
  }

  /** With so many records in a call, where it has calls for so many; 0 for as many as is usual. */
  CrmCapabilities capabilities(int most, @Nullable NewRecords records) {
    int batch = most == 0 ? writing().usualBatch() : Math.min(most, writing().batch());
    return new CrmCapabilities(batch, MODULES, !manner().writesAtOnce(), records);
  }

  /**
   * The reading of several records: Zoho's page on getting records names {@code ids}, at most a
   * hundred, and from version 3 on asks for {@code fields}.
   */
  String listing(String module, List<String> ids) {
    return "%s?ids=%s&fields=%s,Last_Activity_Time"
        .formatted(
            Wire.segment(module),
            ids.stream().map(Wire::segment).collect(Collectors.joining(",")),
            manner().field());
  }

  /**
   * What a list of territories is asked for beside its page: whether managers are active, in the
   * only dialect that can tell (Zoho's page on getting territories, version 8).
   */
  String territoryDetails() {
    return switch (this) {
      case CLASSIC -> "";
      case ZOHO_V8 -> "&include_inner_details=manager.status";
    };
  }

  boolean membersReach() {
    return manner().membersReach();
  }

  boolean profileTells() {
    return manner().profileTells();
  }

  /** The API user's profile that may do everything; only where membership does not decide. */
  boolean administrator(@Nullable String profile) {
    return !membersReach() && "Administrator".equals(profile);
  }
}
