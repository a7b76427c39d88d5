package io.bailiwick.flow;

/** What the flow asks of the world, in one hand. */
public record Ports(Journal journal, Crm crm, Timers timers, Signals signals) {}
