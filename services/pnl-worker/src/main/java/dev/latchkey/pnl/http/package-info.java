/** What a user can ask about their books over HTTP. */
@NullMarked
package dev.latchkey.pnl.http;

import org.jspecify.annotations.NullMarked;
