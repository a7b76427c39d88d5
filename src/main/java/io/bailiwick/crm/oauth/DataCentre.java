package io.bailiwick.crm.oauth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where Zoho keeps an organisation: each data centre has accounts, an API and a console of its own,
 * and knows nothing of the others'. The hosts are those of Zoho's SDKs.
 */
public enum DataCentre {
  US("accounts.zoho.com", "zohoapis.com", "api-console.zoho.com"),
  EU("accounts.zoho.eu", "zohoapis.eu", "api-console.zoho.eu"),
  IN("accounts.zoho.in", "zohoapis.in", "api-console.zoho.in"),
  AU("accounts.zoho.com.au", "zohoapis.com.au", "api-console.zoho.com.au"),
  JP("accounts.zoho.jp", "zohoapis.jp", "api-console.zoho.jp"),
  CN("accounts.zoho.com.cn", "zohoapis.com.cn", "api-console.zoho.com.cn"),
  SA("accounts.zoho.sa", "zohoapis.sa", "api-console.zoho.sa"),
  CA("accounts.zohocloud.ca", "zohoapis.ca", "api-console.zohocloud.ca");

  private final String accounts;
  private final String api;
  private final String console;

  DataCentre(String accounts, String api, String console) {
    this.accounts = accounts;
    this.api = api;
    this.console = console;
  }

  /** Its name in the configuration, such as {@code eu}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> words() {
    return Stream.of(values()).map(DataCentre::word).toList();
  }

  /** The data centre of that name. Throws IllegalArgumentException where there is none. */
  public static DataCentre of(String word) {
    return Stream.of(values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no data centre of Zoho: " + word));
  }

  /** The base URL of the server that gives tokens. */
  public String accounts() {
    return "https://" + accounts;
  }

  /** The page where self clients are made. */
  public String console() {
    return "https://" + console;
  }

  /** The base URL of the API, of organisations that are in production. */
  public String api() {
    return "https://www." + api;
  }

  /** The domain that its APIs are under. */
  String domain() {
    return api;
  }
}
