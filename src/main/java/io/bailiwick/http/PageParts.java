package io.bailiwick.http;

import io.bailiwick.flow.RuleReader;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.replay.runs.Bisections;
import io.bailiwick.replay.runs.Replays;
import io.bailiwick.watch.DayCurve;
import java.util.function.Supplier;

/**
 * What the questions of people at a page are answered from.
 *
 * @param gate how the gate to the CRM stands
 */
public record PageParts(
    House house,
    RuleReader reader,
    Replays replays,
    Bisections bisections,
    Happenings happenings,
    DayCurve curve,
    Supplier<CrmGate> gate) {}
