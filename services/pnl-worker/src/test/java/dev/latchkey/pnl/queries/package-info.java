/** Tests of dev.latchkey.pnl.queries. */
@NullMarked
package dev.latchkey.pnl.queries;

import org.jspecify.annotations.NullMarked;
