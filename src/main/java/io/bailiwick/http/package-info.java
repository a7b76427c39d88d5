/**
 * The left door: leads, questions and administration over HTTP. Made by {@code Service}; it hands
 * leads to {@code Intake} and answers from the journal, says every refusal as a problem body, never
 * blocks an event loop and never decides.
 */
package io.bailiwick.http;
