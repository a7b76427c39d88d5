/**
 * The words: plain values for leads, territories, decisions and outcomes, and the moves between the
 * stages of a lead. Everybody may use them; they use nothing but {@code java.*}, read no clock, do
 * no I/O and never change once made.
 */
package io.bailiwick.lead;
