package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Assignments and removals that were accepted and are not done yet, at most one a record, as Zoho
 * schedules them since its version 7. Nothing runs by itself: whoever looks first {@link #finish
 * finishes} what is due.
 */
final class ScheduledJobs {

  /** What Zoho's own asynchrony may be taken for where nobody sets it. */
  private static final Duration STANDARD = Duration.ofSeconds(1);

  private static final long FIRST = 3_652_397_000_800_000_001L;

  /** One assignment, or removal, that waits. */
  record Job(Placing placing, Instant due) {}

  /** A job and its id. */
  record Waiting(String id, Job job) {}

  private record Of(String module, String id) {}

  private final Map<Of, Waiting> waiting = new LinkedHashMap<>();
  private @Nullable Duration delay = STANDARD;
  private long next = FIRST;

  /** How long an assignment takes; null where it is done before it is answered. */
  @Nullable
  Duration delay() {
    return delay;
  }

  void setDelay(@Nullable Duration other) {
    delay = other;
  }

  /** The record's job; null where none waits. */
  @Nullable
  Waiting waiting(String module, String id) {
    return waiting.get(new Of(module, id));
  }

  /** The new job's id. */
  String add(Job job) {
    String id = Long.toString(next++);
    waiting.put(new Of(job.placing().module(), job.placing().id()), new Waiting(id, job));
    return id;
  }

  /** Does what is due; a record that is gone meanwhile stays gone. */
  void finish(RecordBook records, Instant now) {
    for (Iterator<Waiting> jobs = waiting.values().iterator(); jobs.hasNext(); ) {
      Job job = jobs.next().job();
      if (!now.isBefore(job.due())) {
        jobs.remove();
        records.apply(job.placing(), job.due());
      }
    }
  }
}
