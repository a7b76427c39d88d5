/**
 * The judge: everything that reads a rule's text or runs it. {@link
 * io.bailiwick.drools.RulebookCompiler} is its one way in, a {@link io.bailiwick.flow.Rulebook} or
 * a list of flaws the only things that come out. It does no I/O, reads no clock, and never runs a
 * rule file's own text: what is compiled is printed from the tree that the guard understood.
 */
package io.bailiwick.drools;
