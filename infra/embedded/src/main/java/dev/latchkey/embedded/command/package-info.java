/** The commands of {@code ./latchkey} that need Java. */
@NullMarked
package dev.latchkey.embedded.command;

import org.jspecify.annotations.NullMarked;
