/** Asks a provider whether it accepts a key. */
@NullMarked
package dev.latchkey.api.providers;

import org.jspecify.annotations.NullMarked;
