/**
 * The memory: the {@code Journal} port on SQLite, and its in-memory twin. Made by {@code Service}
 * and commands, used only through the port. It decides nothing about a lead, and completes a write
 * only when it is on disk.
 */
package io.bailiwick.store;
