package io.bailiwick;

import io.bailiwick.WatchKnobs.Kept;
import io.bailiwick.crm.oauth.DataCentre;
import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The knobs of how the CRM's token is renewed. */
final class OAuthKnobs {

  static final Knob DATA_CENTRE =
      Knob.choice(
          "crm.data-centre",
          DataCentre.US.word(),
          DataCentre.words(),
          "Zoho's data centre, whose accounts server renews the token.");
  static final Knob ACCOUNTS_URL =
      new Knob(
          "crm.accounts-url",
          null,
          OAuthKnobs::mistake,
          "an http or https URL",
          "Another accounts server than the data centre's, such as a sandbox.");
  static final Knob CLIENT_ID =
      Knob.text("crm.client-id", null, "Client of crm.refresh-token; connect keeps its own.");
  static final Knob CLIENT_SECRET =
      Knob.text("crm.client-secret", null, "The client's secret; better kept in a file.");
  static final Knob CLIENT_SECRET_FILE =
      Knob.text("crm.client-secret-file", null, "File that holds the client's secret.");
  static final Knob REFRESH_TOKEN =
      Knob.text("crm.refresh-token", null, "Renews the token, in place of what connect keeps.");
  static final Knob REFRESH_TOKEN_FILE =
      Knob.text("crm.refresh-token-file", null, "File that holds it; read again when it changes.");

  static final List<Knob> ALL =
      List.of(
          DATA_CENTRE,
          ACCOUNTS_URL,
          CLIENT_ID,
          CLIENT_SECRET,
          CLIENT_SECRET_FILE,
          REFRESH_TOKEN,
          REFRESH_TOKEN_FILE);

  static final List<Knob> SECRETS = List.of(CLIENT_SECRET, REFRESH_TOKEN);

  private static final Kept CLIENT = new Kept(CLIENT_SECRET, CLIENT_SECRET_FILE);
  private static final Kept REFRESH = new Kept(REFRESH_TOKEN, REFRESH_TOKEN_FILE);
  private static final Kept TOKEN = new Kept(Config.CRM_TOKEN, Config.CRM_TOKEN_FILE);

  private OAuthKnobs() {}

  /** The base URL of the server that gives tokens. */
  static String accounts(Config config) {
    String url = config.optional(ACCOUNTS_URL);
    return url == null ? DataCentre.of(config.text(DATA_CENTRE)).accounts() : url;
  }

  /** The knob that a token comes from, which is then not renewed; null where there is none. */
  static @Nullable Knob fixed(Config config) {
    return given(config, TOKEN);
  }

  /** The knob that the refresh token comes from; null where it is the one that connect kept. */
  static @Nullable Knob refresh(Config config) {
    return given(config, REFRESH);
  }

  /** The knob that the client's secret comes from. */
  static Knob secret(Config config) {
    return Objects.requireNonNull(given(config, CLIENT));
  }

  /** What does not fit together. */
  static List<String> mistakes(Map<Knob, String> values) {
    List<String> mistakes = new ArrayList<>();
    for (Kept kept : List.of(TOKEN, CLIENT, REFRESH)) {
      if (values.containsKey(kept.value()) && values.containsKey(kept.file())) {
        mistakes.add(
            "%s and %s are both given; give one"
                .formatted(kept.value().name(), kept.file().name()));
      }
    }
    boolean refresh = has(values, REFRESH);
    if (refresh && has(values, TOKEN)) {
      mistakes.add("crm.token and crm.refresh-token are both given; give one");
    }
    if (refresh && !(values.containsKey(CLIENT_ID) && has(values, CLIENT))) {
      mistakes.add("crm.refresh-token needs crm.client-id, and crm.client-secret or its file");
    }
    if (!refresh && (values.containsKey(CLIENT_ID) || has(values, CLIENT))) {
      mistakes.add(
          "crm.client-id and crm.client-secret are of no use without crm.refresh-token or its file;"
              + " bailiwick connect keeps its own");
    }
    return mistakes;
  }

  private static boolean has(Map<Knob, String> values, Kept kept) {
    return values.containsKey(kept.value()) || values.containsKey(kept.file());
  }

  private static @Nullable Knob given(Config config, Kept kept) {
    if (config.optional(kept.file()) != null) {
      return kept.file();
    }
    return config.optional(kept.value()) == null ? null : kept.value();
  }

  private static @Nullable String mistake(String value) {
    try {
      URI url = URI.create(value.strip());
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null && url.getRawUserInfo() == null
          ? null
          : "must be a URL such as https://accounts.zoho.eu";
    } catch (IllegalArgumentException e) {
      return "must be a URL such as https://accounts.zoho.eu";
    }
  }
}
