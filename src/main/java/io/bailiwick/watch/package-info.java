/**
 * The night watch: makes log lines and figures of the flow's signals. Made by {@code Service}; it
 * hears, tells, and changes nothing.
 */
package io.bailiwick.watch;
