/** Remembers opened keys for a bounded time. */
@NullMarked
package dev.latchkey.sealing.caching;

import org.jspecify.annotations.NullMarked;
