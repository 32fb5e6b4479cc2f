/** Tests of dev.latchkey.pnl.http. */
@NullMarked
package dev.latchkey.pnl.http;

import org.jspecify.annotations.NullMarked;
