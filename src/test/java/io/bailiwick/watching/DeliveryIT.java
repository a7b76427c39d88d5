package io.bailiwick.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bailiwick.flow.Backoff;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Outbox.Subscription;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.MemoryJournal;
import io.bailiwick.watch.Metrics;
import io.bailiwick.watch.alarm.Alarm;
import io.bailiwick.watch.alarm.AlarmBook;
import io.bailiwick.watch.alarm.AlarmKind;
import io.bailiwick.watch.alarm.Alarms;
import io.bailiwick.watch.delivery.Channel;
import io.bailiwick.watch.delivery.Courier;
import io.bailiwick.watch.delivery.Couriers;
import io.bailiwick.watch.delivery.MailChannel;
import io.bailiwick.watch.delivery.Signature;
import io.bailiwick.watch.delivery.SlackChannel;
import io.bailiwick.watch.delivery.WebhookChannel;
import io.vertx.core.Vertx;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alarms and events over real sockets, while receivers are down for an hour of virtual time. */
@Timeout(120)
class DeliveryIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Duration HOUR = Duration.ofHours(1);

  private final HeldTimers timers = new HeldTimers(Samples.NOON);
  private final MemoryJournal journal = new MemoryJournal();
  private final Metrics metrics = new Metrics("test", timers::now);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Couriers couriers = new Couriers();
  private Vertx vertx;
  private AlarmBook book;

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    book =
        new AlarmBook(
            journal.outbox(), timers, Duration.ofSeconds(30), couriers, metrics.notices());
    var settings = new Alarms.Settings(HOUR, HOUR, HOUR);
    couriers.onFailing(new Alarms(book, timers, settings)::channel);
    book.start();
    timers.pass(Duration.ofSeconds(1));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void anAlarmWhoseReceiversAreDownForAnHourArrivesOnceAtEachWhenTheyAreBack() throws Exception {
    int web = WebhookReceiver.closedPort();
    int slack = WebhookReceiver.closedPort();
    int smtp = WebhookReceiver.closedPort();
    carry(webhook(web), true);
    carry(new SlackChannel(vertx, "slack", address(slack)), true);
    carry(mail(smtp), true);
    book.raise(token());
    timers.pass(HOUR);
    assertTrue(undelivered() >= 3, "it waits for all three");
    assertTrue(
        metrics.scrape(null).body().contains("bailiwick_channel_failing{channel=\"slack\"} 1"));
    var received = keep(new WebhookReceiver(web));
    var talk = keep(new WebhookReceiver(slack));
    GreenMail post = post(smtp);
    timers.pass(HOUR);

    List<WebhookReceiver.Call> raised =
        received.calls("io.bailiwick.alarm.raised").stream()
            .filter(call -> call.body().path("subject").asText().equals("token_broken"))
            .toList();
    assertEquals(1, raised.size(), received.calls().toString());
    assertTrue(received.allSignedWith(SECRET));
    assertEquals(raised.get(0).id(), raised.get(0).body().path("id").asText());
    assertEquals("1.0", raised.get(0).body().path("specversion").asText());
    assertEquals(
        1,
        talk.calls().stream()
            .filter(call -> call.body().path("text").asText().contains("token is refused"))
            .count());
    List<MimeMessage> mails =
        Arrays.stream(post.getReceivedMessages())
            .filter(mail -> subject(mail).contains("token is refused"))
            .toList();
    assertEquals(1, mails.size());
    assertEquals("[Bailiwick] ALARM: the CRM token is refused", subject(mails.get(0)));
    assertTrue(mails.get(0).getContent().toString().contains("what to do: Renew it."));
    assertEquals(0, undelivered());

    book.clear(AlarmKind.TOKEN_BROKEN, "");
    timers.pass(Duration.ofMinutes(5));
    assertEquals(
        1,
        received.calls("io.bailiwick.alarm.cleared").stream()
            .filter(call -> call.body().path("subject").asText().equals("token_broken"))
            .count());
    assertTrue(
        Arrays.stream(post.getReceivedMessages())
            .anyMatch(
                mail -> subject(mail).equals("[Bailiwick] cleared: the CRM token is refused")));
  }

  @Test
  void thatAChannelFailsIsToldByTheOthersAndThatItIsBackToo() {
    var works = keep(new WebhookReceiver(0));
    int down = WebhookReceiver.closedPort();
    carry(webhook(works.port()), true);
    carry(new SlackChannel(vertx, "slack", address(down)), true);
    book.raise(token());
    timers.pass(Duration.ofMinutes(30));
    assertEquals(List.of("slack"), subjectsOf(works, "raised", "channel_failing"));
    var talk = keep(new WebhookReceiver(down));
    timers.pass(HOUR);
    assertEquals(List.of("slack"), subjectsOf(works, "cleared", "channel_failing"));
    assertTrue(
        talk.calls().stream()
            .noneMatch(call -> call.body().path("text").asText().contains("a channel of alarms")),
        "it is not told about itself");
  }

  @Test
  void aReceiverThatAsksToWaitIsLeftAloneAndOneThatRefusesAMessageHoldsUpNoOther() {
    var receiver = keep(new WebhookReceiver(0));
    receiver.answer(503);
    carry(webhook(receiver.port()), true);
    book.raise(token());
    timers.pass(Duration.ofMinutes(59));
    int tries = receiver.calls().size();
    assertTrue(tries >= 3 && tries <= 6, tries + " tries, ten minutes apart as it asked");
    receiver.answer(422);
    timers.pass(Duration.ofMinutes(20));
    receiver.answer(204);
    book.raise(new Alarm(AlarmKind.DRIFT, "inactive: West", timers.now(), "It is.", "Mend it.", 1));
    timers.pass(Duration.ofMinutes(2));
    assertEquals(List.of("inactive: West"), subjectsOf(receiver, "raised", "drift"));
    timers.pass(HOUR);
    assertEquals(0, undelivered());
  }

  @Test
  void anEventOfALeadReachesWhoeverSubscribesAndHoldsNoPersonalData() throws Exception {
    var receiver = keep(new WebhookReceiver(0));
    Channel channel = webhook(receiver.port());
    journal
        .outbox()
        .subscribe(Set.of(new Subscription(channel.name(), Set.of(LeadEvent.Type.PARKED))));
    carry(channel, false);
    var submission = new Submission("lead-1", Samples.lead("7"), "{}", timers.now());
    var accepted =
        (Acceptance.Accepted)
            journal.accept(List.of(submission), null).toCompletableFuture().join();
    Entry entry = accepted.entries().get(0);
    journal.record(
        List.of(new Move(entry, entry.parked(ParkReason.REJECTED, timers.now()), "parked")));
    couriers.wake();
    timers.pass(Duration.ofMinutes(1));
    WebhookReceiver.Call call = receiver.calls("io.bailiwick.lead.parked").get(0);
    assertEquals(1, receiver.calls().size());
    assertTrue(receiver.allSignedWith(SECRET));
    assertEquals("application/cloudevents+json; charset=utf-8", call.type());
    assertEquals("lead-1", call.body().path("subject").asText());
    assertEquals("rejected", call.body().at("/data/reason").asText());
    assertEquals("7", call.body().at("/data/crmId").asText());
    String all = call.body().toString().toLowerCase(java.util.Locale.ROOT);
    assertTrue(!all.contains("acme") && !all.contains("ana"), all);
  }

  @Test
  void whatIsTooOldIsGivenUpAndCounted() {
    carry(webhook(WebhookReceiver.closedPort()), true);
    book.raise(token());
    timers.pass(Duration.ofDays(8));
    assertEquals(0, undelivered());
    assertTrue(
        metrics
            .scrape(null)
            .body()
            .lines()
            .anyMatch(line -> line.contains("result=\"given_up\"") && line.endsWith(" 1.0")));
  }

  private static Alarm token() {
    return new Alarm(
        AlarmKind.TOKEN_BROKEN, "", Samples.NOON, "The CRM answered 401.", "Renew it.", 1);
  }

  private static List<String> subjectsOf(WebhookReceiver receiver, String state, String kind) {
    return receiver.calls("io.bailiwick.alarm." + state).stream()
        .filter(call -> call.body().path("subject").asText().equals(kind))
        .map(call -> call.body().at("/data/alarms/0/subject").asText())
        .toList();
  }

  private WebhookChannel webhook(int port) {
    return new WebhookChannel(vertx, "webhook", address(port), Signature.of(SECRET), timers::now);
  }

  private MailChannel mail(int port) {
    return new MailChannel(
        vertx,
        new MailChannel.Settings(
            URI.create("smtp://127.0.0.1:" + port),
            null,
            null,
            "bailiwick@example.com",
            List.of("ops@example.com")));
  }

  private GreenMail post(int port) {
    var mail = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.start();
    open.add(mail::stop);
    return mail;
  }

  private void carry(Channel channel, boolean forAlarms) {
    var settings =
        new Courier.Settings(
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(15)), Duration.ofDays(7));
    var office =
        new Courier.Office(journal.outbox(), timers, settings, new Random(7), metrics.notices());
    open.add(channel);
    couriers.add(office, timers.held(channel), forAlarms);
  }

  private WebhookReceiver keep(WebhookReceiver receiver) {
    open.add(receiver);
    return receiver;
  }

  private long undelivered() {
    return journal.outbox().undelivered().toCompletableFuture().join().stream()
        .mapToLong(one -> one.count())
        .sum();
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port + "/in");
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new AssertionError(e);
    }
  }
}
