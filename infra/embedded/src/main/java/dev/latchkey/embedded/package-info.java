/** The whole system on one machine without Docker. */
@NullMarked
package dev.latchkey.embedded;

import org.jspecify.annotations.NullMarked;
