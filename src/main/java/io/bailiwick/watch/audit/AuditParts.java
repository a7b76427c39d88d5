package io.bailiwick.watch.audit;

import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.ServingRulebook;
import io.bailiwick.flow.TerritoryDirectory;
import java.util.concurrent.Executor;

/**
 * What an audit works with.
 *
 * @param directory reads the territories, once for all who ask
 * @param rules whose rules are held against them
 * @param rulebooks makes a rulebook for deciding again beside the one that serves
 * @param worker runs what takes long, beside the flow's thread
 */
public record AuditParts(
    Ports ports,
    TerritoryDirectory directory,
    ServingRulebook rules,
    Rulebooks rulebooks,
    Executor worker) {}
