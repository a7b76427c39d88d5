/**
 * One small class a command: it reads what was typed, asks the parts, and says what came of it.
 * Made by the command line's root; it never decides, and never ends the process.
 */
package io.bailiwick.command;
