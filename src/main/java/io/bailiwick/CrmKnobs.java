package io.bailiwick;

import io.bailiwick.crm.CrmSettings;
import io.bailiwick.crm.Dialect;
import java.net.URI;
import java.util.stream.Stream;

/** What the knobs of the CRM mean together. */
final class CrmKnobs {

  private CrmKnobs() {}

  static Knob dialect(String name, String says) {
    return Knob.choice(
        name,
        Dialect.CLASSIC.word(),
        Stream.of(Dialect.values()).map(Dialect::word).toList(),
        says);
  }

  static CrmSettings settings(Config config, URI baseUrl) {
    return CrmSettings.of(baseUrl)
        .in(dialect(config))
        .creating(CreateKnobs.upsert(config))
        .withBatch((int) config.number(Config.CRM_BATCH))
        .withDeadline(config.duration(Config.CRM_DEADLINE))
        .withCredits(config.number(Config.CRM_CREDITS))
        .withConnections((int) config.number(Config.CRM_MAX_IN_FLIGHT));
  }

  /** The most calls that this instance sends at a time, which the gate may make fewer. */
  static int inFlight(Config config) {
    int most = (int) config.number(Config.CRM_MAX_IN_FLIGHT);
    int own = (int) config.number(Config.CRM_INSTANCE_IN_FLIGHT);
    return own == 0 ? most : Math.min(most, own);
  }

  static double verifyShare(Config config) {
    return config.flag(Config.CRM_VERIFY)
        ? Double.parseDouble(config.text(Config.CRM_VERIFY_SHARE))
        : 0;
  }

  private static Dialect dialect(Config config) {
    return Dialect.of(config.text(Config.CRM_DIALECT));
  }
}
