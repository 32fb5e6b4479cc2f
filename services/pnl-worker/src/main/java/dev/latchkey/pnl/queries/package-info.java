/** Which instance has a user's books, and what is in them. */
@NullMarked
package dev.latchkey.pnl.queries;

import org.jspecify.annotations.NullMarked;
