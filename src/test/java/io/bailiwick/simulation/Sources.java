package io.bailiwick.simulation;

import io.bailiwick.checker.FinalJournal;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Intake.Arrival;
import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Careful sources: each posts the same request with the same key until it is acknowledged. */
final class Sources {

  private static final List<String> COUNTRIES = List.of("US", "DE", "JP");

  private final VirtualTimers world;
  private final MemoryJournal disk;
  private final Cluster cluster;
  private final Trace trace;
  private final Random random;
  private final Random people;
  private final Random orders;
  private final Map<String, String> acked = new HashMap<>();
  private final Map<String, String> posted = new TreeMap<>();

  Sources(Cluster cluster, Cluster.Ground ground, Random random, Random people, Random orders) {
    this.world = ground.world();
    this.disk = ground.disk();
    this.trace = ground.trace();
    this.cluster = cluster;
    this.random = random;
    this.people = people;
    this.orders = orders;
  }

  /** The ids of what was acknowledged, by key. */
  Map<String, String> acked() {
    return acked;
  }

  /** The country of each lead, by key. */
  Map<String, String> posted() {
    return posted;
  }

  /** Kills come where things happen: soon after a post, within the milliseconds that it takes. */
  void post(String record) {
    String key = "key-" + posted.size();
    if (random.nextInt(4) == 0) {
      world.after(Duration.ofMillis(random.nextInt(60)), cluster::kill);
    }
    if (orders.nextInt(6) == 0) {
      world.after(Duration.ofMillis(orders.nextInt(60)), cluster::stop);
    }
    String country = COUNTRIES.get(random.nextInt(COUNTRIES.size()));
    posted.put(key, country);
    LeadForm form = new LeadForm().set(LeadField.COUNTRY, country).set(FinalJournal.KEY, key);
    // Some sources count their revisions, which then come in any order.
    if (orders.nextInt(4) == 0) {
      form.set(LeadField.REVISION, Integer.toString(1 + orders.nextInt(5)));
    }
    post(key, identified(form, record).lead());
  }

  /** By its record's id, or as a person; that may be one whose record others name. */
  private LeadForm identified(LeadForm form, String record) {
    int kind = people.nextInt(6);
    if (kind == 0) {
      return form.set(LeadField.CRM_ID, made(record));
    }
    return kind > 2
        ? form.set(LeadField.CRM_ID, record)
        : form.set(LeadField.EMAIL, "p" + people.nextInt(5) + "@acme.example")
            .set(LeadField.LAST_NAME, "Diaz");
  }

  /** A record that was made of a lead, if there is one yet. */
  private String made(String otherwise) {
    return new TreeMap<>(acked)
        .values().stream()
            .flatMap(id -> disk.find(id).toCompletableFuture().join().stream())
            .filter(entry -> entry.lead().crmId() == null)
            .map(Entry::crmId)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(otherwise);
  }

  private void post(String key, Lead lead) {
    if (acked.containsKey(key)) {
      return;
    }
    Intake intake = cluster.intake();
    if (intake != null) {
      intake
          .accept(List.of(new Arrival(lead, "{}")), new Key(key, "digest of " + key))
          .thenAccept(
              answer -> {
                acked.put(key, id(answer));
                trace.tell("acknowledged", key, id(answer));
              });
    }
    world.after(Duration.ofMillis(1_000 + random.nextInt(5_000)), () -> post(key, lead));
  }

  private static String id(Acceptance answer) {
    if (answer instanceof Acceptance.Accepted accepted) {
      return accepted.entries().get(0).id();
    }
    return ((Acceptance.Repeated) answer).entries().get(0).id();
  }
}
