/** Positions and their profit and loss, exact to the last digit. */
@NullMarked
package dev.latchkey.pnl.book;

import org.jspecify.annotations.NullMarked;
