/**
 * Decision tables: from the cells of a sheet to the text of rules, a row a rule, for the guard to
 * read. A cell's content becomes a literal or is refused; it never becomes anything else. Called by
 * the compiler alone.
 */
package io.bailiwick.drools.sheet;
