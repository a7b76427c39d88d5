package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.alarm.Notice;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * E-mail over SMTP: one plain text a message, with a Message-ID that stays the same when it is sent
 * again. A password leaves only over TLS.
 */
public final class MailChannel implements Channel {

  private static final String NAME = "email";

  /**
   * Where and how.
   *
   * @param server {@code smtp://host:587} (STARTTLS where it is offered; required once there is a
   *     password) or {@code smtps://host:465}
   * @param user null for no login
   */
  public record Settings(
      URI server,
      @Nullable String user,
      @Nullable String password,
      String from,
      List<String> recipients) {

    @Override
    public String toString() {
      return "Settings[" + server + "]";
    }
  }

  private final MailClient client;
  private final Settings settings;

  /** Makes the client; it connects when there is something to send. */
  public MailChannel(Vertx vertx, Settings settings) {
    this.settings = settings;
    boolean tls = "smtps".equals(settings.server().getScheme());
    var config =
        new MailConfig()
            .setHostname(settings.server().getHost())
            .setPort(port(settings.server(), tls))
            .setSsl(tls)
            .setMaxPoolSize(1)
            .setKeepAlive(false)
            .setOwnHostname("localhost");
    if (settings.user() == null) {
      config.setLogin(LoginOption.DISABLED).setStarttls(StartTLSOptions.OPTIONAL);
    } else {
      config
          .setLogin(LoginOption.REQUIRED)
          .setStarttls(tls ? StartTLSOptions.DISABLED : StartTLSOptions.REQUIRED)
          .setUsername(settings.user())
          .setPassword(settings.password());
    }
    this.client = MailClient.create(vertx, config);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CompletionStage<Delivery> send(Message message) {
    Notice notice = Notice.read(message.body());
    var mail =
        new MailMessage()
            .setFrom(settings.from())
            .setTo(settings.recipients())
            .setSubject("[Bailiwick] " + notice.subject())
            .setText(notice.text())
            .setHeaders(
                MultiMap.caseInsensitiveMultiMap()
                    .add("Message-ID", "<" + message.id() + "@bailiwick>")
                    .add("Auto-Submitted", "auto-generated"));
    return client
        .sendMail(mail)
        .map(sent -> (Delivery) new Delivery.Done())
        .otherwise(MailChannel::failed)
        .toCompletionStage();
  }

  @Override
  public void close() {
    client.close();
  }

  private static int port(URI server, boolean tls) {
    return server.getPort() > 0 ? server.getPort() : tls ? 465 : 25;
  }

  /** By SMTP a reply of 5xx is about the message; before any reply nothing was asked yet. */
  private static Delivery failed(Throwable cause) {
    if (cause instanceof SMTPException smtp) {
      String why = "the mail server answered " + smtp.getReplyCode();
      return smtp.isPermanent() ? new Delivery.NotThis(why) : new Delivery.Later(why, null);
    }
    return new Delivery.Later(
        "the mail server was not reached (" + cause.getClass().getSimpleName() + ")", null);
  }
}
