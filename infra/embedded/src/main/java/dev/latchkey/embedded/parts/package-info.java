/** The parts that Latchkey stands on, started on this machine without Docker. */
@NullMarked
package dev.latchkey.embedded.parts;

import org.jspecify.annotations.NullMarked;
