/**
 * What operators must hear is told once: each thing that is wrong is raised when it begins and
 * cleared when it ends, grouped, over every channel, and over restarts no second time. What is
 * wrong with the journal or with a channel is told past it.
 */
package io.bailiwick.watch.alarm;
