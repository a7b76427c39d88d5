package io.bailiwick;

import io.bailiwick.drools.DroolsReader;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Sharing;
import io.bailiwick.http.Door;
import io.bailiwick.http.PageParts;
import io.bailiwick.http.Sources;
import io.bailiwick.http.TerritoryAges;
import io.bailiwick.http.access.AccessParts;
import io.bailiwick.http.access.AccessSettings;
import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.FourEyes;
import io.bailiwick.http.access.Proxies;
import io.bailiwick.lead.Role;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts in front of all others: who may come in, and what the left door hands them to. */
final class Entrance {

  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private final AccessSettings settings;
  private final Keys keys;
  private final Admission admission;
  private final String command = drawn();
  private final Door door;

  /** Blocks until the keys are read; throws with a message for people where they cannot be. */
  Entrance(Config config, Parts parts) {
    this.settings = config.access();
    var book = parts.journal().access();
    this.keys = new Keys(book, parts.timers(), new SecureRandom());
    keys.start().toCompletableFuture().join();
    parts.journal().sharing().listen(this::heard);
    Sources sources = parts.rules().sources();
    this.admission =
        new Admission(
            new AccessParts(settings, keys, book, parts.timers()), command, sources::files);
    this.door =
        new Door(
            parts.flow(),
            parts.rules().publisher(),
            parts.journal(),
            parts.timers(),
            parts.waiting(),
            sources,
            new TerritoryAges(config.propagation(), config.duration(Config.TERRITORIES_STALE)),
            parts.watch().metrics(),
            parts.watch().traces(),
            parts.over()::standing,
            parts.audit(),
            parts.doctor(),
            keys,
            admission,
            new FourEyes(config.flag(HttpKnobs.FOUR_EYES)),
            page(config, parts),
            new Proxies(settings.proxies()));
  }

  /** Another instance made a key, or ended one. */
  private void heard(Sharing.Topic topic) {
    if (topic == Sharing.Topic.KEYS) {
      keys.lookAtOthers();
    }
  }

  private static PageParts page(Config config, Parts parts) {
    return new PageParts(
        Shown.house(config, parts.demo() != null),
        new DroolsReader(config.trusted()),
        parts.replays(),
        parts.bisections(),
        parts.happenings(),
        parts.curve(),
        parts.crm()::gate,
        parts.crm()::members);
  }

  Door door() {
    return door;
  }

  /** What commands of this machine show to be let in; another one at each start. */
  String command() {
    return command;
  }

  /** Says who may come in, where that is nobody or everybody. */
  void start() {
    admission.start();
    var now = door.timers().now();
    if (!settings.keys()) {
      LOG.info("http.access is open: whoever reaches this port may do all");
    } else if (keys.list().stream().noneMatch(k -> k.role() == Role.OPERATOR && k.live(now))) {
      LOG.warn("no operator has a live key; make one: bailiwick keys add NAME --role operator");
    }
  }

  private static String drawn() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
