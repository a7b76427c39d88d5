/**
 * Rules asked without the engine: which condition of a rule fails for a lead and with what value,
 * what a rule with one thing changed would say. The same answers as the engine's, kept so by a
 * test. Asked through the rulebook; it compiles nothing.
 */
package io.bailiwick.drools.probe;
