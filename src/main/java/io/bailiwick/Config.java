package io.bailiwick;

import io.bailiwick.crm.CrmSettings;
import io.bailiwick.flow.Backoff;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.Publisher;
import io.bailiwick.http.HttpSettings;
import io.bailiwick.http.access.AccessSettings;
import io.bailiwick.lead.Nullable;
import io.bailiwick.store.JournalPlace;
import io.bailiwick.watch.audit.AuditSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Every knob, with its name, bounds and default, and the values in force. Comes from one YAML file
 * and BAILIWICK_* environment variables, which win; all mistakes are told at once by {@link
 * ConfigReader}.
 */
public final class Config {

  static final Knob INTAKE_STRICT =
      Knob.choice(
          "intake.strict",
          "false",
          List.of("true", "false"),
          "Whether a lead's unknown field is an error, not a warning.");
  static final Knob RULES_DIR = Knob.text("rules.dir", "rules", "Folder of the rules.");
  static final Knob RULES_THREADS =
      Knob.number("rules.threads", 1, 1, 64, "Judging threads, each with a session of its own.");
  static final Knob RULES_PUBLISH =
      Knob.choice(
          "rules.publish",
          "on-change",
          List.of("on-change", "on-approval"),
          "Whether a proved change of the rules serves at once or waits for a person.");
  static final Knob RULES_LOOK =
      Knob.duration(
          "rules.look", "2s", "50ms", "1h", "How often the folders of rules are looked at.");
  static final Knob RULES_TRUST =
      Knob.choice(
          "rules.trust",
          "guarded",
          List.of("guarded", "full"),
          "full compiles rules as they stand; for teams that review them as code.");
  static final Knob RULES_DEADLINE =
      Knob.duration(
          "rules.deadline", "2s", "50ms", "1m", "Judging one lead longer than this parks it.");
  static final Knob FIXTURES_DIR =
      Knob.text("fixtures.dir", "fixtures", "Folder of the fixture leads and territories.");
  static final Knob CRM_DIALECT = CrmKnobs.dialect("crm.dialect", "How the CRM speaks.");
  static final Knob CRM_BASE_URL =
      Knob.text("crm.base-url", null, "The CRM's base URL, without a path; serve needs it.");
  static final Knob CRM_TOKEN =
      Knob.text("crm.token", null, "Bearer token for the CRM; better kept in a file.");
  static final Knob CRM_TOKEN_FILE =
      Knob.text("crm.token-file", null, "File that holds the token; read again when it changes.");
  static final Knob CRM_MAX_IN_FLIGHT =
      Knob.number("crm.max-in-flight", 10, 1, 2_000, "Most calls to the CRM at a time.");
  static final Knob CRM_INSTANCE_IN_FLIGHT =
      Knob.number(
          "crm.instance-in-flight", 0, 0, 2_000, "Of them, most that one instance sends; 0: all.");
  static final Knob CRM_BATCH =
      Knob.number(
          "crm.batch", 0, 0, 100, "Most records in a call; 0: 1 in classic, 10 in zoho-v8.");
  static final Knob CRM_CREDITS =
      Knob.number(
          "crm.credits-per-day", 0, 0, 100_000_000, "Credits our calls may cost in 24 h; 0: all.");
  static final Knob CRM_DEADLINE =
      Knob.duration("crm.deadline", "30s", "100ms", "10m", "Longest a call to the CRM may take.");
  static final Knob CRM_VERIFY =
      Knob.choice(
          "crm.verify",
          "true",
          List.of("true", "false"),
          "Whether a sample of assignments is read back.");
  static final Knob CRM_VERIFY_SHARE =
      Knob.share("crm.verify-share", "0.05", "The share of assignments that is read back.");
  static final Knob RETRY_BASE =
      Knob.duration("retry.base", "1s", "10ms", "1h", "First ceiling of the backoff.");
  static final Knob RETRY_CAP =
      Knob.duration("retry.cap", "15m", "10ms", "24h", "Highest ceiling of the backoff.");
  static final Knob RETRY_ATTEMPTS =
      Knob.number("retry.attempts", 50, 1, 10_000, "Failed attempts until a lead is parked.");
  static final Knob RETRY_TIME =
      Knob.duration("retry.time", "24h", "1s", "90d", "Failing this long parks a lead.");
  static final Knob RETRY_REFUSED =
      Knob.duration(
          "retry.refused", "24h", "1s", "90d", "A ready territory refused this long parks a lead.");
  static final Knob RETRY_SCHEDULED =
      Knob.duration(
          "retry.scheduled", "1h", "1s", "7d", "A job of the CRM that takes longer is asked anew.");
  static final Knob RETRY_LOOK_AGAIN =
      Knob.duration(
          "retry.look-again", "1h", "1s", "7d", "A queued lead is judged again after this long.");
  static final Knob RETRY_TOKEN_PAUSE =
      Knob.duration(
          "retry.token-pause", "30s", "1s", "1h", "Sending rests so long after a refused token.");
  static final Knob TERRITORIES_REFRESH =
      Knob.duration("territories.refresh", "1h", "1s", "24h", "How often territories are read.");
  static final Knob TERRITORIES_RECHECK =
      Knob.duration(
          "territories.recheck", "1m", "1s", "1h", "How soon again while a lead waits for one.");
  static final Knob TERRITORIES_PROPAGATION =
      Knob.duration(
          "territories.propagation", "15m", "0s", "24h", "A new territory is not ready so long.");
  static final Knob TERRITORIES_STALE =
      Knob.duration("territories.stale", "24h", "1m", "30d", "An older reading is degraded.");
  static final Knob AUDIT_AT =
      Knob.localTime("audit.at", "02:00", "Local time of the daily audit.");
  static final Knob AUDIT_ZONE =
      Knob.zone("audit.zone", "UTC", "Time zone of the daily audit, such as Europe/Berlin.");
  static final Knob SANDBOX_PORT =
      Knob.number("sandbox.port", 8090, 0, 65_535, "Port of the sandbox CRM.");
  static final Knob SHUTDOWN_DRAIN =
      Knob.duration("shutdown.drain", "30s", "0s", "10m", "How long stopping waits for answers.");
  static final Knob LOG_FORMAT =
      Knob.choice("log.format", "text", List.of("text", "json"), "How log lines look.");

