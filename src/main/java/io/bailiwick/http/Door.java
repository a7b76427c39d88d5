package io.bailiwick.http;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Admission;
import io.bailiwick.http.access.FourEyes;
import io.bailiwick.http.access.Proxies;
import io.bailiwick.watch.Metrics;
import io.bailiwick.watch.alarm.Alarm;
import io.bailiwick.watch.audit.DailyAudit;
import io.bailiwick.watch.doctor.Doctor;
import io.bailiwick.watch.trace.Traces;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the left door hands leads and questions to.
 *
 * @param alarms those that stand; to be asked on the flow's thread
 */
public record Door(
    LeadFlow flow,
    Publisher publisher,
    Journal journal,
    Timers timers,
    Waiting waiting,
    Sources sources,
    TerritoryAges ages,
    Metrics metrics,
    Traces traces,
    Supplier<List<Alarm>> alarms,
    DailyAudit audit,
    Doctor doctor,
    Keys keys,
    Admission admission,
    FourEyes fourEyes,
    PageParts page,
    Proxies proxies) {}
