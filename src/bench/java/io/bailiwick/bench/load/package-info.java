/**
 * The load driver: a process of its own that is told what to send and answers what came back. It
 * counts every request once, and is cheap enough that what it drives is what is measured.
 */
package io.bailiwick.bench.load;
