@NullMarked
package dev.latchkey.pnl.vectors;

import org.jspecify.annotations.NullMarked;
