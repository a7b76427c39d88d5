/**
 * A pretend Zoho, as strict as the real one: one model of territories, records and faults, with an
 * HTTP face for demos, tests and strangers, and a {@link io.bailiwick.flow.Crm} face for stories.
 * Service, commands and tests may call it; it keeps everything in memory, never calls out, and
 * knows nothing of the client that is tested against it.
 */
package io.bailiwick.sandbox;
