@NullMarked
package dev.latchkey.embedded.command;

import org.jspecify.annotations.NullMarked;