  private static final List<Knob> OWN =
      List.of(
          INTAKE_STRICT,
          RULES_DIR,
          RULES_THREADS,
          RULES_PUBLISH,
          RULES_LOOK,
          RULES_DEADLINE,
          RULES_TRUST,
          FIXTURES_DIR,
          CRM_DIALECT,
          CRM_BASE_URL,
          CRM_TOKEN,
          CRM_TOKEN_FILE,
          CRM_MAX_IN_FLIGHT,
          CRM_INSTANCE_IN_FLIGHT,
          CRM_BATCH,
          CRM_CREDITS,
          CRM_DEADLINE,
          CRM_VERIFY,
          CRM_VERIFY_SHARE,
          RETRY_BASE,
          RETRY_CAP,
          RETRY_ATTEMPTS,
          RETRY_TIME,
          RETRY_REFUSED,
          RETRY_SCHEDULED,
          RETRY_LOOK_AGAIN,
          RETRY_TOKEN_PAUSE,
          TERRITORIES_REFRESH,
          TERRITORIES_RECHECK,
          TERRITORIES_PROPAGATION,
          TERRITORIES_STALE,
          AUDIT_AT,
          AUDIT_ZONE,
          SANDBOX_PORT,
          SHUTDOWN_DRAIN,
          LOG_FORMAT);

