/** What the worker counts and times, as decorators of its ports. */
@NullMarked
package dev.latchkey.agent.metrics;

import org.jspecify.annotations.NullMarked;
