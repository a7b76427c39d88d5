package io.bailiwick.crm.oauth;

import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where calls go that carry a token: where the accounts server says, if that is one of Zoho's own
 * hosts for this purpose or where we would have gone anyhow. A token is sent nowhere else.
 */
final class ApiDomain {

  private static final List<String> ENVIRONMENTS = List.of("www", "sandbox", "developer");

  private ApiDomain() {}

  /**
   * The base URL to call. Throws IllegalArgumentException, with what to do, for a domain that is
   * not on the list, and for one of another environment: a token of production must not write where
   * a sandbox is configured.
   *
   * @param said what the accounts server said; null where it said nothing
   * @param configured {@code crm.base-url}
   */
  static URI allowed(@Nullable String said, URI configured) {
    if (said == null) {
      return configured;
    }
    String told = said.matches("[A-Za-z0-9:/._-]{1,100}") ? said : "something that is no address";
    URI domain = parsed(said, told);
    if (origin(domain).equals(origin(configured))) {
      return configured;
    }
    String environment = environment(domain);
    if (environment == null || !"https".equals(domain.getScheme()) || domain.getPort() != -1) {
      throw new IllegalArgumentException(
          told
              + " was named as the API's address; no token is sent there, as it is neither"
              + " crm.base-url nor one of Zoho's (www, sandbox or developer.zohoapis.…)");
    }
    String ours = environment(configured);
    if (ours == null || !ours.equals(environment)) {
      throw new IllegalArgumentException(
          ("the refresh token is for %s, and crm.base-url is %s: set crm.base-url to the first, or"
                  + " run bailiwick connect with a code made in the organisation that is meant")
              .formatted(told, configured));
    }
    return URI.create("https://" + domain.getHost());
  }

  private static URI parsed(String said, String told) {
    try {
      URI domain = URI.create(said);
      if (domain.getHost() != null && domain.getRawUserInfo() == null) {
        return domain;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below with all the others.
    }
    throw new IllegalArgumentException(told + " was named as the API's address, and is none");
  }

  private static String origin(URI url) {
    int port = url.getPort();
    boolean secured = "https".equalsIgnoreCase(url.getScheme());
    int standard = secured ? 443 : 80;
    return (url.getScheme() + "://" + url.getHost() + ":" + (port < 0 ? standard : port))
        .toLowerCase(Locale.ROOT);
  }

  /** {@code www}, {@code sandbox} or {@code developer} of a host of Zoho's; null of any other. */
  private static @Nullable String environment(URI url) {
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return ENVIRONMENTS.stream()
        .filter(
            name ->
                Stream.of(DataCentre.values())
                    .anyMatch(centre -> host.equals(name + "." + centre.domain())))
        .findFirst()
        .orElse(null);
  }
}
