/** Asks the pnl-worker. */
@NullMarked
package dev.latchkey.agent.figures;

import org.jspecify.annotations.NullMarked;
