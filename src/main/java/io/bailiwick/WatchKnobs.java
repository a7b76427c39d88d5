package io.bailiwick;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The knobs of what is told to the outside: alarms, lead events, traces. */
final class WatchKnobs {

  static final Knob ALARMS_WEBHOOK =
      urls("alarms.webhook", "Signed webhooks that get alarms; several are parted by blanks.");
  static final Knob ALARMS_SECRET =
      Knob.text("alarms.webhook-secret", null, "What signs them, whsec_…; two while one replaces.");
  static final Knob ALARMS_SECRET_FILE =
      Knob.text("alarms.webhook-secret-file", null, "File that holds that.");
  static final Knob ALARMS_SLACK =
      urls("alarms.slack", "Incoming webhook of Slack, or of what takes the same JSON; a secret.");
  static final Knob ALARMS_SLACK_FILE =
      Knob.text("alarms.slack-file", null, "File that holds that.");
  static final Knob ALARMS_EMAIL_TO =
      Knob.text(
          "alarms.email-to", null, "Who gets alarms by e-mail; several are parted by blanks.");
  static final Knob ALARMS_EMAIL_FROM =
      Knob.text("alarms.email-from", "bailiwick@localhost", "Their sender.");
  static final Knob ALARMS_SMTP =
      new Knob(
          "alarms.smtp",
          "smtp://localhost:25",
          value -> url(value, Set.of("smtp", "smtps")),
          "smtp://HOST:PORT or smtps://HOST:PORT",
          "The mail server; with a user smtp needs STARTTLS.");
  static final Knob ALARMS_SMTP_USER =
      Knob.text("alarms.smtp-user", null, "Whom it knows us as; none: no login.");
  static final Knob ALARMS_SMTP_PASSWORD =
      Knob.text("alarms.smtp-password", null, "The password; better kept in a file.");
  static final Knob ALARMS_SMTP_PASSWORD_FILE =
      Knob.text("alarms.smtp-password-file", null, "File that holds that.");
  static final Knob ALARMS_GROUP =
      Knob.duration(
          "alarms.group", "30s", "0s", "1h", "What changes within so long is told together.");
  static final Knob ALARMS_LOOK =
      Knob.duration("alarms.look", "15s", "50ms", "10m", "How often it is looked what waits.");
  static final Knob ALARMS_WAITING =
      Knob.duration(
          "alarms.waiting", "4h", "1s", "30d", "A lead that waits longer raises an alarm.");
  static final Knob ALARMS_CRM =
      Knob.duration(
          "alarms.crm", "5m", "1s", "1d", "A CRM that takes nothing for so long raises one.");
  static final Knob EVENTS_WEBHOOK =
      urls("events.webhook", "Signed webhooks that get lead events; several are parted by blanks.");
  static final Knob EVENTS_SECRET =
      Knob.text("events.webhook-secret", null, "What signs them, whsec_…; two while one replaces.");
  static final Knob EVENTS_SECRET_FILE =
      Knob.text("events.webhook-secret-file", null, "File that holds that.");
  static final Knob EVENTS_TYPES =
      new Knob(
          "events.types",
          "assigned queued parked",
          value ->
              Stream.of(value.strip().split("\\s+"))
                      .allMatch(Set.of("assigned", "queued", "parked")::contains)
                  ? null
                  : "must be some of assigned queued parked",
          "some of assigned queued parked",
          "Which events they get.");
  static final Knob NOTICES_KEEP =
      Knob.duration(
          "notices.keep", "7d", "1m", "90d", "How long an undelivered alarm or event is kept.");
  static final Knob NOTICES_CAP =
      Knob.duration(
          "notices.retry-cap", "15m", "5s", "24h", "Highest ceiling of the backoff between tries.");
  static final Knob TRACES_ENDPOINT =
      new Knob(
          "traces.endpoint",
          null,
          value -> url(value, Set.of("http", "https")),
          "URL",
          "OTLP/HTTP collector of traces, http://localhost:4318; none: no traces.");
  static final Knob TRACES_SHARE =
      Knob.share("traces.share", "1", "The share of the traces begun here that is recorded.");

  /** All of them, in the order of the manual. */
  static final List<Knob> ALL =
      List.of(
          ALARMS_WEBHOOK,
          ALARMS_SECRET,
          ALARMS_SECRET_FILE,
          ALARMS_SLACK,
          ALARMS_SLACK_FILE,
          ALARMS_EMAIL_TO,
          ALARMS_EMAIL_FROM,
          ALARMS_SMTP,
          ALARMS_SMTP_USER,
          ALARMS_SMTP_PASSWORD,
          ALARMS_SMTP_PASSWORD_FILE,
          ALARMS_GROUP,
          ALARMS_LOOK,
          ALARMS_WAITING,
          ALARMS_CRM,
          EVENTS_WEBHOOK,
          EVENTS_SECRET,
          EVENTS_SECRET_FILE,
          EVENTS_TYPES,
          NOTICES_KEEP,
          NOTICES_CAP,
          TRACES_ENDPOINT,
          TRACES_SHARE);

  /** Those whose values are never shown. */
  static final List<Knob> SECRETS =
      List.of(ALARMS_SECRET, ALARMS_SLACK, ALARMS_SMTP_PASSWORD, EVENTS_SECRET);

  /** A value and the file that may hold it: one of both. */
  record Kept(Knob value, Knob file) {}

  static final List<Kept> IN_FILES =
      List.of(
          new Kept(ALARMS_SECRET, ALARMS_SECRET_FILE),
          new Kept(ALARMS_SLACK, ALARMS_SLACK_FILE),
          new Kept(ALARMS_SMTP_PASSWORD, ALARMS_SMTP_PASSWORD_FILE),
          new Kept(EVENTS_SECRET, EVENTS_SECRET_FILE));

  private WatchKnobs() {}

  private static Knob urls(String name, String says) {
    return new Knob(
        name,
        null,
        value ->
            Stream.of(value.strip().split("\\s+"))
                .map(one -> url(one, Set.of("http", "https")))
                .filter(mistake -> mistake != null)
                .findFirst()
                .orElse(null),
        "URL …",
        says);
  }

  static @io.bailiwick.lead.Nullable String url(String value, Set<String> schemes) {
    try {
      URI uri = URI.create(value);
      boolean good = schemes.contains(String.valueOf(uri.getScheme())) && uri.getHost() != null;
      return good
          ? null
          : "must be a URL that begins with " + String.join(":// or ", schemes) + "://";
    } catch (IllegalArgumentException e) {
      return "must be a URL";
    }
  }
}
