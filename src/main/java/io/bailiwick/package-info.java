/**
 * The front of the house: the command line's root, the configuration, and the wiring of a service.
 * Only this package and {@code command} know everybody; nobody imports them, and they decide
 * nothing about a lead.
 */
package io.bailiwick;
