/**
 * A CRM that is never what is waited for: reads are the sandbox's own, writes of territories are
 * answered here, in the sandbox's words and at one latency.
 */
package io.bailiwick.bench.crm;
