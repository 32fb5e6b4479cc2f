/** A stand-in for the LLM providers, for development only. */
@NullMarked
package dev.latchkey.standins.providers;

import org.jspecify.annotations.NullMarked;
