@NullMarked
package dev.latchkey.pnl.topology;

import org.jspecify.annotations.NullMarked;