  /** Every knob, in the order of the manual. */
  static final List<Knob> ALL =
      Stream.of(
              HttpKnobs.ALL, OWN, CreateKnobs.ALL, OAuthKnobs.ALL, JournalKnobs.ALL, WatchKnobs.ALL)
          .flatMap(List::stream)
          .toList();

  /** Knobs whose values are never shown. */
  static final List<Knob> SECRETS =
      Stream.of(List.of(CRM_TOKEN), OAuthKnobs.SECRETS, JournalKnobs.SECRETS, WatchKnobs.SECRETS)
          .flatMap(List::stream)
          .toList();

  private final Map<Knob, String> values;

  Config(Map<Knob, String> values) {
    this.values = Map.copyOf(values);
  }

  HttpSettings http() {
    return HttpKnobs.http(this);
  }

  AccessSettings access() {
    return HttpKnobs.access(this);
  }

  DispatchSettings dispatch() {
    return new DispatchSettings(
        CrmKnobs.inFlight(this),
        DispatchSettings.DEFAULT.batch(),
        new Backoff(duration(RETRY_BASE), duration(RETRY_CAP)),
        (int) number(RETRY_ATTEMPTS),
        duration(RETRY_TIME),
        duration(RETRY_REFUSED),
        duration(RETRY_SCHEDULED),
        duration(CRM_DEADLINE),
        duration(RETRY_LOOK_AGAIN),
        duration(RETRY_TOKEN_PAUSE),
        CrmKnobs.verifyShare(this));
  }

  DirectorySettings directory() {
    return new DirectorySettings(duration(TERRITORIES_REFRESH), duration(TERRITORIES_RECHECK));
  }

  AuditSettings audit() {
    return new AuditSettings(
        LocalTime.parse(text(AUDIT_AT)),
        ZoneId.of(text(AUDIT_ZONE)),
        propagation(),
        duration(TERRITORIES_STALE));
  }

  CrmSettings crm(URI baseUrl) {
    return CrmKnobs.settings(this, baseUrl);
  }

  /** What {@code journal.url} means. */
  public JournalPlace journal() {
    return JournalKnobs.place(this);
  }

  /** What that would mean as {@code journal.url}. */
  public JournalPlace journal(String url) {
    return JournalKnobs.place(this, url);
  }

  /** Whether rules are compiled as they stand, without the guard. */
  public boolean trusted() {
    return text(RULES_TRUST).equals("full");
  }

  /** The folder of the rules. */
  public Path rules() {
    return Path.of(text(RULES_DIR));
  }

  /** The folder of the fixtures. */
  public Path fixtures() {
    return Path.of(text(FIXTURES_DIR));
  }

  /** Whether a key or signature is asked for. */
  public boolean asksForKeys() {
    return access().keys();
  }

  Publisher.Mode publish() {
    return text(RULES_PUBLISH).equals("on-change")
        ? Publisher.Mode.ON_CHANGE
        : Publisher.Mode.ON_APPROVAL;
  }

  /** How long after its creation a territory is not ready. */
  public Duration propagation() {
    return duration(TERRITORIES_PROPAGATION);
  }

  /** The value of a knob that has one; throws IllegalStateException where it has none. */
  String text(Knob knob) {
    String value = optional(knob);
    if (value == null) {
      throw new IllegalStateException(knob.name() + " has no value");
    }
    return value;
  }

  /** The duration of a text such as 30s, 12h or 7d; null where it is none. */
  public static @Nullable Duration duration(String text) {
    return Knob.parseDuration(text);
  }

  /** The value of a knob, or null where it has none. */
  @Nullable
  String optional(Knob knob) {
    return values.get(knob);
  }

  long number(Knob knob) {
    return Long.parseLong(text(knob));
  }

  boolean flag(Knob knob) {
    return Boolean.parseBoolean(text(knob));
  }

  Duration duration(Knob knob) {
    return Objects.requireNonNull(Knob.parseDuration(text(knob)));
  }
}
