/** A test of what tests share. */
@NullMarked
package dev.latchkey.testing;

import org.jspecify.annotations.NullMarked;
