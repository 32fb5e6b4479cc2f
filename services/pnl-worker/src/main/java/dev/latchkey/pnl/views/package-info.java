/** What a user's books look like to whoever asks for them. */
@NullMarked
package dev.latchkey.pnl.views;

import org.jspecify.annotations.NullMarked;
