/** The pnl-worker: exact books of every user's trades, valued at the market. */
@NullMarked
package dev.latchkey.pnl;

import org.jspecify.annotations.NullMarked;
