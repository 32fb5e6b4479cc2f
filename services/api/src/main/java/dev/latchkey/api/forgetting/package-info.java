/** Sees what of a forgotten user is left, and waits until nothing is. */
@NullMarked
package dev.latchkey.api.forgetting;

import org.jspecify.annotations.NullMarked;
