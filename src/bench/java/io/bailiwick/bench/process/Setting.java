package io.bailiwick.bench.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a Bailiwick is set up for a measurement; all else is at its default.
 *
 * @param crm where the CRM stub listens
 * @param inFlight the most calls to it at a time
 * @param batch the most records in a call; 0: the dialect's own
 * @param keys whether sources and people need keys
 * @param traces whether every lead's trace goes to a collector
 * @param verify whether a sample of what was written is read back
 * @param others what else is set, by its variable
 */
public record Setting(
    String crm,
    int inFlight,
    int batch,
    boolean keys,
    boolean traces,
    boolean verify,
    Map<String, String> others) {

  /** Nothing else. */
  public Setting(
      String crm, int inFlight, int batch, boolean keys, boolean traces, boolean verify) {
    this(crm, inFlight, batch, keys, traces, verify, Map.of());
  }

  /** Everything on. */
  public static Setting full(String crm, int inFlight, int batch) {
    return new Setting(crm, inFlight, batch, true, true, true);
  }

  /** With everything off that can be switched off. */
  public Setting bare() {
    return new Setting(crm, inFlight, batch, false, false, false, others);
  }

  /** With that set as well, by its variables. */
  public Setting with(Map<String, String> more) {
    return new Setting(crm, inFlight, batch, keys, traces, verify, more);
  }

  Map<String, String> environment(Path folder) {
    Map<String, String> all = new HashMap<>();
    all.put("JAVA", Java.launcher());
    all.put("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db"));
    all.put("BAILIWICK_CRM_BASE_URL", crm);
    all.put("BAILIWICK_CRM_TOKEN", "sandbox-token");
    all.put("BAILIWICK_CRM_MAX_IN_FLIGHT", Integer.toString(inFlight));
    all.put("BAILIWICK_CRM_BATCH", Integer.toString(batch));
    all.put("BAILIWICK_CRM_VERIFY", Boolean.toString(verify));
    all.put("BAILIWICK_HTTP_ACCESS", keys ? "keys" : "open");
    if (traces) {
      all.put("BAILIWICK_TRACES_ENDPOINT", crm);
    }
    all.putAll(others);
    return all;
  }
}
