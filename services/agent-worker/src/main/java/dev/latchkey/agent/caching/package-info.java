/** Opened keys that are remembered for a short time. */
@NullMarked
package dev.latchkey.agent.caching;

import org.jspecify.annotations.NullMarked;
