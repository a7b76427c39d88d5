/**
 * The spelling: the words of {@code lead} to and from JSON and YAML, once and canonical, and the
 * problem bodies. Whoever stands above may call it; it never does I/O on its own and never decides.
 */
package io.bailiwick.json;
