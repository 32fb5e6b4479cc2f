/** How all keys come to be sealed under the newest version of the master key. Knows no technology. */
@NullMarked
package dev.latchkey.api.rewrap;

import org.jspecify.annotations.NullMarked;
