/** The processes of a measurement: how they are started, watched and ended. Needs Linux's /proc. */
package io.bailiwick.bench.process;
