/**
 * From a rule file's text to rules as values: what is not known to be harmless is refused with its
 * place and what to write instead. Called by the compiler alone; it compiles and runs nothing.
 */
package io.bailiwick.drools.guard;
