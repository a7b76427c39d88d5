package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Signals;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * What has changed since it was last told, gathered from the flow's signals: kinds of things and
 * the ids of leads, and never what they say of a person. Whoever listens asks for the rest, and is
 * told at most as often as {@link #flush} is called, however much happens. Any thread may call.
 */
public final class Happenings implements Signals {

  /** More leads than this at a time are not named one by one. */
  private static final int LEADS_MAX = 100;

  private enum Topic {
    LEADS,
    TERRITORIES,
    RULES,
    AUDITS,
    JOBS,
    SENDING
  }

  private final Set<Topic> topics = EnumSet.noneOf(Topic.class);
  private final Set<String> leads = new LinkedHashSet<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private boolean more;

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Accepted accepted) {
      lead(accepted.entry().id());
    } else if (signal instanceof Signal.Moved moved) {
      lead(moved.move().after().id());
    } else {
      Topic topic = topic(signal);
      if (topic != null) {
        add(topic);
      }
    }
  }

  /** {@code listener} is handed each change as one line of JSON until what is returned is run. */
  Runnable listen(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Tells what has gathered, if anything has. */
  void flush() {
    String change = taken();
    if (change != null) {
      listeners.forEach(listener -> listener.accept(change));
    }
  }

  private synchronized @Nullable String taken() {
    if (topics.isEmpty()) {
      return null;
    }
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode told = body.putArray("topics");
    topics.forEach(topic -> told.add(topic.name().toLowerCase(Locale.ROOT)));
    ArrayNode named = body.putArray("leads");
    new ArrayList<>(leads).forEach(named::add);
    body.put("more", more);
    topics.clear();
    leads.clear();
    more = false;
    return Json.write(body);
  }

  private synchronized void add(Topic topic) {
    topics.add(topic);
  }

  private synchronized void lead(String id) {
    topics.add(Topic.LEADS);
    if (leads.size() < LEADS_MAX) {
      leads.add(id);
    } else {
      more |= !leads.contains(id);
    }
  }

  private static @Nullable Topic topic(Signal signal) {
    if (signal instanceof Signal.Erased) {
      return Topic.LEADS;
    }
    if (signal instanceof Signal.TerritoriesChanged || signal instanceof Signal.TerritoriesFailed) {
      return Topic.TERRITORIES;
    }
    if (signal instanceof Signal.JobChanged) {
      return Topic.JOBS;
    }
    if (signal instanceof Signal.SendingPaused
        || signal instanceof Signal.SendingResumed
        || signal instanceof Signal.SendingHeld) {
      return Topic.SENDING;
    }
    if (signal instanceof Signal.AuditFinished || signal instanceof Signal.AuditFailed) {
      return Topic.AUDITS;
    }
    return ofRules(signal) ? Topic.RULES : null;
  }

  private static boolean ofRules(Signal signal) {
    return signal instanceof Signal.Published
        || signal instanceof Signal.CandidateTaken
        || signal instanceof Signal.CandidateRefused
        || signal instanceof Signal.CandidateWaits
        || signal instanceof Signal.CandidateKept
        || signal instanceof Signal.CandidateWithdrawn
        || signal instanceof Signal.RulesDiffer
        || signal instanceof Signal.RulesUnreadable
        || signal instanceof Signal.ShadowStarted
        || signal instanceof Signal.ShadowEnded;
  }
}
