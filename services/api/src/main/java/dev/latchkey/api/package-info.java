/** The credential API and the relay that publishes what it stored. */
@NullMarked
package dev.latchkey.api;

import org.jspecify.annotations.NullMarked;
