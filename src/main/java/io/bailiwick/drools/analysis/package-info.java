/**
 * What rules that compile still get wrong: ties, shadows, rules that never fire, gaps. Asked by the
 * rulebook; it shows each claim by a lead that the engine decided, and says what it could not
 * decide.
 */
package io.bailiwick.drools.analysis;
