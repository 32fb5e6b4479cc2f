@NullMarked
package dev.latchkey.pnl;

import org.jspecify.annotations.NullMarked;
