/**
 * Spans of a lead's way for a tracing backend, over OpenTelemetry's protocol: the request, the
 * lead, each decision, each attempt. Where no endpoint is configured none are made; the trace a
 * request came with is passed on all the same.
 */
package io.bailiwick.watch.trace;
