/**
 * What a rule is, once understood: plain values of its patterns, conditions and action, the words
 * it may use, and the one DRL text that is compiled of it. Made by {@code guard} and {@code sheet},
 * read by all of the judge; it reads no file's text and runs nothing.
 */
package io.bailiwick.drools.rule;
