/** The command line for whoever rotates the master key. */
@NullMarked
package dev.latchkey.api.keys;

import org.jspecify.annotations.NullMarked;
