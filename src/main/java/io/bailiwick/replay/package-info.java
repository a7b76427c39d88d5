/**
 * The proof: fixtures and stories run through the serving engine, and what came of them as values
 * and reports. It may use the ports and the spelling; it names no rule engine, store or CRM, and
 * never writes to one.
 */
package io.bailiwick.replay;
