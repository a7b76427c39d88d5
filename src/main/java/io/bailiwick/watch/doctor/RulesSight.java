package io.bailiwick.watch.doctor;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryUses;
import java.util.List;

/**
 * How the rules stand.
 *
 * @param said which rulebook there is, for people
 * @param uses which territories it names; null where there is none
 * @param objections what keeps the rules from serving, the gravest first
 */
public record RulesSight(String said, @Nullable TerritoryUses uses, List<String> objections) {}
