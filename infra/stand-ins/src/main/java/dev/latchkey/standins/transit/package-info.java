/** A stand-in for Vault's transit engine, for development only. */
@NullMarked
package dev.latchkey.standins.transit;

import org.jspecify.annotations.NullMarked;
