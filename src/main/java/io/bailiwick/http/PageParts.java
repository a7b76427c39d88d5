package io.bailiwick.http;

import io.bailiwick.flow.RuleReader;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.replay.runs.Bisections;
import io.bailiwick.replay.runs.Replays;
import io.bailiwick.watch.DayCurve;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the questions of people at a page are answered from.
 *
 * @param gate how the gate to the CRM stands
 * @param members who works in a territory; to be asked on the flow's thread
 */
public record PageParts(
    House house,
    RuleReader reader,
    Replays replays,
    Bisections bisections,
    Happenings happenings,
    DayCurve curve,
    Supplier<CrmGate> gate,
    Function<String, CompletionStage<TerritoryMembers>> members) {}
