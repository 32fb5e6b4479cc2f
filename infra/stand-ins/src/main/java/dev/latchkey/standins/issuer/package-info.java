/** A stand-in for an issuer of tokens, for development only. */
@NullMarked
package dev.latchkey.standins.issuer;

import org.jspecify.annotations.NullMarked;
