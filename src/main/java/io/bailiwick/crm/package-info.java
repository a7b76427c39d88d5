/**
 * The right door: the CRM over HTTP, its dialects and tokens, and what its answers mean. Only the
 * wiring makes its objects, and the flow calls them through {@link io.bailiwick.flow.Crm}; it never
 * retries, never keeps a state of any lead, and never says that something was written unless the
 * CRM's answer names it.
 */
package io.bailiwick.crm;
