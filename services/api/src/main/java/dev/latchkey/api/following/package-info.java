/** Runs as their users follow them: what moves, as it comes. */
@NullMarked
package dev.latchkey.api.following;

import org.jspecify.annotations.NullMarked;
